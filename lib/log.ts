import path from 'node:path'
import pino from 'pino'
import { env } from './env'

/**
 * All that a line of the log may say. Who visits, from where, which page and for which words is
 * not among it: the log of a seized or shared machine must not tell on anyone.
 */
type Entry = {
  /** What happened: a code such as `serverReady`. */
  event: string
  /** Our own address, never a visitor's. */
  origin?: string
  /** The pattern of an address, such as `/{l}/organisations/{slug}`, never the address itself. */
  route?: string
  method?: string
  status?: number
  /** A named failure, such as `stale`. */
  reason?: string
  /** The number that an error page shows, so that a report can be found in the log. */
  errorId?: string
  /** Name of a migration, a file of the product, a field of a form. */
  name?: string
  version?: string
  count?: number
  bytes?: number
  milliseconds?: number
  /** Name, code and stack are written; the message is not, because messages quote what was asked. */
  error?: unknown
}

const textFields = ['event', 'origin', 'route', 'method', 'reason', 'errorId', 'name', 'version']
const numberFields = ['status', 'count', 'bytes', 'milliseconds']

/** A code, a pattern or an origin: no white space, no `@`, `?`, `=`, `%`, `#` or `&`, no letter beyond ASCII. */
const harmless = /^[A-Za-z0-9_.:/{}[\]-]{1,120}$/

function frames(error: Error): string[] {
  return (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim())
}

function describe(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return {
    name: error.name,
    ...(code !== undefined && harmless.test(code) ? { code } : {}),
    stack: frames(error),
    ...(error.cause !== undefined && depth < 3 ? { cause: describe(error.cause, depth + 1) } : {}),
  }
}

/**
 * What is really written of an entry.
 *
 * Takes an entry of any shape, because types are gone at run time. Gives only the fields of
 * `Entry`, each of its kind; a text that could be an e-mail, a query or a sentence is `[removed]`.
 */
export function permitted(entry: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const line: Record<string, unknown> = {}
  for (const field of textFields) {
    const value = entry[field]
    if (typeof value === 'string') line[field] = harmless.test(value) ? value : '[removed]'
  }
  for (const field of numberFields) {
    if (typeof entry[field] === 'number') line[field] = entry[field]
  }
  if (entry['error'] !== undefined) line['error'] = describe(entry['error'])
  return line
}

/** What a command prints on stdout is its answer, so the log of a command goes to stderr. */
function destination(): 1 | 2 {
  const script = process.argv[1]
  // Of the repository, or of the build that the server runs from.
  const isCommand =
    script !== undefined && path.basename(path.dirname(path.resolve(script))) === 'cli'
  return isCommand ? 2 : 1
}

const logger = pino(
  {
    level: env.LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  },
  pino.destination({ fd: destination(), sync: true }),
)

/** The log of the process: one line of JSON per entry, with time and level. */
export const log = {
  debug: (entry: Entry) => logger.debug(permitted(entry)),
  info: (entry: Entry) => logger.info(permitted(entry)),
  warn: (entry: Entry) => logger.warn(permitted(entry)),
  error: (entry: Entry) => logger.error(permitted(entry)),
}
