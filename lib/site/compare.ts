import { reader } from '@/lib/database/client'
import { SEED_PAGE } from '@/lib/import/seed'
import type { SeenOrganisation } from './checker'
import type { RecordOf } from './format'

/** What a database holds already, as far as it must fit to a file. */
export type Present = {
  organisations: ReadonlyMap<string, { lastHash: string; fictional: boolean; isSeed: boolean }>
  people: ReadonlySet<string>
  audit: {
    count: number
    hashOf: (number: number) => Promise<string | null>
    isOfSeed: boolean
  }
}

/** A database that is not there yet, or holds nothing. */
export const NOTHING: Present = {
  organisations: new Map(),
  people: new Set(),
  audit: { count: 0, hashOf: () => Promise.resolve(null), isOfSeed: true },
}

/** Reads what the database of this environment holds. */
export async function readPresent(): Promise<Present> {
  const rows = await reader().$queryRaw<
    { id: string; hash: string; fictional: number | bigint; seed: number | bigint }[]
  >`
    SELECT o."id", r."hash", o."fictional",
      (o."version" = 1 AND r."actor" = 'system:import' AND o."fictional" = 0
        AND o."nameFolded" = ${SEED_PAGE.nameFolded} AND o."country" = ${SEED_PAGE.country}) AS "seed"
    FROM "Organisation" o
    JOIN "Revision" r ON r."organisationId" = o."id" AND r."number" = o."version"`
  const organisations = new Map(
    rows.map(({ id, hash, fictional, seed }) => [
      id,
      { lastHash: hash, fictional: Boolean(fictional), isSeed: Boolean(seed) },
    ]),
  )
  const people = await reader().user.findMany({ select: { id: true } })
  const seed = [...organisations].find(([, { isSeed }]) => isSeed)?.[0]
  const count = await reader().auditEntry.count()
  const ofSeed = await reader().auditEntry.count({
    where: { actor: 'system:import', subject: seed ?? '' },
  })
  return {
    organisations,
    people: new Set(people.map(({ id }) => id)),
    audit: {
      count,
      isOfSeed: count === ofSeed,
      hashOf: async (number) => {
        const entry = await reader().auditEntry.findUnique({ where: { number } })
        return entry?.hash ?? null
      },
    },
  }
}

/** Why a database cannot take a file in. */
export type PresentReason =
  /** It holds organisations that are not in the file. */
  | 'otherOrganisations'
  /** It holds an organisation of the file, with another last revision. */
  | 'otherRevision'
  /** It holds people that are not in the file. */
  | 'otherPeople'
  /** Its audit log is not the beginning of the one in the file, nor goes on from it. */
  | 'otherAudit'

export type Fitting =
  | {
      ok: true
      /** Ids of the organisations that are there already, as they are in the file. */
      known: ReadonlySet<string>
      knownPeople: ReadonlySet<string>
      /** So many audit entries of the file are there already. */
      knownAudit: number
      /** The first page, as the first start has put it there: it gives way. */
      seed: string | null
      /** So many invented organisations give way. */
      fictional: number
    }
  | { ok: false; reason: PresentReason; detail: string }

/**
 * Compares a file with what a database holds, record by record while the file is read. A database is
 * fit that holds nothing but what is in the file, unchanged; or nothing but what was invented for
 * demonstration and the first page, untouched.
 */
export class Comparison {
  readonly #present: Present
  readonly #known = new Set<string>()
  readonly #knownPeople = new Set<string>()
  #changed: string | null = null
  #auditInFile = 0
  /** Of the entry that is the last one in the database. */
  #auditHash: string | null = null
  #lastAuditHash: string | null = null

  constructor(present: Present) {
    this.#present = present
  }

  takeOrganisation({ id, slug, lastHash }: SeenOrganisation): void {
    const present = this.#present.organisations.get(id)
    if (present === undefined) return
    if (present.lastHash !== lastHash) this.#changed ??= slug
    this.#known.add(id)
  }

  takePerson({ id }: RecordOf<'person'>): void {
    if (this.#present.people.has(id)) this.#knownPeople.add(id)
  }

  takeAuditEntry({ number, hash }: RecordOf<'auditEntry'>): void {
    this.#auditInFile = number
    this.#lastAuditHash = hash
    if (number === this.#present.audit.count) this.#auditHash = hash
  }

  /** After the last record: whether the database can take the file in. */
  async result(): Promise<Fitting> {
    const { organisations, people, audit } = this.#present
    if (this.#changed !== null) {
      return { ok: false, reason: 'otherRevision', detail: this.#changed }
    }
    const others = [...organisations].filter(([id]) => !this.#known.has(id))
    const real = others.filter(([, { fictional, isSeed }]) => !fictional && !isSeed)
    // Beside organisations of the file, others have come since: whose they are is not for a program.
    const standing = this.#known.size > 0 ? others : real
    if (standing.length > 0) {
      return { ok: false, reason: 'otherOrganisations', detail: String(standing.length) }
    }
    if (people.size > this.#knownPeople.size) {
      const count = people.size - this.#knownPeople.size
      return { ok: false, reason: 'otherPeople', detail: String(count) }
    }
    const seed = others.find(([, { isSeed }]) => isSeed)?.[0] ?? null
    const isCleared = seed !== null && audit.isOfSeed
    if (!isCleared && !(await this.#isAuditContinued())) {
      return { ok: false, reason: 'otherAudit', detail: String(audit.count) }
    }
    return {
      ok: true,
      known: this.#known,
      knownPeople: this.#knownPeople,
      knownAudit: isCleared ? 0 : Math.min(audit.count, this.#auditInFile),
      seed,
      fictional: others.filter(([, { fictional }]) => fictional).length,
    }
  }

  async #isAuditContinued(): Promise<boolean> {
    const { count, hashOf } = this.#present.audit
    const common = Math.min(count, this.#auditInFile)
    if (common === 0) return true
    const inFile = common === count ? this.#auditHash : this.#lastAuditHash
    // Each hash covers the one before: equal here, equal from the beginning.
    return (await hashOf(common)) === inFile
  }
}
