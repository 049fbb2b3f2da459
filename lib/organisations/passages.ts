/** Kinds of passages that must not become public by surprise. */
export const PASSAGE_KINDS = ['email', 'telephone', 'street', 'whoLeads'] as const
export type PassageKind = (typeof PASSAGE_KINDS)[number]

/** A passage in a text, as offsets in UTF-16 units: the line that holds it is what is published. */
export type Passage = {
  kind: PassageKind
  start: number
  end: number
  /** The whole line, because a street or a sentence goes on after what gave it away. */
  line: string
  /** Where the line begins in the text. */
  lineStart: number
}

// At least seven digits with the usual separators; years and numbers of laws are shorter.
const TELEPHONE = /(?:\+|\b00)?\d(?:[ .()/-]{0,2}\d){6,14}/gu
const EMAIL = /(?<=[^\s@<>()])@[^\s@<>()]{1,190}\.\p{L}{2,20}/gu
const STREET =
  /\b\d{1,5}(?: ?bis)?,? (?:rue|avenue|av\.|boulevard|bd|chemin|allée|impasse|quai|place)\b|\b\d{1,5} (?:\p{L}{1,30} ){1,3}(?:street|st\.|road|rd\.|avenue|ave\.|lane|drive)(?!\p{L})|\b(?:rue|avenue|boulevard) (?:\p{L}[\p{L}'’.-]{0,30} ){0,4}(?:n° ?)?\d{1,5}\b|\bP\.? ?O\.? Box \d|\bB\.? ?P\.? ?\d{2,6}\b/giu
const SEX_WORKERS = String.raw`(?:sex[ -]workers?|travailleu\p{L}{1,12} du sexe|\bTDS\b)`
const WHO_LEADS = new RegExp(
  String.raw`\b\d{1,3} ?% (?:\p{L}{1,20} ){0,4}${SEX_WORKERS}|${SEX_WORKERS}[ -](?:led|run)\b|\b(?:led|run|dirigée?s?|gérée?s?|menée?s?) (?:by|par) (?:\p{L}{1,20} ){0,3}${SEX_WORKERS}`,
  'giu',
)

const PATTERNS: Record<PassageKind, RegExp> = {
  email: EMAIL,
  telephone: TELEPHONE,
  street: STREET,
  whoLeads: WHO_LEADS,
}

/**
 * Finds in an answer what its author may not want to publish: telephone numbers, e-mail addresses,
 * street addresses, and statements about who leads the organisation. Pure.
 */
export function findPassages(text: string): Passage[] {
  return PASSAGE_KINDS.flatMap((kind) =>
    [...text.matchAll(PATTERNS[kind])].map(({ 0: match, index }): Passage => {
      // The pattern of an address begins at its @: before it a search would look at every letter twice.
      const start =
        kind === 'email'
          ? index - lastWord(text.slice(Math.max(0, index - 64), index)).length
          : index
      const lineEnd = text.indexOf('\n', index)
      const lineStart = text.lastIndexOf('\n', index) + 1
      const line = text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd)
      return { kind, start, end: index + match.length, line, lineStart }
    }),
  )
}

function lastWord(text: string): string {
  return /[^\s@<>()]*$/u.exec(text)?.[0] ?? ''
}

/** A line in three parts, to mark the passage in the middle. */
export function lineParts({ line, lineStart, start, end }: Passage): [string, string, string] {
  const [from, to] = [start - lineStart, end - lineStart]
  return [line.slice(0, from), line.slice(from, to), line.slice(to)]
}
