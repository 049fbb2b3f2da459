import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'

/**
 * One hash for each table of a database, over all of its rows in the order of their columns.
 *
 * @param file absolute path
 */
export function tableHashes(file: string): Record<string, string> {
  const database = new Database(file, { readonly: true })
  try {
    const names = database
      .prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
      .pluck()
      .all()
    return Object.fromEntries(
      names.map((name) => {
        const rows = database
          .prepare<[], unknown[]>(`SELECT * FROM "${name}"`)
          .raw()
          .all()
          .map((row) => JSON.stringify(row))
          .sort()
        return [name, createHash('sha256').update(rows.join('\n')).digest('hex')]
      }),
    )
  } finally {
    database.close()
  }
}
