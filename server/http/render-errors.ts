import { databaseErrorOf, type DatabaseError } from '@/lib/database/busy-or-full'

type RenderError = { error: unknown; route: string; errorId: string | undefined }
type Reporter = (failed: RenderError) => void

// Next's bundle has a copy of this module of its own; both share this global.
const key = Symbol.for('member-directory.renderErrors')
const shared = globalThis as typeof globalThis & { [key]?: Reporter }

/** Sets the function that is called when Next fails to render: called once, by the server. */
export function onRenderError(reporter: Reporter): void {
  shared[key] = reporter
}

/**
 * Reports an error of Next's to the server.
 *
 * @param route the pattern of the route
 * @param headers of the request to Next; `x-request-id` is the id on the error page
 */
export function reportRenderError(
  error: unknown,
  route: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): void {
  const errorId = headers['x-request-id']
  shared[key]?.({ error, route, errorId: typeof errorId === 'string' ? errorId : undefined })
}

/** A response follows its error at once, so this many are never waiting. */
const MAX_ERRORS = 1_000

/** Database errors of responses that are not sent yet, by the id of the log. */
export class DatabaseErrors {
  readonly #byId = new Map<string, DatabaseError>()

  /** Remembers an error if it means that the database is busy or full. */
  add(errorId: string | undefined, error: unknown): void {
    const trouble = databaseErrorOf(error)
    if (errorId === undefined || trouble === null) return
    const [oldest] = this.#byId.keys()
    if (this.#byId.size >= MAX_ERRORS && oldest !== undefined) this.#byId.delete(oldest)
    this.#byId.set(errorId, trouble)
  }

  /** Returns `busy` or `full` if a render failed because of the database, and forgets it. */
  take(errorId: string): DatabaseError | null {
    const trouble = this.#byId.get(errorId) ?? null
    this.#byId.delete(errorId)
    return trouble
  }
}
