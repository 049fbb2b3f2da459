import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlQuery,
  SqlQueryable,
  Transaction,
} from '@prisma/driver-adapter-utils'
import { setTimeout as wait } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import { log } from '@/lib/log'
import { Semaphore } from '@/lib/semaphore'
import { databaseErrorOf } from './busy-or-full'

/** How a connection is opened. */
type ConnectionOptions = {
  /** Absolute path of the database file. */
  file: string
  readonly: boolean
  /** A copy that nobody else has open: it needs no write-ahead log. */
  isCopy?: boolean
}

// The adapter keeps one connection: without a gate, a query sent outside a transaction runs inside
// whichever transaction is open at that moment and is lost with it (docs/decisions/002).
type OpenAdapter = SqlDriverAdapter & { client: Database.Database; onError(error: unknown): never }

/** The driver waits for a lock without giving the process free, so it waits for next to nothing. */
const BUSY_TIMEOUT_MS = 5
/** How long a write waits in all for another process, and for those of its own before it. */
const LOCK_WAIT_MS = 4_000
const RETRY_INTERVAL_MS = 20

/**
 * After such an error nobody knows what is on the disk: the system may have dropped what it could not
 * write and call the next attempt a success. What was acknowledged before is in the log of the database.
 */
const FSYNC_FAILURE = /^SQLITE_IOERR_(?:DIR_)?FSYNC$/

/**
 * Prisma's SQLite adapter behind a first-in-first-out gate: a query, a whole transaction or a script
 * has the connection to itself. Opens with WAL, `synchronous=FULL` and foreign keys. Where another process
 * is writing, it tries again for four seconds; the process does other work meanwhile.
 */
export class SingleWriterSqlite extends PrismaBetterSqlite3 {
  readonly #settings: ConnectionOptions

  constructor(settings: ConnectionOptions) {
    super({
      url: settings.file,
      readonly: settings.readonly,
      fileMustExist: true,
      timeout: 2000,
    })
    this.#settings = settings
  }

  override async connect(): Promise<SqlDriverAdapter> {
    const adapter = (await super.connect()) as OpenAdapter
    applyPragmas(adapter.client, this.#settings.readonly, this.#settings.isCopy)
    adapter.client.pragma(`busy_timeout = ${String(BUSY_TIMEOUT_MS)}`)
    return withConnectionLock(adapter, this.#settings.readonly ? 'BEGIN' : 'BEGIN IMMEDIATE')
  }
}

/**
 * Sets what every connection to the database needs, and fails where SQLite did not take it.
 * better-sqlite3 silently falls back to `synchronous=NORMAL` in WAL mode, so FULL is set and checked.
 */
export function applyPragmas(database: Database.Database, readonly: boolean, isCopy = false): void {
  if (!readonly) database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  // What is deleted is overwritten with zeros in the file: an erasure must be one.
  database.pragma('secure_delete = ON')
  database.pragma('trusted_schema = OFF')
  database.pragma('cell_size_check = ON')
  // Kibibytes; better-sqlite3 is built with four times as much, for each connection.
  database.pragma('cache_size = -4000')
  const expected = {
    ...(isCopy ? {} : { journal_mode: 'wal' }),
    ...{ synchronous: 2, foreign_keys: 1, secure_delete: 1 },
  }
  for (const [name, value] of Object.entries(expected)) {
    const actual = database.pragma(name, { simple: true }) as string | number | bigint
    const comparable = typeof actual === 'bigint' ? Number(actual) : actual
    if (comparable !== value) throw new Error(`SQLite did not take ${name}=${String(value)}`)
  }
}

function withConnectionLock(adapter: OpenAdapter, begin: string): SqlDriverAdapter {
  const queue = new Semaphore(1)
  const database = adapter.client
  const queryRaw = adapter.queryRaw.bind(adapter)
  const executeRaw = adapter.executeRaw.bind(adapter)
  const executeScript = adapter.executeScript.bind(adapter)
  const onError = adapter.onError.bind(adapter)
  adapter.onError = (error) => {
    if (FSYNC_FAILURE.test((error as { code?: string } | null)?.code ?? '')) exitOnDiskError(error)
    return onError(error)
  }

  const inTransaction = {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query: SqlQuery) => queryRaw(query),
    executeRaw: (query: SqlQuery) => executeRaw(query),
  } satisfies SqlQueryable

  const startTransaction = async (isolation?: IsolationLevel): Promise<Transaction> => {
    if (isolation !== undefined && isolation !== 'SERIALIZABLE') {
      throw new Error(`SQLite knows no isolation level but SERIALIZABLE, asked: ${isolation}`)
    }
    const until = performance.now() + LOCK_WAIT_MS
    const leave = await queue.acquire()
    let ended = false
    // COMMIT and ROLLBACK arrive as SQL; whatever is still open when Prisma is done is rolled back,
    // and the gate opens in every case.
    const end = (): Promise<void> => {
      if (!ended) {
        ended = true
        try {
          if (database.inTransaction) database.exec('ROLLBACK')
        } finally {
          leave()
        }
      }
      return Promise.resolve()
    }
    try {
      await retryWhileBusy(() => database.exec(begin), until)
    } catch (error) {
      await end()
      return adapter.onError(error)
    }
    return {
      ...inTransaction,
      options: { usePhantomQuery: false },
      commit: end,
      rollback: end,
      createSavepoint: async (name) => {
        await executeRaw({ sql: `SAVEPOINT ${name}`, args: [], argTypes: [] })
      },
      rollbackToSavepoint: async (name) => {
        await executeRaw({ sql: `ROLLBACK TO ${name}`, args: [], argTypes: [] })
      },
      releaseSavepoint: async (name) => {
        await executeRaw({ sql: `RELEASE SAVEPOINT ${name}`, args: [], argTypes: [] })
      },
    }
  }

  // A statement of its own that met a lock has done nothing: it can be tried again.
  const run = <T>(task: () => Promise<T>): Promise<T> => {
    const until = performance.now() + LOCK_WAIT_MS
    return queue.run(() => retryWhileBusy(task, until))
  }
  return Object.assign(adapter, {
    queryRaw: (query: SqlQuery) => run(() => queryRaw(query)),
    executeRaw: (query: SqlQuery) => run(() => executeRaw(query)),
    executeScript: (script: string) => queue.run(() => executeScript(script)),
    startTransaction,
  })
}

/** Tries something until the database is not busy, or until a moment of the process's clock. */
async function retryWhileBusy<T>(task: () => T | Promise<T>, until: number): Promise<T> {
  for (;;) {
    try {
      return await task()
    } catch (error) {
      if (databaseErrorOf(error) !== 'busy' || performance.now() >= until) throw error
    }
    await wait(RETRY_INTERVAL_MS)
  }
}

/** Whoever watches over the process starts it again, and SQLite reads its log from the beginning. */
function exitOnDiskError(error: unknown): never {
  log.error({ event: 'diskError', error })
  process.exit(1)
}
