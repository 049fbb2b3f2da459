/** Why the database could not do what was asked, where that is nobody's fault and passes. */
export type DatabaseError =
  /** Another process is writing, for longer than anybody waits. */
  | 'busy'
  /** There is no room left, or nothing may be written where the database is. */
  | 'full'

/** What SQLite and the system say; an extended code begins with the plain one. */
const ERROR_CODES: readonly (readonly [code: string, trouble: DatabaseError])[] = [
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_READONLY', 'full'],
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
]

/** What Prisma makes of it, and of a transaction that waited too long for its turn. */
const PRISMA_CODES: Readonly<Record<string, DatabaseError>> = { P1008: 'busy', P2028: 'busy' }

const MAX_CAUSE_DEPTH = 6

/**
 * Finds out whether something failed because the database is busy or full.
 *
 * @param error whatever was thrown, by SQLite, by Prisma, or by a library around it
 * @returns null where it is something else
 */
export function databaseErrorOf(error: unknown, depth = 0): DatabaseError | null {
  if (typeof error !== 'object' || error === null || depth > MAX_CAUSE_DEPTH) return null
  const { code, originalCode, cause, meta } = error as Record<string, unknown>
  for (const said of [code, originalCode]) {
    if (typeof said !== 'string') continue
    const known = ERROR_CODES.find(([begin]) => said.startsWith(begin))?.[1] ?? PRISMA_CODES[said]
    if (known) return known
  }
  const inside = (meta as Record<string, unknown> | undefined)?.['driverAdapterError']
  return databaseErrorOf(cause, depth + 1) ?? databaseErrorOf(inside, depth + 1)
}
