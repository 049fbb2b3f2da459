import { databaseErrorOf, type DatabaseError } from '@/lib/database/busy-or-full'

/** An answer follows its failure at once; what was forgotten on the way goes. */
const KEPT_AT_MOST = 1_000

/** What stood against answers that are on their way, by the id that the log knows them by. */
export class Troubles {
  readonly #byId = new Map<string, DatabaseError>()

  /** Notes why something failed, where that is the database being busy or full. */
  note(errorId: string | undefined, error: unknown): void {
    const trouble = databaseErrorOf(error)
    if (errorId === undefined || trouble === null) return
    const [oldest] = this.#byId.keys()
    if (this.#byId.size >= KEPT_AT_MOST && oldest !== undefined) this.#byId.delete(oldest)
    this.#byId.set(errorId, trouble)
  }

  /** What stood against an answer; asked once. */
  take(errorId: string): DatabaseError | null {
    const trouble = this.#byId.get(errorId) ?? null
    this.#byId.delete(errorId)
    return trouble
  }
}
