import Database from 'better-sqlite3'

/** Asks which state of the public content holds; see `openContentVersion`. */
export type ContentVersionReader = {
  /** The number now, whoever raised it: this process, another one, the command line. */
  read: () => number
  close: () => void
}

/**
 * Opens a connection of its own that is asked before every answer that may come out of memory: it
 * must cost next to nothing, and wait for nobody.
 *
 * Takes the absolute path of the database, which must exist. `read` throws where the database cannot
 * be read.
 */
export function openContentVersion(file: string): ContentVersionReader {
  const database = new Database(file, { readonly: true, fileMustExist: true, timeout: 2000 })
  const version = database
    .prepare<[], number>('SELECT "contentVersion" FROM "ContentVersion" WHERE "id" = 1')
    .pluck()
  return {
    read: () => Number(version.get()),
    close: () => database.close(),
  }
}
