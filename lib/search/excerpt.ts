import { mayHold, words } from './words'

/** A passage and the places of the hits in it (UTF-16 offsets, end excluded). */
export type Excerpt = { text: string; hits: [start: number, end: number][] }

const LENGTH = 180
const BEFORE_HIT = 60

/** The places in a text where a word begins with one of the tokens, and how many tokens were found. */
export function findHits(
  text: string,
  tokens: string[],
): { hits: [number, number][]; found: number } {
  if (!mayHold(text, tokens)) return { hits: [], found: 0 }
  const found = new Set<string>()
  const hits: [number, number][] = []
  for (const word of words(text)) {
    const matching = tokens.filter((token) => word.tokens.some((own) => own.startsWith(token)))
    for (const token of matching) found.add(token)
    if (matching.length > 0) hits.push([word.start, word.end])
  }
  return { hits, found: found.size }
}

/**
 * Cuts a passage of about 180 characters out of a text, at word boundaries, around the first hit
 * (the beginning where there is none); `…` stands where text was left out.
 */
export function excerpt(text: string, hits: [number, number][] = []): Excerpt {
  const first = hits[0]?.[0] ?? 0
  const start = first > BEFORE_HIT ? wordStart(text, first - BEFORE_HIT, first) : 0
  const end =
    text.length - start > LENGTH ? wordEnd(text, start + LENGTH, hits[0]?.[1] ?? 0) : text.length
  const lead = start > 0 ? '… ' : ''
  const tail = end < text.length ? ' …' : ''
  const shift = lead.length - start
  return {
    text: lead + text.slice(start, end).replaceAll(/\s/g, ' ') + tail,
    hits: hits
      .filter(([from, to]) => from >= start && to <= end)
      .map(([from, to]) => [from + shift, to + shift]),
  }
}

function wordStart(text: string, from: number, limit: number): number {
  const space = text.slice(from, limit).search(/\s/)
  return space === -1 ? limit : from + space + 1
}

function wordEnd(text: string, to: number, limit: number): number {
  const space = text.slice(0, to).search(/\s\S*$/)
  return space > limit ? space : Math.max(to, limit)
}
