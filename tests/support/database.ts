import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { closeDatabase } from '@/lib/database/client'
import { migrate } from '@/lib/database/migrate'
import { env } from '@/lib/env'

/** The bytes of an empty database. Migrating takes four times as long as writing them again. */
let migrated: Buffer | undefined

function emptyDatabase(): Buffer {
  const file = `${env.databaseFile}.migrated`
  const outcome = migrate(file, join(env.root, 'prisma/migrations'))
  if (!outcome.ok) throw new Error(`migrations: ${outcome.reason} ${outcome.migration}`)
  // Closed by `migrate`, so nothing of it is left in a write-ahead log.
  const bytes = readFileSync(file)
  rmSync(file)
  return bytes
}

/** Gives the worker an empty database with every migration applied. */
export async function freshDatabase(): Promise<void> {
  await closeDatabase()
  for (const suffix of ['', '-wal', '-shm']) rmSync(env.databaseFile + suffix, { force: true })
  mkdirSync(dirname(env.databaseFile), { recursive: true })
  writeFileSync(env.databaseFile, (migrated ??= emptyDatabase()))
}

/** Looks into the worker's database past every door of the product. */
export function rows<Row>(query: string, ...parameters: unknown[]): Row[] {
  const database = new Database(env.databaseFile)
  try {
    return database.prepare<unknown[], Row>(query).all(...parameters)
  } finally {
    database.close()
  }
}

/** Changes the worker's database past every door of the product. */
export function execute(statement: string): void {
  const database = new Database(env.databaseFile)
  try {
    database.pragma('foreign_keys = ON')
    database.exec(statement)
  } finally {
    database.close()
  }
}
