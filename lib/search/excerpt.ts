import { TermMatcher } from './highlight'

/** A passage and the places of the hits in it (UTF-16 offsets, end excluded). */
export type Excerpt = { text: string; hits: [start: number, end: number][] }

const EXCERPT_LENGTH = 180
const CONTEXT_BEFORE_HIT = 60

/**
 * The places in a text of what was searched for, and how many of the marks were found.
 *
 * @param marks as a search gives them
 */
export function findHits(
  text: string,
  marks: readonly string[],
): { hits: [number, number][]; found: number } {
  const found = new Set<number>()
  const hits: [number, number][] = []
  for (const { mark, start, end } of matcherFor(marks).findIn(text)) {
    found.add(mark)
    const before = hits.at(-1)
    // The same word, or one inside a phrase that is marked already.
    if (before !== undefined && start < before[1]) before[1] = Math.max(before[1], end)
    else hits.push([start, end])
  }
  return { hits, found: found.size }
}

// Every text of a page is looked through with the marks of one search.
let latestMatcher: { marks: readonly string[]; read: TermMatcher } | undefined

function matcherFor(marks: readonly string[]): TermMatcher {
  if (latestMatcher?.marks !== marks) latestMatcher = { marks, read: new TermMatcher(marks) }
  return latestMatcher.read
}

/**
 * Cuts a passage of about 180 characters out of a text, at word boundaries, around the first hit
 * (the beginning where there is none); `…` stands where text was left out.
 */
export function excerpt(text: string, hits: [number, number][] = []): Excerpt {
  const first = hits[0]?.[0] ?? 0
  const start = first > CONTEXT_BEFORE_HIT ? wordStart(text, first - CONTEXT_BEFORE_HIT, first) : 0
  const end =
    text.length - start > EXCERPT_LENGTH
      ? wordEnd(text, start + EXCERPT_LENGTH, hits[0]?.[1] ?? 0)
      : text.length
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
