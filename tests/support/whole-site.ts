import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { auditHash } from '@/lib/audit/record'
import { loadMigrations } from '@/lib/database/migrate'
import { REGIONS } from '@/lib/geo/regions'
import { PRIORITY_AREAS, PROVENANCES, QUESTIONS, STATUSES } from '@/lib/organisations/schema'
import { hasUnsafeCharacters } from '@/lib/text/text-field'
import { contentHashOf, revisionHash, TOMBSTONE } from '@/lib/revisions/record'
import {
  FORMAT,
  FORMAT_VERSION,
  serializeRecord,
  parseRecord,
  type Counts,
  type RecordOf,
  type SiteRecord,
} from '@/lib/site-transfer/format'

type Organisation = RecordOf<'organisation'>
type Answers = Organisation['answers']

/** What an organisation of an invented site is made from; ids, numbers and hashes follow from it. */
export type Plain = Pick<
  Organisation,
  'name' | 'aliases' | 'status' | 'country' | 'region' | 'regionSuggested' | 'contacts'
> & {
  priorityAreas: Organisation['priorityAreas']
  answers: Answers
  isFictional: boolean
  isConfirmed: boolean
  isErased: boolean
  formerSlugs: number
  /** Reasons; at least one. */
  revisions: string[]
  pages: string[]
  proposals: { message: string; answer: string | null; text: string }[]
}

export type PlainSite = {
  organisations: Plain[]
  people: { name: string; organisation: number; region: Organisation['region'] }[]
  auditEntries: number
}

const MIGRATION = loadMigrations('prisma/migrations').at(-1)?.name ?? ''

/** A clearly fictional organisation; every field may be replaced. */
export function plain(changes: Partial<Plain> = {}): Plain {
  return {
    ...{ name: 'Cercle fictif', aliases: [], status: 'listed', country: 'BI', region: 'africa' },
    ...{ regionSuggested: false, contacts: { email: null, website: null, telephone: null } },
    priorityAreas: ['health'],
    answers: {
      who: [
        {
          ...{ language: 'fr', text: 'Des femmes et des personnes trans.', changedIn: 1 },
          ...{ provenance: 'original', source: null },
        },
      ],
      ...{ involvement: [], challenges: [], otherWork: [] },
    },
    ...{ isFictional: false, isConfirmed: false, isErased: false, formerSlugs: 0 },
    ...{ revisions: ['edit'], pages: [], proposals: [] },
    ...changes,
  }
}

const idOf = (kind: number, number: number) =>
  `00000000-0000-4000-8${String(kind).padStart(3, '0')}-${String(number).padStart(12, '0')}`
const moment = (number: number) => new Date(1_700_000_000_000 + number * 1001).toISOString()

/** The records of an invented site without the `end`, as an export gives them. */
export function recordsOf(site: PlainSite, migration = MIGRATION): SiteRecord[] {
  return [
    { record: 'site', format: FORMAT, version: FORMAT_VERSION, migration },
    ...auditOf(site.auditEntries),
    ...site.organisations.flatMap(organisationOf),
    ...site.people.map(({ name, organisation, region }, number): RecordOf<'user'> => {
      const isMember = organisation < site.organisations.length
      return {
        ...{ record: 'user', id: idOf(2, number), name },
        email: `person-${String(number)}@fictional.example`,
        emailVerified: number % 2 === 0,
        role: isMember ? 'member' : region === null ? 'translator' : 'editor',
        locale: number % 2 === 0 ? 'fr' : 'en',
        disabledAt: number % 3 === 0 ? moment(number) : null,
        ...{ createdAt: moment(number), updatedAt: moment(number + 1) },
        regions: isMember || region === null ? [] : [region],
        organisations: isMember ? [idOf(1, organisation)] : [],
        languages: isMember || region !== null ? [] : ['es', 'sw'],
      }
    }),
  ]
}

/** A whole file out of records: with an `end` that fits them. */
export function fileOf(records: readonly SiteRecord[]): string {
  const count = (kind: SiteRecord['record']) =>
    records.filter(({ record }) => record === kind).length
  const counts: Counts = {
    auditEntries: count('auditEntry'),
    organisations: count('organisation'),
    revisions: count('revision'),
    importedPages: count('importedPage'),
    proposals: count('proposal'),
    people: count('user'),
  }
  // Read once: the keys of a record stand in the order of the file then.
  const inOrder = (record: SiteRecord) => {
    const read = parseRecord(record)
    return read.ok ? read.record : record
  }
  return endLines(records.map((record) => serializeRecord(inOrder(record))).join(''), counts)
}

/** Ends lines with an `end` whose hash is right. */
export function endLines(lines: string, counts: Counts): string {
  const sha256 = createHash('sha256').update(lines).digest('hex')
  return lines + serializeRecord({ record: 'end', counts, sha256 })
}

function auditOf(count: number): RecordOf<'auditEntry'>[] {
  const entries: RecordOf<'auditEntry'>[] = []
  for (let number = 1; number <= count; number += 1) {
    const entry = {
      ...{ number, createdAt: moment(number), actor: 'user:ada', action: 'signedIn' as const },
      ...{ subject: number % 2 === 0 ? null : 'ada', detail: '{"factor":"code"}' },
      previousHash: entries.at(-1)?.hash ?? null,
    }
    const hash = auditHash({ ...entry, createdAt: new Date(entry.createdAt) })
    entries.push({ record: 'auditEntry', ...entry, hash })
  }
  return entries
}

function organisationOf(given: Plain, place: number): SiteRecord[] {
  const id = idOf(1, place)
  const shown = given.isErased
    ? { ...plain({ answers: { who: [], involvement: [], challenges: [], otherWork: [] } }) }
    : given
  const version = given.revisions.length + (given.isErased ? 1 : 0)
  const slug = given.isErased ? `erased-${String(place)}` : `circle-${String(place)}`
  const base = place * 100
  const isListed = !given.isErased && given.status === 'listed'
  const numbered = Object.fromEntries(
    QUESTIONS.map((question) => [
      question,
      shown.answers[question].map((answer) => ({
        ...answer,
        changedIn: Math.min(answer.changedIn, version),
      })),
    ]),
  ) as Answers
  const organisation: Organisation = {
    ...{ record: 'organisation', id, slug },
    formerSlugs: given.isErased
      ? []
      : Array.from({ length: given.formerSlugs }, (_, number) => ({
          slug: `former-${String(place)}-${String(number)}`,
          createdAt: moment(base + number),
        })),
    name: given.isErased ? slug : given.name,
    aliases: given.isErased ? [] : given.aliases,
    status: given.isErased ? 'withdrawn' : given.status,
    country: given.isErased ? null : given.country,
    region: given.isErased ? null : given.region,
    regionSuggested: !given.isErased && given.regionSuggested,
    contacts: shown.contacts,
    priorityAreas: given.isErased ? [] : given.priorityAreas,
    answers: numbered,
    version,
    fictional: given.isFictional,
    held: !given.isErased && given.status === 'hidden',
    createdAt: moment(base),
    updatedAt: moment(base + 1),
    listedAt: isListed ? moment(base + 2) : null,
    confirmedAt: given.isConfirmed && !given.isErased ? moment(base + 3) : null,
    confirmedBy: given.isConfirmed && !given.isErased ? 'user:ada' : null,
    erasures: given.isErased
      ? [{ id: idOf(3, place), actor: 'user:ada', reason: 'asked', createdAt: moment(base + 9) }]
      : [],
  }
  const parts = given.isErased ? { pages: [], proposals: [] } : given
  return [
    organisation,
    ...revisionsOf(organisation, given, base),
    ...parts.pages.map((text, number): RecordOf<'importedPage'> => {
      const content = JSON.stringify({ name: given.name, text })
      return {
        ...{ record: 'importedPage', organisation: id, createdAt: moment(base + number), content },
        contentHash: contentHashOf(content),
      }
    }),
    ...parts.proposals.map(({ message, answer, text }, number): RecordOf<'proposal'> => ({
      ...{ record: 'proposal', organisation: id, id: idOf(4, base + number) },
      ...{ baseVersion: version, content: JSON.stringify({ text }), author: 'link:abc123' },
      authorEmail: 'someone@fictional.example',
      authorLocale: 'en',
      message,
      status: answer === null ? 'waiting' : 'declined',
      createdAt: moment(base),
      updatedAt: moment(base + 1),
      decidedAt: answer === null ? null : moment(base + 2),
      decidedBy: answer === null ? null : 'user:ada',
      answer,
      versions: [
        {
          ...{ number: 1, baseVersion: version, content: JSON.stringify({ text }) },
          ...{ message: text.slice(0, 100), answer, createdAt: moment(base) },
        },
      ],
    })),
  ]
}

function revisionsOf(
  organisation: Organisation,
  given: Plain,
  base: number,
): RecordOf<'revision'>[] {
  const revisions: RecordOf<'revision'>[] = []
  const organisationId = organisation.id
  for (let number = 1; number <= organisation.version; number += 1) {
    const createdAt = moment(base + number)
    const isTombstone = given.isErased && number === organisation.version
    const snapshot = {
      ...{ slug: organisation.slug, status: given.status, confirmedAt: null, name: given.name },
      ...{ aliases: given.aliases, country: given.country, region: given.region },
      ...{ regionSuggested: given.regionSuggested, priorityAreas: given.priorityAreas },
      ...{ contacts: given.contacts, answers: given.answers },
    }
    const written = isTombstone ? TOMBSTONE : JSON.stringify(snapshot)
    const actor = number % 2 === 0 ? 'user:ada' : 'system:import'
    const contentHash = contentHashOf(written)
    const previousHash = revisions.at(-1)?.hash ?? null
    const link = { organisationId, number, actor, contentHash, previousHash }
    revisions.push({
      ...{ record: 'revision', organisation: organisationId, number, actor },
      reason: given.isErased ? 'erased' : (given.revisions[number - 1] ?? 'edit'),
      ...{ createdAt, format: 1, content: given.isErased ? TOMBSTONE : written },
      ...{ contentHash, previousHash },
      hash: revisionHash({ ...link, at: new Date(createdAt) }),
    })
  }
  return revisions
}

const anyText = (maxLength: number) =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength }),
      fc.string({ unit: 'binary', minLength: 1, maxLength }),
      fc.constantFrom(
        '__proto__',
        '{"record":"end"}',
        '\u2028\u2029\u0085',
        '\r\n\t"\\',
        '‏א‎ﷺ',
        '🏴‍☠️',
      ),
    )
    // What a profile may hold; the rest is refused long before.
    .filter((text) => !hasUnsafeCharacters(text) && text.trim() !== '' && text.length <= 150)

const language = fc.constantFrom('fr', 'en', 'es', 'und', 'sw', 'ar', 'zh-Hant', 'pt-BR')

const answers = fc.uniqueArray(
  fc.record({
    language,
    text: anyText(60),
    provenance: fc.constantFrom(...PROVENANCES),
    changedIn: fc.integer({ min: 1, max: 9 }),
    source: fc.option(fc.record({ language, revision: fc.integer({ min: 1, max: 9 }) })),
  }),
  { selector: (answer) => answer.language, maxLength: 4 },
)

const contact = (...values: string[]) =>
  fc.option(fc.record({ value: fc.constantFrom(...values), published: fc.boolean() }))

const organisation: fc.Arbitrary<Plain> = fc.record({
  name: anyText(60),
  aliases: fc.uniqueArray(anyText(30), { maxLength: 3 }),
  status: fc.constantFrom(...STATUSES),
  country: fc.constantFrom('BI', 'FR', 'IS', 'MX', null),
  region: fc.constantFrom(...REGIONS, null),
  regionSuggested: fc.boolean(),
  contacts: fc.record({
    email: contact('desk@fictional.example'),
    website: contact('https://fictional.example/page', 'http://xn--fictif-e1a.example/'),
    telephone: contact('+257 22 00 00 00'),
  }),
  priorityAreas: fc.subarray([...PRIORITY_AREAS]),
  answers: fc.record({
    who: answers,
    involvement: answers,
    challenges: answers,
    otherWork: answers,
  }),
  isFictional: fc.boolean(),
  isConfirmed: fc.boolean(),
  isErased: fc.boolean(),
  formerSlugs: fc.nat({ max: 2 }),
  // More than are read at once, now and then.
  revisions: fc.array(anyText(20), { minLength: 1, maxLength: 12, size: 'max' }),
  pages: fc.array(anyText(30), { maxLength: 2 }),
  proposals: fc.array(
    fc.record({ message: anyText(30), answer: fc.option(anyText(30)), text: anyText(30) }),
    { maxLength: 2 },
  ),
})

/** Whole sites: any text, language, provenance, contact, status and history. */
export const anySite: fc.Arbitrary<PlainSite> = fc.record({
  organisations: fc.array(organisation, { maxLength: 5 }),
  people: fc.array(
    fc.record({
      name: anyText(30),
      organisation: fc.nat({ max: 6 }),
      region: fc.constantFrom(...REGIONS, null),
    }),
    { maxLength: 3 },
  ),
  auditEntries: fc.nat({ max: 5 }),
})
