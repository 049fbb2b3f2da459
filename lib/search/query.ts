import { tokens } from './words'

/** More words than anyone types; keeps hostile input cheap. */
const WORD_LIMIT = 24

/** The folded words of a search, each to be found at the beginning of a word; all are required. */
export function queryTokens(q: string): string[] {
  return [...new Set(tokens(q))].slice(0, WORD_LIMIT)
}
