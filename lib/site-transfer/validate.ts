import { auditHash } from '@/lib/audit/record'
import { contentHashOf, revisionHash, SNAPSHOT_FORMAT, TOMBSTONE } from '@/lib/revisions/record'
import { parseSnapshot } from '@/lib/revisions/snapshot'
import {
  checkStructure,
  FORMAT_VERSION,
  KINDS,
  parseJson,
  type Counts,
  type Fault,
  type RecordOf,
  type SiteRecord,
} from './format'

/** The organisation whose revisions, pages and proposals are being read. */
type CurrentOrganisation = {
  id: string
  version: number
  isErased: boolean
  /** Number and hash of its last revision so far; 0 and null before the first. */
  lastNumber: number
  lastHash: string | null
}

/**
 * Validates the records of a file against each other, in one pass: their order, ids, slugs, references,
 * both hash chains, and the counts at the end. Exports go through it too, so that no file is written
 * that could not be imported.
 */
export class Validator {
  readonly counts: Counts = {
    auditEntries: 0,
    organisations: 0,
    revisions: 0,
    importedPages: 0,
    proposals: 0,
    people: 0,
  }
  #lastAuditHash: string | null = null
  readonly #slugs = new Set<string>()
  readonly #organisations = new Set<string>()
  readonly #proposals = new Set<string>()
  readonly #erasures = new Set<string>()
  readonly #emails = new Set<string>()
  /** Place of the last record's kind in `KINDS`; -1 before the first record. */
  #place = -1
  #organisation: CurrentOrganisation | null = null
  #lastPerson = ''
  #lastOrganisation = ''

  /** Takes the next record; returns what is wrong with it, or null. */
  take(record: SiteRecord): Fault | null {
    const place = KINDS.indexOf(record.record)
    const isFirst = this.#place === -1
    if (isFirst !== (record.record === 'site')) return { reason: 'outOfOrder' }
    const isNextOrganisation = record.record === 'organisation' && this.#organisation !== null
    if (place < this.#place && !isNextOrganisation) return { reason: 'outOfOrder' }
    if (record.record === 'organisation' || place > KINDS.indexOf('proposal')) {
      const unfinished = this.#finishOrganisation()
      if (unfinished) return unfinished
    }
    this.#place = place
    switch (record.record) {
      case 'site':
        return record.version === FORMAT_VERSION
          ? null
          : { reason: 'newer', detail: String(record.version) }
      case 'auditEntry':
        return this.#takeAuditEntry(record)
      case 'organisation':
        return this.#takeOrganisation(record)
      case 'revision':
        return this.#takeRevision(record)
      case 'importedPage':
        this.counts.importedPages += 1
        return this.#faultOfOwner(record.organisation) ?? faultOfContent(record.content)
      case 'proposal':
        return this.#takeProposal(record)
      case 'user':
        return this.#takeUser(record)
      case 'end':
        return JSON.stringify(record.counts) === JSON.stringify(this.counts)
          ? null
          : { reason: 'wrongCounts' }
    }
  }

  #takeAuditEntry(record: RecordOf<'auditEntry'>): Fault | null {
    this.counts.auditEntries += 1
    if (record.number !== this.counts.auditEntries) return broken('missing')
    if (record.previousHash !== this.#lastAuditHash) return broken('unlinked')
    const createdAt = new Date(record.createdAt)
    if (record.hash !== auditHash({ ...record, createdAt })) return broken('changed')
    this.#lastAuditHash = record.hash
    return null
  }

  #takeOrganisation(record: RecordOf<'organisation'>): Fault | null {
    this.counts.organisations += 1
    const { id, slug, version } = record
    const order = faultOfOrder(this.#lastOrganisation, id)
    if (order) return order
    this.#lastOrganisation = id
    this.#organisations.add(id)
    for (const address of [slug, ...record.formerSlugs.map((former) => former.slug)]) {
      if (this.#slugs.has(address)) return { reason: 'duplicateSlug', detail: address }
      this.#slugs.add(address)
    }
    for (const erasure of record.erasures) {
      if (this.#erasures.has(erasure.id)) return { reason: 'duplicateId', detail: erasure.id }
      this.#erasures.add(erasure.id)
    }
    const isErased = record.erasures.length > 0
    this.#organisation = { id, version, isErased, lastNumber: 0, lastHash: null }
    return null
  }

  #takeRevision(record: RecordOf<'revision'>): Fault | null {
    this.counts.revisions += 1
    const owner = this.#organisation
    if (owner?.id !== record.organisation) return unknown(record.organisation)
    if (record.number !== owner.lastNumber + 1) return broken('missing')
    if (record.previousHash !== owner.lastHash) return broken('unlinked')
    const link = { ...record, organisationId: record.organisation, at: new Date(record.createdAt) }
    if (record.hash !== revisionHash(link)) return broken('changed')
    owner.lastNumber = record.number
    owner.lastHash = record.hash
    if (record.content === TOMBSTONE) return owner.isErased ? null : broken('erasedWithoutRecord')
    if (record.contentHash !== contentHashOf(record.content)) return broken('contentChanged')
    return faultOfContent(record.content) ?? faultOfSnapshot(record)
  }

  #takeProposal(record: RecordOf<'proposal'>): Fault | null {
    this.counts.proposals += 1
    if (this.#proposals.has(record.id)) return { reason: 'duplicateId', detail: record.id }
    this.#proposals.add(record.id)
    return this.#faultOfOwner(record.organisation) ?? faultOfContent(record.content)
  }

  #takeUser(record: RecordOf<'user'>): Fault | null {
    this.counts.people += 1
    const order = faultOfOrder(this.#lastPerson, record.id)
    if (order) return order
    this.#lastPerson = record.id
    if (this.#emails.has(record.email)) return { reason: 'duplicateEmail', detail: record.id }
    this.#emails.add(record.email)
    const missing = record.organisations.find((id) => !this.#organisations.has(id))
    return missing === undefined ? null : unknown(missing)
  }

  #faultOfOwner(id: string): Fault | null {
    const owner = this.#organisation
    if (owner?.id !== id) return unknown(id)
    return owner.lastNumber === owner.version ? null : broken('missing')
  }

  #finishOrganisation(): Fault | null {
    const finished = this.#organisation
    this.#organisation = null
    if (finished === null || finished.lastNumber === finished.version) return null
    return broken('missing')
  }
}

function broken(detail: string): Fault {
  return { reason: 'brokenChain', detail }
}

function unknown(id: string): Fault {
  return { reason: 'unknownOrganisation', detail: id }
}

/** Ids must rise, so that the same site is always the same file. */
function faultOfOrder(before: string, id: string): Fault | null {
  if (id > before) return null
  return { reason: id === before ? 'duplicateId' : 'outOfOrder', detail: id }
}

/** The program parses this text later: it must be a JSON object, and harmless to parse. */
function faultOfContent(content: string): Fault | null {
  const structure = checkStructure(content)
  if (structure) return structure
  const value = parseJson(content)
  return typeof value === 'object' && value !== null ? null : { reason: 'unreadableContent' }
}

function faultOfSnapshot({ format, content }: RecordOf<'revision'>): Fault | null {
  try {
    if (format === SNAPSHOT_FORMAT) parseSnapshot({ format, content })
    return format === SNAPSHOT_FORMAT ? null : { reason: 'unreadableContent' }
  } catch {
    return { reason: 'unreadableContent' }
  }
}
