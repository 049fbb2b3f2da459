import type { PrismaClient } from '@/lib/database/client'
import { loadMigrations } from '@/lib/database/migrate'
import { env } from '@/lib/env'

/** The migrations of a database compared with those of this program. */
type MigrationComparison =
  | { state: 'same' }
  /** The next start will apply these. */
  | { state: 'waiting'; names: string[] }
  /** These are unknown to the program, or differ from its own. */
  | { state: 'other'; names: string[] }

/**
 * Compares the migrations of a database with those of this program.
 *
 * @throws if the database cannot be read
 */
export async function compareMigrations(client: PrismaClient): Promise<MigrationComparison> {
  const applied = await client.$queryRaw<{ name: string; checksum: string }[]>`
    SELECT "migration_name" AS "name", "checksum" FROM "_prisma_migrations"
    WHERE "rolled_back_at" IS NULL`
  const known = loadMigrations(env.migrationsFolder)
  const other = applied.filter(
    (row) => !known.some(({ name, checksum }) => name === row.name && checksum === row.checksum),
  )
  if (other.length > 0) return { state: 'other', names: other.map(({ name }) => name) }
  const waiting = known.filter(({ name }) => !applied.some((row) => row.name === name))
  if (waiting.length === 0) return { state: 'same' }
  return { state: 'waiting', names: waiting.map(({ name }) => name) }
}
