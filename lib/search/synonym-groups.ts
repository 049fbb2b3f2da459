import { stem, type StemmedLanguage } from './stem'
import { isStopWord } from './stop-words'
import { SYNONYMS, type SynonymGroup } from './synonyms'
import { tokenize } from './tokenize'

type TrieNode = { next: Map<string, TrieNode>; concepts: SynonymGroup[] }

/** How one word of an entry is matched: by its stem, or with `=` as it stands. */
export type SynonymWord = { token: string; exact: boolean }
export type SynonymEntry = { text: string; language: StemmedLanguage; words: SynonymWord[] }

const entriesByGroup = new Map<SynonymGroup, SynonymEntry[]>()
const roots: Record<StemmedLanguage, TrieNode> = { fr: newNode(), en: newNode() }
for (const [concept, languages] of Object.entries(SYNONYMS) as [
  SynonymGroup,
  Record<StemmedLanguage, string>,
][]) {
  const own = (['fr', 'en'] as const).flatMap((language) =>
    languages[language].split('|').map((text) => parseEntry(text.trim(), language)),
  )
  entriesByGroup.set(concept, own)
  for (const { language, words: entryWords } of own) insertEntry(language, entryWords, concept)
}

/** The entries of a group, French ones first. */
export function synonymEntries(concept: SynonymGroup): readonly SynonymEntry[] {
  return entriesByGroup.get(concept) ?? []
}

/** A group found in a sequence of tokens: from `start` to before `end`. */
export type SynonymMatch = { start: number; end: number; concept: SynonymGroup }

/**
 * Finds entries of the table of synonyms in the tokens of a text in a language, small words left
 * aside; overlapping ones all.
 */
export function findSynonyms(tokens: readonly string[], language: StemmedLanguage): SynonymMatch[] {
  return tokens.flatMap((token, start) =>
    matchSynonymsAt(tokens, start, lookupPrefix(token, language), language),
  )
}

/** Where the entries go on that begin with a word. */
export type SynonymPrefix = TrieNode

/** The entries of a language that begin with a folded word; most words begin none. */
export function lookupPrefix(token: string, language: StemmedLanguage): readonly SynonymPrefix[] {
  return isStopWord(token) ? NO_PREFIX : childrenOf(roots[language], token, language)
}

/** The entries at a place of a text, of those that begin with the word there. */
export function matchSynonymsAt(
  tokens: readonly string[],
  start: number,
  begins: readonly SynonymPrefix[],
  language: StemmedLanguage,
): SynonymMatch[] {
  const found: SynonymMatch[] = []
  for (const node of begins) walkTrie(node, tokens, start, start + 1, language, found)
  return found
}

const NO_PREFIX: readonly SynonymPrefix[] = []

function childrenOf(node: TrieNode, token: string, language: StemmedLanguage): readonly TrieNode[] {
  const next = [node.next.get(stem(token, language)), node.next.get(`=${token}`)]
  const there = next.filter((one) => one !== undefined)
  return there.length === 0 ? NO_PREFIX : there
}

function walkTrie(
  node: TrieNode,
  tokens: readonly string[],
  start: number,
  at: number,
  language: StemmedLanguage,
  found: SynonymMatch[],
): void {
  for (const concept of node.concepts) found.push({ start, end: at, concept })
  if (node.next.size === 0) return
  let place = at
  while (place < tokens.length && isStopWord(tokens[place] ?? '')) place++
  const token = tokens[place]
  if (token === undefined) return
  for (const next of childrenOf(node, token, language)) {
    walkTrie(next, tokens, start, place + 1, language, found)
  }
}

function insertEntry(
  language: StemmedLanguage,
  entryWords: SynonymWord[],
  concept: SynonymGroup,
): void {
  let node = roots[language]
  for (const { token, exact } of entryWords) {
    const key = exact ? `=${token}` : stem(token, language)
    const next = node.next.get(key) ?? newNode()
    node.next.set(key, next)
    node = next
  }
  if (!node.concepts.includes(concept)) node.concepts.push(concept)
}

function parseEntry(written: string, language: StemmedLanguage): SynonymEntry {
  const exact = written.startsWith('=')
  const text = exact ? written.slice(1) : written
  return {
    text,
    language,
    words: tokenize(text)
      .flatMap((word) => word.terms)
      .filter((token) => !isStopWord(token))
      .map((token, place) => ({ token, exact: exact && place === 0 })),
  }
}

function newNode(): TrieNode {
  return { next: new Map(), concepts: [] }
}
