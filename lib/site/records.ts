import type { Transaction } from '@/lib/database/client'
import {
  CONTACT_KINDS,
  PRIORITY_AREAS,
  QUESTIONS,
  type ContactKind,
  type Question,
} from '@/lib/organisations/schema'
import { FORMAT, FORMAT_VERSION, type RecordKind, type RecordOf } from './format'

/** Of these, so many are read at once. */
const ORGANISATIONS = 50
/** Snapshots and pages are whole profiles. */
const CONTENTS = 10
const SMALL = 500

/** As the database holds it; what is no valid record shows when it is read as one. */
export type Unchecked = { record: RecordKind } & Record<string, unknown>

/**
 * Reads every record of a site except the `end`, in the order of the file: by number or by id, so
 * that the same content is the same file. In memory are some dozen organisations at a time.
 *
 * @param tx a transaction of the reading client: all of it is read as it stood at one moment
 */
export async function* recordsOf(tx: Transaction): AsyncGenerator<Unchecked, void> {
  yield {
    record: 'site',
    format: FORMAT,
    version: FORMAT_VERSION,
    migration: await latestMigration(tx),
  }
  yield* auditEntries(tx)
  yield* organisations(tx)
  yield* people(tx)
}

async function latestMigration(tx: Transaction): Promise<string> {
  const [row] = await tx.$queryRaw<{ name: string }[]>`
    SELECT max("migration_name") AS "name" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`
  return row?.name ?? ''
}

async function* auditEntries(tx: Transaction): AsyncGenerator<Unchecked, void> {
  for (let last = 0; ;) {
    const found = await tx.auditEntry.findMany({
      where: { number: { gt: last } },
      orderBy: { number: 'asc' },
      take: SMALL,
    })
    for (const entry of found) yield { record: 'auditEntry', ...entry }
    last = found.at(-1)?.number ?? last
    if (found.length < SMALL) return
  }
}

async function* organisations(tx: Transaction): AsyncGenerator<Unchecked, void> {
  for (let after = ''; ;) {
    const found = await tx.organisation.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: ORGANISATIONS,
      include: {
        aliases: { orderBy: { position: 'asc' } },
        answers: { orderBy: { position: 'asc' } },
        formerSlugs: { orderBy: { slug: 'asc' } },
        priorityAreas: true,
        contacts: true,
      },
    })
    const ids = found.map(({ id }) => id)
    const erasures = await tx.erasure.findMany({
      where: { organisationId: { in: ids } },
      orderBy: { id: 'asc' },
    })
    const revisions = await revisionsOf(tx, ids, 1)
    const pages = keysOf(
      await tx.importedPage.findMany({
        where: { organisationId: { in: ids } },
        orderBy: { id: 'asc' },
        select: { id: true, organisationId: true },
      }),
    )
    const proposals = keysOf(
      await tx.proposal.findMany({
        where: { organisationId: { in: ids } },
        orderBy: { id: 'asc' },
        select: { id: true, organisationId: true },
      }),
    )
    for (const row of found) {
      yield toOrganisation(
        row,
        erasures.filter(({ organisationId }) => organisationId === row.id),
      )
      for (let from = 1; from <= row.version; from += CONTENTS) {
        const some = from === 1 ? revisions : await revisionsOf(tx, [row.id], from)
        for (const { organisationId, ...revision } of some) {
          if (organisationId === row.id) {
            yield { record: 'revision', organisation: organisationId, ...revision }
          }
        }
      }
      for (const some of piecesOf(pages.get(row.id))) {
        const read = await tx.importedPage.findMany({
          where: { id: { in: some } },
          orderBy: { id: 'asc' },
          select: { createdAt: true, content: true, contentHash: true },
        })
        for (const page of read) yield { record: 'importedPage', organisation: row.id, ...page }
      }
      for (const some of piecesOf(proposals.get(row.id))) {
        const read = await tx.proposal.findMany({
          where: { id: { in: some } },
          orderBy: { id: 'asc' },
          omit: { organisationId: true },
        })
        for (const one of read) yield { record: 'proposal', organisation: row.id, ...one }
      }
    }
    after = ids.at(-1) ?? after
    if (found.length < ORGANISATIONS) return
  }
}

function revisionsOf(tx: Transaction, ids: string[], from: number) {
  return tx.revision.findMany({
    where: { organisationId: { in: ids }, number: { gte: from, lt: from + CONTENTS } },
    orderBy: [{ organisationId: 'asc' }, { number: 'asc' }],
  })
}

/** Ids by organisation. */
function keysOf<Id>(rows: { id: Id; organisationId: string }[]): Map<string, Id[]> {
  const keys = new Map<string, Id[]>()
  for (const { id, organisationId } of rows) {
    keys.set(organisationId, [...(keys.get(organisationId) ?? []), id])
  }
  return keys
}

function piecesOf<Id>(ids: Id[] = []): Id[][] {
  return Array.from({ length: Math.ceil(ids.length / CONTENTS) }, (_, piece) =>
    ids.slice(piece * CONTENTS, (piece + 1) * CONTENTS),
  )
}

type Stored = Awaited<ReturnType<Transaction['organisation']['findMany']>>[number] & {
  aliases: { name: string }[]
  formerSlugs: { slug: string; createdAt: Date }[]
  priorityAreas: { area: string }[]
  contacts: { kind: ContactKind; value: string; published: boolean }[]
  answers: {
    question: string
    language: string
    text: string
    provenance: string
    changedIn: number
    sourceLanguage: string | null
    sourceRevision: number | null
  }[]
}

function toOrganisation(
  row: Stored,
  erasures: { id: string; actor: string; reason: string; createdAt: Date }[],
): Record<keyof RecordOf<'organisation'>, unknown> & { record: 'organisation' } {
  const contactOf = (kind: ContactKind) => {
    const found = row.contacts.find((contact) => contact.kind === kind)
    return [kind, found ? { value: found.value, published: found.published } : null]
  }
  const answersTo = (question: Question) => {
    const found = row.answers.filter((answer) => answer.question === question)
    return [
      question,
      found.map(({ sourceLanguage: language, sourceRevision: revision, ...answer }) => ({
        language: answer.language,
        text: answer.text,
        provenance: answer.provenance,
        changedIn: answer.changedIn,
        source: language === null || revision === null ? null : { language, revision },
      })),
    ]
  }
  const { id, slug, name, status, country, region, regionSuggested, version, fictional } = row
  const { createdAt, updatedAt, listedAt, confirmedAt, confirmedBy } = row
  return {
    ...{ record: 'organisation', id, slug, name, status, country, region, regionSuggested },
    ...{ version, fictional, createdAt, updatedAt, listedAt, confirmedAt, confirmedBy },
    formerSlugs: row.formerSlugs.map((former) => ({
      slug: former.slug,
      createdAt: former.createdAt,
    })),
    aliases: row.aliases.map((alias) => alias.name),
    contacts: Object.fromEntries(CONTACT_KINDS.map(contactOf)) as unknown,
    priorityAreas: PRIORITY_AREAS.filter((area) =>
      row.priorityAreas.some((one) => one.area === area),
    ),
    answers: Object.fromEntries(QUESTIONS.map(answersTo)) as unknown,
    erasures: erasures.map((erasure) => ({
      id: erasure.id,
      actor: erasure.actor,
      reason: erasure.reason,
      createdAt: erasure.createdAt,
    })),
  }
}

async function* people(tx: Transaction): AsyncGenerator<Unchecked, void> {
  for (let after = ''; ;) {
    const found = await tx.user.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: SMALL,
      select: {
        ...{ id: true, name: true, email: true, emailVerified: true, role: true, locale: true },
        ...{ disabledAt: true, createdAt: true, updatedAt: true },
        regions: { orderBy: { region: 'asc' } },
        organisations: { orderBy: { organisationId: 'asc' } },
        languages: { orderBy: { language: 'asc' } },
      },
    })
    for (const { regions, organisations, languages, ...person } of found) {
      yield {
        record: 'person',
        ...person,
        regions: regions.map(({ region }) => region),
        organisations: organisations.map(({ organisationId }) => organisationId),
        languages: languages.map(({ language }) => language),
      }
    }
    after = found.at(-1)?.id ?? after
    if (found.length < SMALL) return
  }
}
