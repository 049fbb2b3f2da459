import type { Region } from '@/lib/geo/regions'
import { QUESTIONS } from '@/lib/organisations/schema'
import type {
  PriorityArea,
  ProfileContent,
  Provenance,
  Question,
  Status,
} from '@/lib/organisations/schema'
import type { ParsedPage } from './parse'
import type { BlockError } from './unplaced-text'

/** Reasons for which a whole file is refused; nothing of it is written. */
export type FileError =
  | 'noLabels'
  | 'noName'
  | 'binary'
  | 'empty'
  | 'tooLarge'
  | 'notUtf8'
  | 'notFound'
  | 'ambiguousMatch'
  | 'notListed'
  | 'unsafeCharacters'

/** Something that was not placed. `text` is verbatim; empty where something is missing. */
export type UnplacedBlock = { reason: FileError | BlockError | 'editedSince'; text: string }

/** An organisation as it stands after the import; printed with `--json`, so a contract. */
export type PlannedOrganisation = {
  name: string
  slug: string
  status: Status
  country: string | null
  region: Region | null
  regionSuggested: boolean
  contact: { email: string | null }
  priorityAreas: PriorityArea[]
  answers: Record<Question, { language: string; provenance: Provenance; text: string }[]>
}

export type FilePlan =
  | {
      /** As given. */
      file: string
      outcome: 'create' | 'update' | 'unchanged'
      organisation: PlannedOrganisation
      refused: UnplacedBlock[]
    }
  | { file: string; outcome: 'refused'; organisation: null; refused: UnplacedBlock[] }

export type Plan = { files: FilePlan[] }

export type ValidPage = Extract<ParsedPage, { ok: true }>

/** A file of which nothing is written. */
export function rejectedFile(file: string, reason: FileError, text = ''): FilePlan {
  return { file, outcome: 'refused', organisation: null, refused: [{ reason, text }] }
}

/** Where a new organisation starts: public only when its page is whole and says the least that is needed. */
export function initialStatus(page: ValidPage): 'listed' | 'draft' {
  const isAnswered = QUESTIONS.some((question) => page.answers[question].length > 0)
  return page.whole && page.country !== null && isAnswered ? 'listed' : 'draft'
}

/**
 * The content of a profile that a page gives by itself, for an organisation that is not there yet. The
 * e-mail address is hidden; a translation is one of the original on the same page.
 */
export function contentFromPage(page: ValidPage): ProfileContent {
  return {
    name: page.name,
    aliases: [],
    country: page.country,
    region: page.region,
    regionSuggested: page.regionSuggested,
    priorityAreas: page.priorityAreas,
    contacts: {
      email: page.email === null ? null : { value: page.email, published: false },
      website: null,
      telephone: null,
    },
    answers: {
      who: answersFor(page, 'who'),
      involvement: answersFor(page, 'involvement'),
      challenges: answersFor(page, 'challenges'),
      otherWork: answersFor(page, 'otherWork'),
    },
  }
}

function answersFor(page: ValidPage, question: Question): ProfileContent['answers'][Question] {
  const answers = page.answers[question]
  const original = answers.find(({ provenance }) => provenance === 'original')
  return answers.map((answer) => ({
    ...answer,
    source:
      answer.provenance === 'translation' && original
        ? { language: original.language, revision: 'current' }
        : null,
  }))
}

/** Shows the content of a profile as the plan prints it. */
export function planOrganisation(
  content: ProfileContent,
  slug: string,
  status: Status,
): PlannedOrganisation {
  const answers = (question: Question) =>
    content.answers[question].map(({ language, provenance, text }) => ({
      language,
      provenance,
      text,
    }))
  return {
    name: content.name,
    slug,
    status,
    country: content.country,
    region: content.region,
    regionSuggested: content.regionSuggested,
    contact: { email: content.contacts.email?.value ?? null },
    priorityAreas: content.priorityAreas,
    answers: {
      who: answers('who'),
      involvement: answers('involvement'),
      challenges: answers('challenges'),
      otherWork: answers('otherWork'),
    },
  }
}
