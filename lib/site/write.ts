import type { Transaction } from '@/lib/database/client'
import { insert } from '@/lib/database/sql'
import { fold } from '@/lib/text/fold'
import { incrementContentVersion } from '@/lib/database/content-version'
import { CONTACT_KINDS, QUESTIONS } from '@/lib/organisations/schema'
import { searchableText } from '@/lib/organisations/search-text'
import { writeSearchDocuments } from '@/lib/search/document'
import type { RecordOf } from './format'

type Rows<Table extends Parameters<typeof insert>[1]> = Parameters<typeof insert<Table>>[2]
type Searched = Parameters<typeof writeSearchDocuments>[1][number]

/** So much text waits before it is written, in UTF-16 units. */
const WAITING = 2 * 1024 * 1024

/** What belongs to an organisation, beside the organisation itself. */
type Part = RecordOf<'revision' | 'importedPage' | 'proposal'>

/**
 * Writes organisations as they were, in one transaction and in few statements: their own numbers,
 * times and hashes, their search documents, and the content version. What is not listed gets no search
 * document, as ever.
 */
export class OrganisationWriter {
  readonly #tx: Transaction
  #organisations: Rows<'Organisation'> = []
  #answers: Rows<'Answer'> = []
  #areas: Rows<'PriorityArea'> = []
  #aliases: Rows<'Alias'> = []
  #contacts: Rows<'Contact'> = []
  #formerSlugs: Rows<'FormerSlug'> = []
  #erasures: Rows<'Erasure'> = []
  #revisions: Rows<'Revision'> = []
  #pages: Rows<'ImportedPage'> = []
  #proposals: Rows<'Proposal'> = []
  #searched: Searched[] = []
  #waiting = 0

  constructor(tx: Transaction) {
    this.#tx = tx
  }

  /** Takes an organisation; its revisions, pages and proposals follow. */
  async takeOrganisation(record: RecordOf<'organisation'>): Promise<void> {
    const organisationId = record.id
    const { record: _, formerSlugs, aliases, contacts, priorityAreas, answers, ...rest } = record
    const { erasures, createdAt, updatedAt, listedAt, confirmedAt, ...columns } = rest
    this.#organisations.push({
      ...columns,
      nameFolded: fold(record.name),
      createdAt: new Date(createdAt),
      updatedAt: new Date(updatedAt),
      listedAt: dateOf(listedAt),
      confirmedAt: dateOf(confirmedAt),
    })
    for (const question of QUESTIONS) {
      for (const [position, { source, ...answer }] of answers[question].entries()) {
        this.#waiting += answer.text.length
        this.#answers.push({
          ...{ organisationId, question, position },
          ...answer,
          sourceLanguage: source?.language ?? null,
          sourceRevision: source?.revision ?? null,
        })
      }
    }
    this.#areas.push(...priorityAreas.map((area) => ({ organisationId, area })))
    this.#aliases.push(
      ...aliases.map((name, position) => ({
        ...{ organisationId, name, position },
        nameFolded: fold(name),
      })),
    )
    this.#contacts.push(
      ...CONTACT_KINDS.flatMap((kind) => {
        const contact = contacts[kind]
        return contact ? [{ organisationId, kind, ...contact }] : []
      }),
    )
    this.#formerSlugs.push(
      ...formerSlugs.map((former) => ({
        ...{ slug: former.slug, organisationId },
        createdAt: new Date(former.createdAt),
      })),
    )
    this.#erasures.push(
      ...erasures.map((erasure) => ({
        ...{ id: erasure.id, organisationId, actor: erasure.actor, reason: erasure.reason },
        createdAt: new Date(erasure.createdAt),
      })),
    )
    if (record.status === 'listed') {
      const text = searchableText({ ...record, answers: Object.values(answers).flat() })
      this.#searched.push({ organisationId, text })
    }
    await this.#writeWhatWaits(WAITING)
  }

  /** Takes a part of the organisation that came last. */
  async takePart(record: Part): Promise<void> {
    const createdAt = new Date(record.createdAt)
    this.#waiting += record.content.length
    if (record.record === 'revision') {
      const { record: _, organisation: organisationId, ...revision } = record
      this.#revisions.push({ ...revision, organisationId, createdAt })
    } else if (record.record === 'importedPage') {
      const { organisation: organisationId, content, contentHash } = record
      this.#pages.push({ organisationId, createdAt, content, contentHash })
    } else {
      const { record: _, organisation: organisationId, updatedAt, decidedAt, ...proposal } = record
      this.#proposals.push({
        ...{ ...proposal, organisationId, createdAt },
        updatedAt: new Date(updatedAt),
        decidedAt: dateOf(decidedAt),
      })
    }
    await this.#writeWhatWaits(WAITING)
  }

  /** Writes the rest, and lets everybody who keeps public content know. */
  async end(): Promise<void> {
    await this.#writeWhatWaits(0)
    if (this.#searched.length === 0) return
    await writeSearchDocuments(this.#tx, this.#searched)
    await incrementContentVersion(this.#tx)
  }

  async #writeWhatWaits(most: number): Promise<void> {
    if (this.#waiting < most) return
    const tx = this.#tx
    await insert(tx, 'Organisation', this.#organisations)
    await insert(tx, 'Answer', this.#answers)
    await insert(tx, 'PriorityArea', this.#areas)
    await insert(tx, 'Alias', this.#aliases)
    await insert(tx, 'Contact', this.#contacts)
    await insert(tx, 'FormerSlug', this.#formerSlugs)
    await insert(tx, 'Erasure', this.#erasures)
    await insert(tx, 'Revision', this.#revisions)
    await insert(tx, 'ImportedPage', this.#pages)
    await insert(tx, 'Proposal', this.#proposals)
    this.#organisations = []
    this.#answers = []
    this.#areas = []
    this.#aliases = []
    this.#contacts = []
    this.#formerSlugs = []
    this.#erasures = []
    this.#revisions = []
    this.#pages = []
    this.#proposals = []
    this.#waiting = 0
  }
}

/** Writes audit entries with their own numbers and hashes. */
export async function writeAuditEntries(
  tx: Transaction,
  records: RecordOf<'auditEntry'>[],
): Promise<void> {
  await insert(
    tx,
    'AuditEntry',
    records.map(({ record: _, createdAt, ...entry }) => ({
      ...entry,
      createdAt: new Date(createdAt),
    })),
  )
}

/** Writes people without anything they could sign in by. */
export async function writePeople(tx: Transaction, records: RecordOf<'person'>[]): Promise<void> {
  await insert(
    tx,
    'User',
    records.map(({ id, name, email, emailVerified, role, locale, ...person }) => ({
      ...{ id, name, email, emailVerified, role, locale },
      disabledAt: dateOf(person.disabledAt),
      createdAt: new Date(person.createdAt),
      updatedAt: new Date(person.updatedAt),
    })),
  )
  await insert(
    tx,
    'UserRegion',
    records.flatMap(({ id, regions }) => regions.map((region) => ({ userId: id, region }))),
  )
  await insert(
    tx,
    'UserOrganisation',
    records.flatMap(({ id, organisations }) =>
      organisations.map((organisationId) => ({ userId: id, organisationId })),
    ),
  )
  await insert(
    tx,
    'UserLanguage',
    records.flatMap(({ id, languages }) => languages.map((language) => ({ userId: id, language }))),
  )
}

function dateOf(moment: string | null): Date | null {
  return moment === null ? null : new Date(moment)
}
