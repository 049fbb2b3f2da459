import Database from 'better-sqlite3'

/** Runs a statement on the database of the site under test, past every door; gives how many rows it changed. */
export function changeOnSite(statement: string, ...parameters: unknown[]): number {
  const file = (process.env['DATABASE_URL'] ?? '').replace(/^file:/, '')
  const database = new Database(file)
  try {
    return database.prepare(statement).run(...parameters).changes
  } finally {
    database.close()
  }
}

/** As if somebody had last given password or code so many minutes ago, in all their sessions. */
export function ageReauthentication(person: string, minutes: number): number {
  return changeOnSite(
    'UPDATE "Session" SET "reauthenticatedAt" = ? WHERE "userId" = ?',
    new Date(Date.now() - minutes * 60_000).toISOString(),
    person,
  )
}
