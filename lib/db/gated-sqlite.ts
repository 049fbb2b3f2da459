import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlQuery,
  SqlQueryable,
  Transaction,
} from '@prisma/driver-adapter-utils'
import type Database from 'better-sqlite3'
import { Queue } from './queue'

/** How a connection is opened. */
type Settings = {
  /** Absolute path of the database file. */
  file: string
  readonly: boolean
  /** A copy that nobody else has open: it needs no write-ahead log. */
  isCopy?: boolean
}

// The adapter keeps one connection: without a gate, a query sent outside a transaction runs inside
// whichever transaction is open at that moment and is lost with it (docs/decisions/002).
type OpenAdapter = SqlDriverAdapter & { client: Database.Database; onError(error: unknown): never }

/**
 * Prisma's SQLite adapter behind a first-in-first-out gate: a query, a whole transaction or a script
 * has the connection to itself. Opens with WAL, `synchronous=FULL`, foreign keys and a busy timeout of
 * two seconds.
 */
export class GatedSqlite extends PrismaBetterSqlite3 {
  readonly #settings: Settings

  constructor(settings: Settings) {
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
    applySettings(adapter.client, this.#settings.readonly, this.#settings.isCopy)
    return behindGate(adapter, this.#settings.readonly ? 'BEGIN' : 'BEGIN IMMEDIATE')
  }
}

/**
 * Sets what every connection to the database needs, and fails where SQLite did not take it.
 * better-sqlite3 silently falls back to `synchronous=NORMAL` in WAL mode, so FULL is set and checked.
 */
export function applySettings(
  database: Database.Database,
  readonly: boolean,
  isCopy = false,
): void {
  if (!readonly) database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  // What is deleted is overwritten with zeros in the file: an erasure must be one.
  database.pragma('secure_delete = ON')
  database.pragma('trusted_schema = OFF')
  database.pragma('cell_size_check = ON')
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

function behindGate(adapter: OpenAdapter, begin: string): SqlDriverAdapter {
  const queue = new Queue()
  const database = adapter.client
  const queryRaw = adapter.queryRaw.bind(adapter)
  const executeRaw = adapter.executeRaw.bind(adapter)
  const executeScript = adapter.executeScript.bind(adapter)

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
    const leave = await queue.enter()
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
      database.exec(begin)
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

  return Object.assign(adapter, {
    queryRaw: (query: SqlQuery) => queue.run(() => queryRaw(query)),
    executeRaw: (query: SqlQuery) => queue.run(() => executeRaw(query)),
    executeScript: (script: string) => queue.run(() => executeScript(script)),
    startTransaction,
  })
}
