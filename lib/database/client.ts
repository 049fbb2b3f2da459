import { env } from '@/lib/env'
import { processGlobal } from '@/lib/process-global'
import { SingleWriterSqlite } from './write-lock'
import { PrismaClient, type Prisma } from '@/lib/database/generated/client'

/** A running transaction: everything inside it goes through this, never through the outer client. */
export type Transaction = Prisma.TransactionClient

export type { PrismaClient }

type Clients = { writer?: PrismaClient; reader?: PrismaClient }

// Two writing connections in one process would block each other for the whole busy timeout.
const clients = processGlobal<Clients>('clients', () => ({}))

/** The one writing client of this process; opened at the first call. */
export function writer(): PrismaClient {
  return (clients.writer ??= open(false))
}

/** The one read-only client of this process, for what the public reads: it never waits for a writer. */
export function reader(): PrismaClient {
  return (clients.reader ??= open(true))
}

/** Closes both clients; the next call to `writer` or `reader` opens them again. */
export async function closeDatabase(): Promise<void> {
  const open = [clients.reader, clients.writer]
  delete clients.reader
  delete clients.writer
  for (const client of open) await client?.$disconnect()
}

/**
 * Reads a copy of the database that lies elsewhere, such as a backup; the caller disconnects it.
 *
 * @param file absolute path of a database with this program's migrations
 */
export function openCopyReadOnly(file: string): PrismaClient {
  return new PrismaClient({
    adapter: new SingleWriterSqlite({ file, readonly: true, isCopy: true }),
  })
}

/**
 * Opens a copy of the database that nobody else has open, such as a backup that is being restored, to
 * change it before it is put in place; the caller disconnects it.
 *
 * @param file absolute path of a database with this program's migrations
 */
export function openCopy(file: string): PrismaClient {
  return new PrismaClient({
    adapter: new SingleWriterSqlite({ file, readonly: false }),
    transactionOptions: { timeout: 60_000 },
  })
}

function open(readonly: boolean): PrismaClient {
  return new PrismaClient({
    adapter: new SingleWriterSqlite({ file: env.databaseFile, readonly }),
    transactionOptions: { maxWait: 15_000, timeout: 30_000 },
  })
}
