import { isDeepStrictEqual } from 'node:util'
import path from 'node:path'
import { can, type Actor, type Subject } from '@/lib/permissions/permissions'
import { passagesOf, type DisclosedPassage } from '@/lib/organisations/disclosure'
import type { PassageKind } from '@/lib/organisations/passages'
import { changedFields } from '@/lib/organisations/changed-fields'
import { saveProfile } from '@/lib/organisations/save'
import type { AnswerContent, ProfileContent } from '@/lib/organisations/schema'
import { loadLanguageDetector } from './detect-language'
import type { DetectLanguage } from './detect-language'
import { serializeFields, mergePage, parseFields } from './merge-page'
import type { EditedField, ImportedFields, AcceptedField } from './merge-page'
import { createMatcher } from './match-organisation'
import type { OrganisationMatch, OrganisationMatcher } from './match-organisation'
import { parsePage } from './parse'
import type { PageOverrides } from './page-overrides'
import { contentFromPage, planOrganisation, rejectedFile, initialStatus } from './plan'
import type { FilePlan, Plan, UnplacedBlock, ValidPage } from './plan'
import { readPage } from './read-page'

const IMPORT_ACTOR = { kind: 'system', name: 'import' } as const
// Somebody may save the same profile between reading and writing; whoever edits that fast wins once.
const MAX_ATTEMPTS = 3

/** A page that somebody pasted or sent, by a name to know it by, and what they say about it. */
export type PageInput = {
  file: string
  text: string
  overrides: PageOverrides & {
    /** Fields of which the page's text is taken over what a person wrote since. */
    taken?: readonly AcceptedField[] | undefined
  }
}

/** What would happen, or happened, to one page: what the profile said before, and what it says after. */
export type PageResult = {
  plan: FilePlan
  /** Null for a new organisation, and where nothing is written. */
  before: ProfileContent | null
  after: ProfileContent | null
  /** Fields that a person has changed since the last import, with what the page says. */
  edited: readonly EditedField[]
  /** Where the last paragraph of a page that was cut off belongs. */
  lastParagraph: ValidPage['lastParagraph']
  /** The person may not write this organisation: it is of another region. */
  denied: boolean
  /** What the page says that nobody has decided to publish: the reason for a draft or a field left as it was. */
  withheld: readonly PassageKind[]
}

/**
 * Imports pages that a person pasted or sent, under their own name and with their own rights, each
 * organisation in a transaction of its own.
 *
 * @param options.dryRun compute the same and write nothing
 */
export async function importPages(
  actor: Extract<Actor, { kind: 'user' }>,
  pages: readonly PageInput[],
  options: { dryRun: boolean },
): Promise<PageResult[]> {
  if (pages.length === 0) return []
  const organisations = createMatcher()
  const readLanguage = await loadLanguageDetector()
  const outcomes: PageResult[] = []
  for (const page of pages) {
    outcomes.push(await importPage({ ...page, ...options, actor, readLanguage, organisations }))
  }
  return outcomes
}

type ImportOptions = {
  /** Absolute path that the files are relative to. */
  directory: string
  /** Compute the same plan and write nothing. */
  dryRun: boolean
  /** Called for a page with passages that nobody has decided to publish. */
  onWithheld?: (file: string, kinds: readonly PassageKind[]) => void
  /** Called after each file. */
  onFile?: (done: number, total: number) => void
}

/**
 * Imports files, one after the other, each organisation in a transaction of its own. A file that
 * cannot be placed does not stop the others.
 *
 * @param files paths as given
 * @returns what happened to each, in the same order; for a dry run, what would happen
 */
export async function importFiles(files: readonly string[], options: ImportOptions): Promise<Plan> {
  const plan: Plan = { files: [] }
  const organisations = createMatcher()
  let readLanguage: DetectLanguage | undefined
  for (const file of files) {
    const page = await readPage(path.resolve(options.directory, file))
    if (page.ok) {
      readLanguage ??= await loadLanguageDetector()
      const result = await importPage({
        ...{ file, text: page.text, overrides: {}, actor: IMPORT_ACTOR },
        ...{ readLanguage, organisations, dryRun: options.dryRun },
      })
      plan.files.push(result.plan)
      if (result.withheld.length > 0) options.onWithheld?.(file, result.withheld)
    } else {
      plan.files.push(rejectedFile(file, page.reason, page.detail))
    }
    options.onFile?.(plan.files.length, files.length)
  }
  return plan
}

type PageImport = PageInput & {
  actor: Actor
  readLanguage: DetectLanguage
  organisations: OrganisationMatcher
  dryRun: boolean
}

async function importPage(page: PageImport): Promise<PageResult> {
  const { file, actor, organisations, dryRun } = page
  const nothing = {
    ...{ before: null, after: null, edited: [], lastParagraph: null },
    ...{ denied: false, withheld: [] },
  }
  const parsed = parsePage(page.text, page.readLanguage, page.overrides)
  if (!parsed.ok) return { ...nothing, plan: rejectedFile(file, parsed.reason, parsed.text) }
  const asRead = withoutOverrides(page, parsed)
  for (let attempt = 1; ; attempt += 1) {
    const known = await organisations.find(parsed)
    if (known === 'ambiguous') {
      return { ...nothing, plan: rejectedFile(file, 'ambiguousMatch', parsed.name) }
    }
    const refused = rejectedFile(file, 'notListed', parsed.name)
    // Whoever may not see an organisation is told nothing else about it.
    if (known !== 'none' && !canSee(actor, known))
      return { ...nothing, plan: refused, denied: true }
    if (known !== 'none' && (known.status === 'hidden' || known.status === 'withdrawn')) {
      return { ...nothing, plan: refused }
    }
    const passages = newPassages(parsed, known)
    const change =
      known === 'none'
        ? newOrganisation(parsed, passages)
        : updateOrganisation({ parsed, asRead, passages, taken: page.overrides.taken ?? [] }, known)
    if (!canWrite(actor, change, known)) {
      return { ...nothing, plan: refused, denied: true }
    }
    const kept = serializeFields(asRead, lastFieldsOf(known))
    const written = dryRun
      ? await planChange(change, known, kept, organisations)
      : await saveChange(actor, change, known, kept)
    if (written !== 'again') {
      return {
        plan: {
          file,
          outcome: change.outcome,
          organisation: planOrganisation(change.content, written.slug, written.status),
          refused: change.refused,
        },
        before: known === 'none' ? null : known.content,
        after: change.content,
        edited: change.edited,
        lastParagraph: parsed.lastParagraph,
        denied: false,
        withheld: [...new Set(passages.map(({ kind }) => kind))],
      }
    }
    if (attempt === MAX_ATTEMPTS) throw new Error(`the profile keeps changing: ${file}`)
  }
}

/**
 * The page as it reads by itself. That is what is kept of it to compare the next one with: what a
 * person decided about its pieces then counts as their edit, which no later page undoes.
 */
function withoutOverrides(page: PageImport, parsed: ValidPage): ValidPage {
  const {
    name,
    country,
    assigned: placed = [],
    languages = [],
    omitLastParagraph: lastLeftOut = false,
  } = page.overrides
  if (placed.length + languages.length === 0 && !lastLeftOut) return parsed
  const asRead = parsePage(page.text, page.readLanguage, { name, country })
  return asRead.ok ? asRead : parsed
}

function canSee(actor: Actor, known: OrganisationMatch): boolean {
  return actor.kind === 'system' || can(actor, 'view', subjectOf(known))
}

/** What the command that writes asks again, so that a plan shows what would be refused. */
function canWrite(actor: Actor, change: Change, known: OrganisationMatch | 'none'): boolean {
  const { region } = change.content
  if (known === 'none') {
    const subject = { id: null, region, state: 'new', fictional: false, held: false } as const
    return (
      can(actor, 'create', subject) && (change.status === 'draft' || can(actor, 'list', subject))
    )
  }
  const changes = changedFields(known.content, change.content)
  return [known.content.region, region].every((side) =>
    can(actor, 'save', { ...subjectOf(known), region: side }, changes),
  )
}

function subjectOf({ id, status, content }: OrganisationMatch): Subject {
  return { id, region: content.region, state: status, fictional: false, held: false }
}

type Change = {
  outcome: 'create' | 'update' | 'unchanged'
  content: ProfileContent
  status: 'listed' | 'draft'
  edited: EditedField[]
  refused: UnplacedBlock[]
}

/** What the page says that must not become public unasked, and does not stand in the profile already. */
function newPassages(page: ValidPage, known: OrganisationMatch | 'none'): DisclosedPassage[] {
  const standing = new Set(
    known === 'none' ? [] : passagesOf(known.content.answers).map(({ hash }) => hash),
  )
  return passagesOf(contentFromPage(page).answers).filter(({ hash }) => !standing.has(hash))
}

/** Keeps the answers to each question as they are where the page would bring such a passage. */
function withoutNewPassages(
  content: ProfileContent,
  passages: readonly DisclosedPassage[],
  known: OrganisationMatch,
): ProfileContent {
  const answers = { ...content.answers }
  for (const { question } of passages) {
    answers[question] = known.content.answers[question]
  }
  return { ...content, answers }
}

function newOrganisation(page: ValidPage, passages: readonly DisclosedPassage[]): Change {
  const status = passages.length > 0 ? 'draft' : initialStatus(page)
  return {
    ...{ outcome: 'create', content: contentFromPage(page), status },
    ...{ edited: [], refused: page.refused },
  }
}

type ParsedInput = {
  parsed: ValidPage
  /** The same object where nothing was decided about its pieces. */
  asRead: ValidPage
  taken: readonly AcceptedField[]
  /** As `newPassages` gives them. */
  passages: readonly DisclosedPassage[]
}

function updateOrganisation(
  { parsed, asRead, taken, passages }: ParsedInput,
  known: OrganisationMatch,
): Change {
  const status = initialStatus(parsed)
  const isLastPage = known.lastPage?.contentHash === serializeFields(asRead).contentHash
  if (isLastPage && parsed === asRead) {
    return {
      ...{ outcome: 'unchanged', content: known.content, status },
      ...{ edited: [], refused: parsed.refused },
    }
  }
  const merged = mergePage(parsed, known.lastPage?.fields ?? null, known.content, taken)
  const content = withoutNewPassages(merged.content, passages, known)
  return {
    outcome: isDeepStrictEqual(content, known.content) ? 'unchanged' : 'update',
    content,
    status,
    edited: merged.editedSince,
    refused: [
      ...parsed.refused,
      ...merged.editedSince.flatMap(({ page, isTaken }): UnplacedBlock[] =>
        isTaken ? [] : [{ reason: 'editedSince', text: page }],
      ),
    ],
  }
}

function lastFieldsOf(known: OrganisationMatch | 'none'): ImportedFields | null {
  return known === 'none' ? null : (known.lastPage?.fields ?? null)
}

type SerializedPage = ReturnType<typeof serializeFields>
type WrittenOrganisation = { slug: string; status: OrganisationMatch['status'] }

async function saveChange(
  actor: Actor,
  change: Change,
  known: OrganisationMatch | 'none',
  importedPage: SerializedPage,
): Promise<WrittenOrganisation | 'again'> {
  const isLastPage = known !== 'none' && known.lastPage?.contentHash === importedPage.contentHash
  // Equal to the last import: not even the page is kept a second time.
  if (isLastPage && change.outcome === 'unchanged') return known
  const outcome = await saveProfile(actor, {
    profile: known === 'none' ? null : { id: known.id, version: known.version },
    content: change.content,
    reason: 'import',
    status: change.status,
    importedPage,
  })
  if (outcome.ok) return outcome
  // Changed, created, hidden or erased by somebody meanwhile: look again.
  if (outcome.reason !== 'invalid' && outcome.reason !== 'slugTaken') return 'again'
  throw new Error(`not a valid profile: ${JSON.stringify(outcome)}`)
}

async function planChange(
  change: Change,
  known: OrganisationMatch | 'none',
  { content, contentHash }: SerializedPage,
  organisations: OrganisationMatcher,
): Promise<WrittenOrganisation> {
  const version = known === 'none' ? 1 : known.version + 1
  const written: OrganisationMatch = {
    id: known === 'none' ? `planned ${contentHash}` : known.id,
    slug: known === 'none' ? await organisations.slugFor(change.content.name) : known.slug,
    status: known === 'none' ? change.status : known.status,
    version,
    content: numberSources(change.content, version),
    lastPage: { contentHash, fields: parseFields(content) },
  }
  organisations.addPlanned(written)
  return written
}

// As the command numbers them when it writes.
function numberSources(content: ProfileContent, version: number): ProfileContent {
  const number = (answers: AnswerContent[]): AnswerContent[] =>
    answers.map((answer) =>
      answer.source?.revision === 'current'
        ? { ...answer, source: { language: answer.source.language, revision: version } }
        : answer,
    )
  const { who, involvement, challenges, otherWork } = content.answers
  return {
    ...content,
    answers: {
      who: number(who),
      involvement: number(involvement),
      challenges: number(challenges),
      otherWork: number(otherWork),
    },
  }
}
