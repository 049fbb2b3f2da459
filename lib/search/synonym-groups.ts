import { stem, type Stemmed } from './stem'
import { isStopWord } from './stop-words'
import { SYNONYMS, type Concept } from './synonyms'
import { words } from './tokenize'

type Node = { next: Map<string, Node>; concepts: Concept[] }

/** How one word of an entry is matched: by its stem, or with `=` as it stands. */
export type EntryWord = { token: string; exact: boolean }
export type Entry = { text: string; language: Stemmed; words: EntryWord[] }

const entries = new Map<Concept, Entry[]>()
const roots: Record<Stemmed, Node> = { fr: newNode(), en: newNode() }
for (const [concept, languages] of Object.entries(SYNONYMS) as [
  Concept,
  Record<Stemmed, string>,
][]) {
  const own = (['fr', 'en'] as const).flatMap((language) =>
    languages[language].split('|').map((text) => readEntry(text.trim(), language)),
  )
  entries.set(concept, own)
  for (const { language, words: entryWords } of own) plant(language, entryWords, concept)
}

/** The entries of a group, French ones first. */
export function entriesOf(concept: Concept): readonly Entry[] {
  return entries.get(concept) ?? []
}

/** A group found in a sequence of tokens: from `start` to before `end`. */
export type Found = { start: number; end: number; concept: Concept }

/**
 * Finds entries of the table of synonyms in the tokens of a text in a language, small words left
 * aside; overlapping ones all.
 */
export function findConcepts(tokens: readonly string[], language: Stemmed): Found[] {
  return tokens.flatMap((token, start) =>
    conceptsAt(tokens, start, beginningWith(token, language), language),
  )
}

/** Where the entries go on that begin with a word. */
export type Beginning = Node

/** The entries of a language that begin with a folded word; most words begin none. */
export function beginningWith(token: string, language: Stemmed): readonly Beginning[] {
  return isStopWord(token) ? NONE : nextOf(roots[language], token, language)
}

/** The entries at a place of a text, of those that begin with the word there. */
export function conceptsAt(
  tokens: readonly string[],
  start: number,
  begins: readonly Beginning[],
  language: Stemmed,
): Found[] {
  const found: Found[] = []
  for (const node of begins) follow(node, tokens, start, start + 1, language, found)
  return found
}

const NONE: readonly Beginning[] = []

function nextOf(node: Node, token: string, language: Stemmed): readonly Node[] {
  const next = [node.next.get(stem(token, language)), node.next.get(`=${token}`)]
  const there = next.filter((one) => one !== undefined)
  return there.length === 0 ? NONE : there
}

function follow(
  node: Node,
  tokens: readonly string[],
  start: number,
  at: number,
  language: Stemmed,
  found: Found[],
): void {
  for (const concept of node.concepts) found.push({ start, end: at, concept })
  if (node.next.size === 0) return
  let place = at
  while (place < tokens.length && isStopWord(tokens[place] ?? '')) place++
  const token = tokens[place]
  if (token === undefined) return
  for (const next of nextOf(node, token, language)) {
    follow(next, tokens, start, place + 1, language, found)
  }
}

function plant(language: Stemmed, entryWords: EntryWord[], concept: Concept): void {
  let node = roots[language]
  for (const { token, exact } of entryWords) {
    const key = exact ? `=${token}` : stem(token, language)
    const next = node.next.get(key) ?? newNode()
    node.next.set(key, next)
    node = next
  }
  if (!node.concepts.includes(concept)) node.concepts.push(concept)
}

function readEntry(written: string, language: Stemmed): Entry {
  const exact = written.startsWith('=')
  const text = exact ? written.slice(1) : written
  return {
    text,
    language,
    words: words(text)
      .flatMap((word) => word.tokens)
      .filter((token) => !isStopWord(token))
      .map((token, place) => ({ token, exact: exact && place === 0 })),
  }
}

function newNode(): Node {
  return { next: new Map(), concepts: [] }
}
