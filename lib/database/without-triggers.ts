import type { Transaction } from './client'
import { join, sql } from './sql'
import { Prisma } from '@/lib/database/generated/client'

/**
 * Does something that triggers refuse, in a running transaction: they are taken away and put back to
 * the letter, all within it, so that nobody else ever meets a database without them. For the single
 * case where what guards the history stands in the way of taking up a whole one.
 *
 * @throws where one of them is not there
 */
export async function withoutTriggers<Result>(
  tx: Transaction,
  names: readonly string[],
  work: () => Promise<Result>,
): Promise<Result> {
  const triggers = await tx.$queryRaw<{ name: string; sql: string }[]>(sql`
    SELECT "name", "sql" FROM "sqlite_master"
    WHERE "type" = 'trigger' AND "name" IN (${join([...names])})`)
  if (triggers.length !== names.length) throw new Error(`no such trigger: ${names.join(' ')}`)
  for (const { name } of triggers) await tx.$executeRaw`DROP TRIGGER ${Prisma.raw(`"${name}"`)}`
  const result = await work()
  for (const trigger of triggers) await tx.$executeRaw`${Prisma.raw(trigger.sql)}`
  return result
}

/** The next number of a table that never gives one twice is `last` + 1 again. */
export async function restartSequence(
  tx: Transaction,
  table: 'AuditEntry',
  last: number,
): Promise<void> {
  await tx.$executeRaw`UPDATE "sqlite_sequence" SET "seq" = ${last} WHERE "name" = ${table}`
}
