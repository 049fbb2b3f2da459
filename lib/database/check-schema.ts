import Database from 'better-sqlite3'
import { loadMigrations } from './migrate'

/**
 * Compares the tables, indexes and triggers of a database with what the migrations build. A trigger
 * that is gone refuses nothing any more, and nobody would notice.
 *
 * @param file absolute path of a database with all migrations applied
 * @param folder absolute path of the migrations
 * @returns names of what is missing or different
 */
export function findSchemaDrift(file: string, folder: string): string[] {
  const built = new Database(':memory:')
  const database = new Database(file, { readonly: true, fileMustExist: true })
  try {
    for (const { sql } of loadMigrations(folder)) built.exec(sql)
    const found = schemaObjects(database)
    return [...schemaObjects(built)]
      .filter(([name, sql]) => found.get(name) !== sql)
      .map(([name]) => name)
  } finally {
    built.close()
    database.close()
  }
}

function schemaObjects(database: Database.Database): Map<string, string | null> {
  const rows = database.prepare<[], { name: string; sql: string | null }>(
    `SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name`,
  )
  return new Map(rows.all().map(({ name, sql }) => [name, sql]))
}
