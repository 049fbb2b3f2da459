import Database from 'better-sqlite3'
import type { Transaction } from './client'

/** Reads the version of the public content; see `openContentVersion`. */
export type ContentVersionReader = {
  /** The current version, whichever process raised it. Throws if the database cannot be read. */
  read: () => number
  close: () => void
}

/**
 * Opens a connection of its own for reading the content version before every response that may come
 * from a cache: this has to be fast, and must not wait for the connection that writes.
 *
 * @param file absolute path of an existing database
 * @throws if there is no database at that path
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

/** Marks everything that was cached of the public content as out of date, once `tx` is committed. */
export async function incrementContentVersion(tx: Transaction): Promise<void> {
  await tx.$executeRaw`UPDATE "ContentVersion" SET "contentVersion" = "contentVersion" + 1 WHERE "id" = 1`
}
