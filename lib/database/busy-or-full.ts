/** Why the database could not do what was asked, where that is nobody's fault and passes. */
export type Trouble =
  /** Another process is writing, for longer than anybody waits. */
  | 'busy'
  /** There is no room left, or nothing may be written where the database is. */
  | 'full'

/** What SQLite and the system say; an extended code begins with the plain one. */
const CODES: readonly (readonly [code: string, trouble: Trouble])[] = [
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_READONLY', 'full'],
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
]

/** What Prisma makes of it, and of a transaction that waited too long for its turn. */
const PRISMA_CODES: Readonly<Record<string, Trouble>> = { P1008: 'busy', P2028: 'busy' }

const DEEPEST = 6

/**
 * Finds out whether something failed because the database is busy or full.
 *
 * @param error whatever was thrown, by SQLite, by Prisma, or by a library around it
 * @returns null where it is something else
 */
export function troubleOf(error: unknown, depth = 0): Trouble | null {
  if (typeof error !== 'object' || error === null || depth > DEEPEST) return null
  const { code, originalCode, cause, meta } = error as Record<string, unknown>
  for (const said of [code, originalCode]) {
    if (typeof said !== 'string') continue
    const known = CODES.find(([begin]) => said.startsWith(begin))?.[1] ?? PRISMA_CODES[said]
    if (known) return known
  }
  const inside = (meta as Record<string, unknown> | undefined)?.['driverAdapterError']
  return troubleOf(cause, depth + 1) ?? troubleOf(inside, depth + 1)
}
