import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { copyBeforeMigration, findCopiesBeforeMigrations } from './backup-files'
import { copyDatabase } from './online-copy'
import { tempPathFor, replaceFile, removeTempFile, removeStaleTempFiles } from './durable-file'
import { applyPragmas } from './write-lock'

const LOCK_TIMEOUT_MS = 60_000

// Prisma's own table, so that its command line understands the database.
const MIGRATIONS_TABLE_SQL = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "checksum" TEXT NOT NULL,
  "finished_at" DATETIME,
  "migration_name" TEXT NOT NULL,
  "logs" TEXT,
  "rolled_back_at" DATETIME,
  "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
)`

type Migration = { name: string; sql: string; checksum: string }
type AppliedMigration = { migration_name: string; checksum: string }

export type MigrationResult =
  | { ok: true; applied: string[] }
  /** The file on disk differs from the one that was applied. */
  | { ok: false; reason: 'changed'; migration: string }
  /** The database was made by a newer program. */
  | { ok: false; reason: 'newer'; migration: string }
  /** The database was made before the first release: it does not begin as this program's do. */
  | { ok: false; reason: 'older'; migration: string }
  /** The migration would leave rows that point nowhere; it was rolled back. */
  | { ok: false; reason: 'brokenReferences'; migration: string }
  /** The copy that is kept from before a migration could not be made: nothing was applied. */
  | { ok: false; reason: 'notCopied'; migration: string }

/** So many copies from before migrations are kept. */
const MAX_COPIES = 3

/**
 * Creates the database file if there is none and applies every migration that is missing, in the
 * order of the names, each in a transaction of its own: after a crash the database stands before or
 * after a migration, never inside one. The write lock of the database makes a second process wait.
 *
 * Before the first migration of a database that was migrated before, a checked copy is put beside it
 * (`NAME.before-<migration>.db`); the latest three are kept.
 *
 * @param file absolute path of the database
 * @param folder absolute path of `prisma/migrations`: `<stamp>_<name>/migration.sql`
 * @param keepCopy false where the file is a copy already
 * @returns names of the migrations applied now, or why nothing (more) was applied
 * @throws where the SQL of a migration fails or the lock is not free within a minute
 */
export function migrate(file: string, folder: string, keepCopy = true): MigrationResult {
  mkdirSync(dirname(file), { recursive: true })
  removeStaleTempFiles(dirname(file))
  const database = new Database(file, { timeout: LOCK_TIMEOUT_MS })
  try {
    applyPragmas(database, false)
    database.exec(MIGRATIONS_TABLE_SQL)
    const migrations = loadMigrations(folder)
    const applied: string[] = []
    // A table that is rebuilt would take its child rows with it while foreign keys are on, and
    // SQLite ignores the switch inside a transaction.
    database.pragma('foreign_keys = OFF')
    for (const migration of migrations) {
      const mayCopy = keepCopy && applied.length === 0
      const outcome = applyMigration(database, migration, migrations, mayCopy ? file : null)
      if (outcome === 'applied') applied.push(migration.name)
      else if (outcome !== 'known') return outcome
    }
    return { ok: true, applied }
  } finally {
    database.close()
  }
}

function applyMigration(
  database: Database.Database,
  migration: Migration,
  all: Migration[],
  toCopy: string | null,
): 'applied' | 'known' | Extract<MigrationResult, { ok: false }> {
  database.exec('BEGIN IMMEDIATE')
  try {
    const history = database
      .prepare<[], AppliedMigration>(
        `SELECT migration_name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL
         ORDER BY migration_name`,
      )
      .all()
    const unknown = history.find((row) => !all.some((one) => one.name === row.migration_name))
    if (unknown) {
      const [first] = history
      const beginsAlike = all.some(
        ({ name, checksum }) => name === first?.migration_name && checksum === first.checksum,
      )
      const reason = beginsAlike ? 'newer' : 'older'
      return { ok: false, reason, migration: unknown.migration_name }
    }
    const before = history.find((row) => row.migration_name === migration.name)
    if (before) {
      if (before.checksum === migration.checksum) return 'known'
      return { ok: false, reason: 'changed', migration: migration.name }
    }
    // Nobody else can write now: the copy holds all that is there.
    const isNew = history.length === 0
    if (toCopy !== null && !isNew && !copyBeforeApplying(toCopy, migration.name)) {
      return { ok: false, reason: 'notCopied', migration: migration.name }
    }
    database.exec(migration.sql)
    if ((database.pragma('foreign_key_check') as unknown[]).length > 0) {
      return { ok: false, reason: 'brokenReferences', migration: migration.name }
    }
    database
      .prepare(
        `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
         VALUES (?, ?, current_timestamp, ?, 1)`,
      )
      .run(randomUUID(), migration.checksum, migration.name)
    database.exec('COMMIT')
    return 'applied'
  } finally {
    if (database.inTransaction) database.exec('ROLLBACK')
  }
}

function copyBeforeApplying(file: string, migration: string): boolean {
  const copy = copyBeforeMigration(file, migration)
  const draft = tempPathFor(copy)
  try {
    if (!copyDatabase(file, draft).ok) return false
    replaceFile(draft, copy)
  } catch {
    return false
  } finally {
    removeTempFile(draft)
  }
  for (const old of findCopiesBeforeMigrations(file).slice(0, -MAX_COPIES)) rmSync(old)
  return true
}

/** The migrations that a program brings, in the order in which they are applied. */
export function loadMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => ({ name: entry.name, path: join(folder, entry.name, 'migration.sql') }))
    .filter(({ path }) => existsSync(path))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, path }) => {
      const sql = readFileSync(path, 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}
