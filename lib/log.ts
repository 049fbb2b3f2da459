import path from 'node:path'
import pino from 'pino'
import { env } from './env'

/**
 * Everything that a log line may contain. Who visits, from where, which page and which search words are
 * not included: the log of a seized or shared machine must not incriminate anyone.
 */
type LogEntry = {
  /** A code of what happened, such as `serverReady`. */
  event: string
  /** The site's own origin, never a visitor's address. */
  origin?: string
  /** The pattern of a path, such as `/{l}/organisations/{slug}`, never the path itself. */
  route?: string
  method?: string
  status?: number
  /** A code of the failure, such as `stale`. */
  reason?: string
  /** The id that the error page shows, so that a reported error can be found in the log. */
  errorId?: string
  /** Name of a migration, a file of the product, or an actor (`user:<id>`). */
  name?: string
  version?: string
  count?: number
  bytes?: number
  milliseconds?: number
  /** Name, code and stack are written, but not the message, because messages may quote the request. */
  error?: unknown
}

const textFields = ['event', 'origin', 'route', 'method', 'reason', 'errorId', 'name', 'version']
const numberFields = ['status', 'count', 'bytes', 'milliseconds']

/** A code, a pattern or an origin: ASCII without white space, `@`, `?`, `=`, `%`, `#` and `&`. */
const SAFE_TEXT = /^[A-Za-z0-9_.:/{}[\]-]{1,120}$/

function stackFrames(error: Error): string[] {
  return (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim())
}

function serializeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return {
    name: error.name,
    ...(code !== undefined && SAFE_TEXT.test(code) ? { code } : {}),
    stack: stackFrames(error),
    ...(error.cause !== undefined && depth < 3
      ? { cause: serializeError(error.cause, depth + 1) }
      : {}),
  }
}

/**
 * Reduces an entry to what may be written to the log.
 *
 * @param entry of any shape, because types do not exist at run time
 * @returns only the fields of `LogEntry` with values of the right type; text that could be an e-mail, a
 *   query or a sentence becomes `[removed]`
 */
export function sanitizeEntry(entry: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const line: Record<string, unknown> = {}
  for (const field of textFields) {
    const value = entry[field]
    if (typeof value === 'string') line[field] = SAFE_TEXT.test(value) ? value : '[removed]'
  }
  for (const field of numberFields) {
    if (typeof entry[field] === 'number') line[field] = entry[field]
  }
  if (entry['error'] !== undefined) line['error'] = serializeError(entry['error'])
  return line
}

/** Commands log to stderr, because their stdout is their output. */
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

/** The application log: one line of JSON per entry, with time and level. */
export const log = {
  debug: (entry: LogEntry) => logger.debug(sanitizeEntry(entry)),
  info: (entry: LogEntry) => logger.info(sanitizeEntry(entry)),
  warn: (entry: LogEntry) => logger.warn(sanitizeEntry(entry)),
  error: (entry: LogEntry) => logger.error(sanitizeEntry(entry)),
}
