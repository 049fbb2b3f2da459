/** Tells whether something failed because the disk, or the room that the database may take, is full. */
export function isDiskFull(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, meta } = cause as Error & { code?: unknown; meta?: unknown }
    if (typeof code === 'string' && /^(?:ENOSPC|EDQUOT|SQLITE_FULL)/.test(code)) return true
    if (JSON.stringify(meta ?? null).includes('SQLITE_FULL')) return true
  }
  return false
}
