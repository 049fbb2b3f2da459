import type { Transaction } from '@/lib/database/client'
import { insert } from '@/lib/database/sql'
import { fold } from '@/lib/text/fold'
import { incrementContentVersion } from '@/lib/database/content-version'
import { CONTACT_KINDS, QUESTIONS } from '@/lib/organisations/schema'
import { searchableText } from '@/lib/organisations/search-text'
import { writeSearchDocuments } from '@/lib/search/document'
import type { RecordOf, SiteRecord } from './format'

/** Rows are written once their text has this length, in UTF-16 units. */
const BATCH_TEXT = 2 * 1024 * 1024
/** Counted for each record beside its text, so that short records are written in time too. */
const RECORD_OVERHEAD = 200

/** Parents come before their children: the database checks every reference at once. */
const TABLES = [
  ...(['AuditEntry', 'Organisation', 'Answer', 'PriorityArea', 'Alias', 'Contact'] as const),
  ...([
    'FormerSlug',
    'Erasure',
    'Revision',
    'ImportedPage',
    'Proposal',
    'ProposalVersion',
  ] as const),
  ...(['User', 'UserRegion', 'UserOrganisation', 'UserLanguage'] as const),
]
type Table = (typeof TABLES)[number]
type RowOf<Name extends Table> = Parameters<typeof insert<Name>>[2][number]
type Rows = { [Name in Table]: RowOf<Name>[] }
type SearchDocuments = Parameters<typeof writeSearchDocuments>[1][number][]

/**
 * Inserts the records of a site as they are, in batches and in one transaction. It does not go through
 * the commands of profiles, which would write a history of their own: search documents and the content
 * version are its business too. Records must have passed the validator, in the order of the file.
 */
export class Inserter {
  readonly #tx: Transaction
  #rows = noRows()
  #documents: SearchDocuments = []
  #size = 0

  constructor(tx: Transaction) {
    this.#tx = tx
  }

  /** Takes the next record; writes a batch when enough have come. */
  async add(record: SiteRecord): Promise<void> {
    this.#size += RECORD_OVERHEAD
    switch (record.record) {
      case 'auditEntry': {
        const { record: _, createdAt, ...entry } = record
        this.#rows.AuditEntry.push({ ...entry, createdAt: new Date(createdAt) })
        break
      }
      case 'organisation':
        this.#addOrganisation(record)
        break
      case 'revision': {
        const { record: _, organisation: organisationId, createdAt, ...revision } = record
        this.#size += revision.content.length
        this.#rows.Revision.push({ ...revision, organisationId, createdAt: new Date(createdAt) })
        break
      }
      case 'importedPage': {
        const { record: _, organisation: organisationId, createdAt, ...page } = record
        this.#size += page.content.length
        this.#rows.ImportedPage.push({ ...page, organisationId, createdAt: new Date(createdAt) })
        break
      }
      case 'proposal':
        this.#addProposal(record)
        break
      case 'user':
        this.#addUser(record)
        break
      case 'site':
      case 'end':
    }
    if (this.#size >= BATCH_TEXT) await this.#flush()
  }

  /** Writes the last batch and raises the content version, so that every cache is dropped. */
  async end(): Promise<void> {
    await this.#flush()
    await incrementContentVersion(this.#tx)
  }

  async #flush(): Promise<void> {
    for (const table of TABLES) await insert(this.#tx, table, this.#rows[table])
    await writeSearchDocuments(this.#tx, this.#documents)
    this.#rows = noRows()
    this.#documents = []
    this.#size = 0
  }

  #addOrganisation(record: RecordOf<'organisation'>): void {
    const organisationId = record.id
    const { record: _, formerSlugs, aliases, contacts, priorityAreas, answers, ...rest } = record
    const { erasures, createdAt, updatedAt, listedAt, confirmedAt, ...columns } = rest
    this.#rows.Organisation.push({
      ...columns,
      nameFolded: fold(record.name),
      createdAt: new Date(createdAt),
      updatedAt: new Date(updatedAt),
      listedAt: dateOf(listedAt),
      confirmedAt: dateOf(confirmedAt),
    })
    for (const question of QUESTIONS) {
      for (const [position, { source, ...answer }] of answers[question].entries()) {
        this.#size += answer.text.length
        const sourceLanguage = source?.language ?? null
        const sourceRevision = source?.revision ?? null
        const place = { organisationId, question, position }
        this.#rows.Answer.push({ ...place, ...answer, sourceLanguage, sourceRevision })
      }
    }
    for (const area of priorityAreas) this.#rows.PriorityArea.push({ organisationId, area })
    for (const [position, name] of aliases.entries()) {
      this.#rows.Alias.push({ organisationId, name, position, nameFolded: fold(name) })
    }
    for (const kind of CONTACT_KINDS) {
      const contact = contacts[kind]
      if (contact !== null) this.#rows.Contact.push({ organisationId, kind, ...contact })
    }
    for (const former of formerSlugs) {
      const createdAt = new Date(former.createdAt)
      this.#rows.FormerSlug.push({ slug: former.slug, organisationId, createdAt })
    }
    for (const erasure of erasures) {
      const createdAt = new Date(erasure.createdAt)
      this.#rows.Erasure.push({ ...erasure, organisationId, createdAt })
    }
    // Whatever is in the search index can be found by everybody.
    if (record.status === 'listed') {
      const text = searchableText({ ...record, answers: Object.values(answers).flat() })
      this.#documents.push({ organisationId, text })
    }
  }

  #addProposal(record: RecordOf<'proposal'>): void {
    const { record: _, organisation: organisationId, versions, ...proposal } = record
    this.#size += proposal.content.length
    for (const version of versions) {
      this.#size += version.content.length
      this.#rows.ProposalVersion.push({
        ...version,
        proposalId: proposal.id,
        createdAt: new Date(version.createdAt),
      })
    }
    this.#rows.Proposal.push({
      ...proposal,
      organisationId,
      createdAt: new Date(proposal.createdAt),
      updatedAt: new Date(proposal.updatedAt),
      decidedAt: dateOf(proposal.decidedAt),
    })
  }

  #addUser(record: RecordOf<'user'>): void {
    const { record: _, regions, organisations, languages, ...user } = record
    const userId = user.id
    this.#rows.User.push({
      ...user,
      disabledAt: dateOf(user.disabledAt),
      createdAt: new Date(user.createdAt),
      updatedAt: new Date(user.updatedAt),
    })
    for (const region of regions) this.#rows.UserRegion.push({ userId, region })
    for (const organisationId of organisations) {
      this.#rows.UserOrganisation.push({ userId, organisationId })
    }
    for (const language of languages) this.#rows.UserLanguage.push({ userId, language })
  }
}

function noRows(): Rows {
  return Object.fromEntries(TABLES.map((table) => [table, []])) as unknown as Rows
}

function dateOf(moment: string | null): Date | null {
  return moment === null ? null : new Date(moment)
}
