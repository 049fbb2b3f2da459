import { isDeepStrictEqual } from 'node:util'
import path from 'node:path'
import { saveProfile } from '@/lib/profile/commands'
import type { AnswerContent, ProfileContent } from '@/lib/profile/schema'
import { loadLanguageReader } from './languages'
import type { ReadLanguage } from './languages'
import { keepFields, mergePage, readFields } from './merge'
import type { ImportedFields } from './merge'
import { openOrganisations } from './organisations'
import type { Known, Organisations } from './organisations'
import { parsePage } from './parse'
import { contentOf, planOrganisation, refuseFile, startingStatus } from './plan'
import type { FilePlan, Plan, RefusedPiece, WholePage } from './plan'
import { readPage } from './read-page'

const IMPORTER = { kind: 'system', name: 'import' } as const
// Somebody may save the same profile between reading and writing; whoever edits that fast wins once.
const ATTEMPTS = 3

type Options = {
  /** Absolute path that the files are relative to. */
  directory: string
  /** Compute the same plan and write nothing. */
  dryRun: boolean
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
export async function importFiles(files: readonly string[], options: Options): Promise<Plan> {
  const plan: Plan = { files: [] }
  const organisations = openOrganisations()
  let readLanguage: ReadLanguage | undefined
  for (const file of files) {
    const page = await readPage(path.resolve(options.directory, file))
    if (page.ok) {
      readLanguage ??= await loadLanguageReader()
      plan.files.push(
        await importText(file, page.text, readLanguage, organisations, options.dryRun),
      )
    } else {
      plan.files.push(refuseFile(file, page.reason, page.detail))
    }
    options.onFile?.(plan.files.length, files.length)
  }
  return plan
}

async function importText(
  file: string,
  text: string,
  readLanguage: ReadLanguage,
  organisations: Organisations,
  dryRun: boolean,
): Promise<FilePlan> {
  const page = parsePage(text, readLanguage)
  if (!page.ok) return refuseFile(file, page.reason, page.text)
  for (let attempt = 1; ; attempt += 1) {
    const known = await organisations.find(page)
    if (known === 'ambiguous') return refuseFile(file, 'ambiguousMatch', page.name)
    if (known !== 'none' && (known.status === 'hidden' || known.status === 'withdrawn')) {
      return refuseFile(file, 'notListed', page.name)
    }
    const change = known === 'none' ? newOrganisation(page) : knownOrganisation(page, known)
    const written = dryRun
      ? await pretend(change, known, page, organisations)
      : await write(change, known, page)
    if (written !== 'again') {
      return {
        file,
        outcome: change.outcome,
        organisation: planOrganisation(change.content, written.slug, written.status),
        refused: change.refused,
      }
    }
    if (attempt === ATTEMPTS) throw new Error(`the profile keeps changing: ${file}`)
  }
}

type Change = {
  outcome: 'create' | 'update' | 'unchanged'
  content: ProfileContent
  refused: RefusedPiece[]
}

function newOrganisation(page: WholePage): Change {
  return { outcome: 'create', content: contentOf(page), refused: page.refused }
}

function knownOrganisation(page: WholePage, known: Known): Change {
  const { contentHash } = keepFields(page)
  if (known.lastPage?.contentHash === contentHash) {
    return { outcome: 'unchanged', content: known.content, refused: page.refused }
  }
  const merged = mergePage(page, known.lastPage?.fields ?? null, known.content)
  return {
    outcome: isDeepStrictEqual(merged.content, known.content) ? 'unchanged' : 'update',
    content: merged.content,
    refused: [
      ...page.refused,
      ...merged.editedSince.map((text): RefusedPiece => ({ reason: 'editedSince', text })),
    ],
  }
}

function lastFieldsOf(known: Known | 'none'): ImportedFields | null {
  return known === 'none' ? null : (known.lastPage?.fields ?? null)
}

type Written = { slug: string; status: Known['status'] }

async function write(
  change: Change,
  known: Known | 'none',
  page: WholePage,
): Promise<Written | 'again'> {
  const importedPage = keepFields(page, lastFieldsOf(known))
  // Equal to the last import: not even the page is kept a second time.
  if (known !== 'none' && known.lastPage?.contentHash === importedPage.contentHash) return known
  const outcome = await saveProfile(IMPORTER, {
    profile: known === 'none' ? null : { id: known.id, version: known.version },
    content: change.content,
    reason: 'import',
    status: startingStatus(page),
    importedPage,
  })
  if (outcome.ok) return outcome
  // Changed, created, hidden or erased by somebody meanwhile: look again.
  if (outcome.reason !== 'invalid' && outcome.reason !== 'slugTaken') return 'again'
  throw new Error(`not a valid profile: ${JSON.stringify(outcome)}`)
}

async function pretend(
  change: Change,
  known: Known | 'none',
  page: WholePage,
  organisations: Organisations,
): Promise<Written> {
  const { content, contentHash } = keepFields(page, lastFieldsOf(known))
  const version = known === 'none' ? 1 : known.version + 1
  const written: Known = {
    id: known === 'none' ? `planned ${contentHash}` : known.id,
    slug: known === 'none' ? await organisations.slugFor(page.name) : known.slug,
    status: known === 'none' ? startingStatus(page) : known.status,
    version,
    content: numberSources(change.content, version),
    lastPage: { contentHash, fields: readFields(content) },
  }
  organisations.remember(written)
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
