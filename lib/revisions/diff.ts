import { isDeepStrictEqual } from 'node:util'
import { diffArrays } from 'diff'
import {
  SNAPSHOT_CONTACTS,
  SNAPSHOT_QUESTIONS,
  type Snapshot,
  type SnapshotContact,
  type SnapshotQuestion,
} from './snapshot'

/** A piece of text: in both versions, only in the later one (`added`) or only in the earlier (`removed`). */
export type Segment = { kind: 'same' | 'added' | 'removed'; text: string }

/** Longest text that is compared word by word, in bytes of UTF-8. */
const MAX_DIFF_LENGTH = 50_000
/** With more words added and removed than this, the texts have little in common and are shown whole. */
const MAX_EDITS = 400

/**
 * Compares two texts word by word; white space and punctuation count. The `same` and `removed` segments
 * together are exactly the earlier text, the `same` and `added` ones the later. Texts above
 * `MAX_DIFF_LENGTH` and texts with little in common become one removed and one added segment.
 */
export function diffWords(before: string, after: string): Segment[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }]
  const isLong = [before, after].some((text) => Buffer.byteLength(text) > MAX_DIFF_LENGTH)
  const parts = isLong
    ? undefined
    : diffArrays(splitWords(before), splitWords(after), { maxEditLength: MAX_EDITS })
  if (!parts) return replacedSegments(before, after)
  return mergeAdjacentChanges(
    parts.map(({ added, removed, value }): Segment => {
      const kind = added ? 'added' : removed ? 'removed' : 'same'
      return { kind, text: value.join('') }
    }),
  )
}

function replacedSegments(removed: string, added: string): Segment[] {
  const both: Segment[] = [
    { kind: 'removed', text: removed },
    { kind: 'added', text: added },
  ]
  return both.filter(({ text }) => text !== '')
}

/** Treats a space between two changed words as changed too, so that a rewritten sentence stays together. */
function mergeAdjacentChanges(segments: Segment[]): Segment[] {
  const joined: Segment[] = []
  let run = { removed: '', added: '' }
  const close = () => {
    joined.push(...replacedSegments(run.removed, run.added))
    run = { removed: '', added: '' }
  }
  for (const [index, { kind, text }] of segments.entries()) {
    const isWithin = run.removed + run.added !== '' && index < segments.length - 1
    if (kind !== 'same') {
      run[kind] += text
    } else if (isWithin && /^[^\S\n]+$/u.test(text)) {
      run.removed += text
      run.added += text
    } else {
      close()
      joined.push({ kind, text })
    }
  }
  close()
  return joined
}

// Words as Unicode tells them (UAX 29): scripts without blanks are split too.
const segmenter = new Intl.Segmenter('und', { granularity: 'word' })

// The segmenter takes ever longer per word the longer the text is, so that it gets a few lines at a
// time: up to the last white space before a word, where every word ends; scripts without white space
// are cut anyway.
const FEW_LINES = /[^]{1,500}(?:(?<=\s)(?=[\p{L}\p{N}\p{P}])|$)|[^]{1,500}/gu

function splitWords(text: string): string[] {
  return (text.match(FEW_LINES) ?? []).flatMap((lines) =>
    Array.from(segmenter.segment(lines), ({ segment }) => segment),
  )
}

type Contact = { value: string; published: boolean } | null
type Origin = { provenance: Snapshot['answers']['who'][number]['provenance']; from: string | null }

/** One thing in which two snapshots differ. Codes are as the snapshot has them. */
export type Difference =
  | { field: 'name'; segments: Segment[] }
  | { field: 'aliases'; removed: string[]; added: string[] }
  | { field: 'country' | 'slug' | 'status'; before: string | null; after: string | null }
  /** ISO 8601, UTC. */
  | { field: 'confirmed'; before: string | null; after: string | null }
  | {
      field: 'region'
      before: { code: string | null; suggested: boolean }
      after: { code: string | null; suggested: boolean }
    }
  | { field: 'priorityAreas'; removed: string[]; added: string[] }
  | { field: 'contacts'; contact: SnapshotContact; before: Contact; after: Contact }
  | {
      field: 'answers'
      question: SnapshotQuestion
      /** BCP 47. */
      language: string
      segments: Segment[]
      /** Provenance and source of the text; null if there was no text. */
      before: Origin | null
      after: Origin | null
    }

/** Names a field in a form or an address: `country`, `answers.who.fr`; contact details are one field. */
export function fieldKey({
  field,
  question,
  language,
}: {
  field: string
  question?: string | undefined
  language?: string | undefined
}): string {
  return [field, question, language].filter((part) => part !== undefined).join('.')
}

/** What is compared: the content of a profile, and of a snapshot what stands beside it too. */
type ComparableContent = Pick<
  Snapshot,
  'name' | 'aliases' | 'country' | 'region' | 'regionSuggested' | 'priorityAreas' | 'contacts'
> &
  Partial<Pick<Snapshot, 'slug' | 'status' | 'confirmedAt'>> & {
    answers: Record<
      SnapshotQuestion,
      readonly {
        language: string
        text: string
        provenance: Origin['provenance']
        source: { language: string } | null
      }[]
    >
  }

/**
 * Names what differs between two versions of a profile, field by field in the order of the form,
 * texts word by word. Pure. For an answer in a further language there is one difference of its own.
 *
 * @returns nothing where the versions are equal
 */
export function diffContent(before: ComparableContent, after: ComparableContent): Difference[] {
  const differences: Difference[] = []
  const plain = (
    field: 'country' | 'slug' | 'status' | 'confirmed',
    one: string | null = null,
    other: string | null = null,
  ) => {
    if (one !== other) differences.push({ field, before: one, after: other })
  }
  const list = (field: 'aliases' | 'priorityAreas') => {
    if (isDeepStrictEqual(before[field], after[field])) return
    differences.push({
      field,
      removed: before[field].filter((item) => !after[field].includes(item)),
      added: after[field].filter((item) => !before[field].includes(item)),
    })
  }

  plain('status', before.status, after.status)
  plain('slug', before.slug, after.slug)
  plain('confirmed', before.confirmedAt, after.confirmedAt)
  if (before.name !== after.name) {
    differences.push({ field: 'name', segments: diffWords(before.name, after.name) })
  }
  list('aliases')
  plain('country', before.country, after.country)
  const region = ({ region, regionSuggested }: ComparableContent) => ({
    code: region,
    suggested: regionSuggested,
  })
  if (!isDeepStrictEqual(region(before), region(after))) {
    differences.push({ field: 'region', before: region(before), after: region(after) })
  }
  list('priorityAreas')
  for (const contact of SNAPSHOT_CONTACTS) {
    const [one, other] = [before.contacts[contact], after.contacts[contact]]
    if (!isDeepStrictEqual(one, other)) {
      differences.push({ field: 'contacts', contact, before: one, after: other })
    }
  }
  for (const question of SNAPSHOT_QUESTIONS) {
    differences.push(...diffAnswers(question, before, after))
  }
  return differences
}

function diffAnswers(
  question: SnapshotQuestion,
  before: ComparableContent,
  after: ComparableContent,
): Difference[] {
  const languages = new Set(
    [...before.answers[question], ...after.answers[question]].map(({ language }) => language),
  )
  return [...languages].flatMap((language): Difference[] => {
    const inLanguage = ({ answers }: ComparableContent) =>
      answers[question].find((answer) => answer.language === language)
    const originOf = (answer: ReturnType<typeof inLanguage>): Origin | null =>
      answer ? { provenance: answer.provenance, from: answer.source?.language ?? null } : null
    const [one, other] = [inLanguage(before), inLanguage(after)]
    const origins = { before: originOf(one), after: originOf(other) }
    if (one?.text === other?.text && isDeepStrictEqual(origins.before, origins.after)) return []
    const segments = diffWords(one?.text ?? '', other?.text ?? '')
    return [{ field: 'answers', question, language, segments, ...origins }]
  })
}
