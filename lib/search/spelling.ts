import type { Transaction } from '@/lib/database/client'
import { catalogs } from '@/lib/i18n/catalogs'
import { SYNONYMS } from './synonyms'
import { tokenize } from './tokenize'

/** Words shorter than this are too many letters away from each other to be guessed. */
export const MIN_CORRECTED_LENGTH = 5
const MAX_CORRECTED_LENGTH = 24
/** From here two letters may be wrong, in the words of the field. */
const MIN_TWO_EDIT_LENGTH = 7
/** More documents than this need not be told apart. */
const MAX_COUNTED_DOCUMENTS = 1000

const ALPHABETS = [
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдежзиклмнопрстуфхцчшщъыьэюя',
  'αβγδεζηθικλμνξοπρστυφχψω',
  'ابتثجحخدذرزسشصضطظعغفقكلمنهويءؤئ',
]

/**
 * Words of the index that differ from a token by one letter (one too many, one missing, another, two
 * exchanged), those in most documents first. Every one is asked of the index itself, so that no word
 * is given that stands in no listed profile any more.
 *
 * Some hundred possible words are looked up, however large the index: each costs microseconds.
 */
export async function similarWords(
  db: Pick<Transaction, '$queryRaw'>,
  token: string,
): Promise<string[]> {
  const { length } = [...token]
  if (length < MIN_CORRECTED_LENGTH || length > MAX_CORRECTED_LENGTH || /\p{N}/u.test(token))
    return []
  const near = await keepIndexed(db, oneEditAway(token))
  if (near.length > 0 || length < MIN_TWO_EDIT_LENGTH) return near
  return keepIndexed(
    db,
    [...domainVocabulary().keys()].filter((word) => isWithinTwoEdits(token, word)),
  )
}

async function keepIndexed(
  db: Pick<Transaction, '$queryRaw'>,
  candidates: readonly string[],
): Promise<string[]> {
  if (candidates.length === 0) return []
  const rows = await db.$queryRaw<{ found: string }[]>`
    SELECT json_group_array(value) AS "found" FROM (
      SELECT value, (SELECT count(*) FROM (
        SELECT 1 FROM "SearchIndex" WHERE "SearchIndex" MATCH '"' || value || '"' LIMIT ${MAX_COUNTED_DOCUMENTS}
      )) AS "documents"
      FROM json_each(${JSON.stringify(candidates)})
      WHERE EXISTS (SELECT 1 FROM "SearchIndex" WHERE "SearchIndex" MATCH '"' || value || '"')
      ORDER BY "documents" DESC, value)`
  return JSON.parse(rows[0]?.found ?? '[]') as string[]
}

/** Everything one letter away, in the alphabet of the word. */
function oneEditAway(token: string): string[] {
  const letters = [...token]
  const alphabet = ALPHABETS.find((one) => letters.some((letter) => one.includes(letter))) ?? ''
  const found = new Set<string>()
  for (let at = 0; at <= letters.length; at++) {
    const before = letters.slice(0, at).join('')
    const [first = '', second = ''] = letters.slice(at)
    const after = letters.slice(at + 1).join('')
    if (first !== '') found.add(before + after)
    if (second !== '') found.add(before + second + first + letters.slice(at + 2).join(''))
    for (const letter of alphabet) {
      if (first !== '') found.add(before + letter + after)
      found.add(before + letter + first + after)
    }
  }
  found.delete(token)
  return [...found]
}

/** At most two letters too many, missing, other or exchanged. */
function isWithinTwoEdits(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 2) return false
  let [before, row]: number[][] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1]
      let cost = Math.min(
        (row?.[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row?.[j - 1] ?? 0) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        cost = Math.min(cost, (before?.[j - 2] ?? 0) + 1)
      }
      next.push(cost)
    }
    if (Math.min(...next) > 2) return false
    before = row ?? []
    row = next
  }
  return (row?.at(-1) ?? 3) <= 2
}

let domainVocabularyCache: Map<string, string> | undefined

/** Words of the table of synonyms and of the names of places: folded, with their spelling. */
function domainVocabulary(): ReadonlyMap<string, string> {
  if (domainVocabularyCache) return domainVocabularyCache
  domainVocabularyCache = new Map()
  const texts = [
    ...Object.values(SYNONYMS).flatMap(({ fr, en }) => [fr, en]),
    ...Object.values(catalogs).flatMap(({ Countries, Regions }) => [
      ...Object.values(Countries),
      ...Object.values(Regions),
    ]),
  ]
  for (const text of texts) {
    for (const { start, end, terms: tokens } of tokenize(text)) {
      const [token] = tokens
      if (token !== undefined && !domainVocabularyCache.has(token))
        domainVocabularyCache.set(token, text.slice(start, end))
    }
  }
  return domainVocabularyCache
}

/** A folded word as it is written, where that is known. */
export function originalSpelling(token: string): string {
  return domainVocabulary().get(token) ?? token
}
