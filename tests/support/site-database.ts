import Database from 'better-sqlite3'

function onSite<Answer>(use: (database: Database.Database) => Answer): Answer {
  const database = new Database((process.env['DATABASE_URL'] ?? '').replace(/^file:/, ''))
  try {
    return use(database)
  } finally {
    database.close()
  }
}

/** Runs a statement on the database of the site under test, past every door; gives how many rows it changed. */
export function changeOnSite(statement: string, ...parameters: unknown[]): number {
  return onSite((database) => database.prepare(statement).run(...parameters).changes)
}

/** As if somebody had last given password or code so many minutes ago, in all their sessions. */
export function ageReauthentication(person: string, minutes: number): number {
  return changeOnSite(
    'UPDATE "Session" SET "reauthenticatedAt" = ? WHERE "userId" = ?',
    new Date(Date.now() - minutes * 60_000).toISOString(),
    person,
  )
}

/** What was done to somebody's account, as the database of the site under test has it. */
export function personOnSite(id: string): unknown {
  return onSite((database) =>
    database
      .prepare(
        `SELECT "name", "disabledAt", "twoFactorEnabled",
          (SELECT count(*) FROM "Session" WHERE "userId" = u."id") AS "sessions",
          (SELECT count(*) FROM "OneTimeToken" WHERE "userId" = u."id") AS "links"
        FROM "User" u WHERE "id" = ?`,
      )
      .get(id),
  )
}
