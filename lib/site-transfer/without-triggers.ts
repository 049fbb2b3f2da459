import type { Transaction } from '@/lib/database/client'
import { join, raw } from '@/lib/database/sql'

/**
 * Runs `work` with some triggers dropped, then creates them again from their own SQL. All of it happens
 * in the caller's transaction, so no other connection ever sees the database without them.
 *
 * @param names triggers of this program's migrations, never text from outside
 * @throws if one of them does not exist
 */
export async function withoutTriggers(
  tx: Transaction,
  names: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const triggers = await tx.$queryRaw<{ name: string; sql: string }[]>`
    SELECT "name", "sql" FROM "sqlite_master"
    WHERE "type" = 'trigger' AND "name" IN (${join([...names])})`
  if (triggers.length !== names.length) throw new Error(`no such trigger: ${names.join(' ')}`)
  for (const { name } of triggers) await tx.$executeRaw`DROP TRIGGER ${raw(`"${name}"`)}`
  await work()
  for (const { sql } of triggers) await tx.$executeRaw`${raw(sql)}`
}
