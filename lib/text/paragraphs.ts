/** A part of a text that is shown as one block. */
export type Paragraph = { kind: 'text'; text: string } | { kind: 'list'; items: string[] }

// "1.", "1)", "-", "–", "•", "*" are what people type; the marker stays part of the text.
const MARKER = /^\s*(?:[-–—•‣·*]|\(?\d{1,2}[.)])\s+\S/u

/**
 * Splits a text into the blocks it is shown in. Every line is a paragraph of its own, as copied pages
 * have it; lines that follow each other and start with a dash, a bullet or a number are one list.
 * Nothing is changed within a line: markers stay, only white space at the ends goes.
 *
 * @param text verbatim, lines separated by LF
 */
export function splitParagraphs(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = []
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    if (trimmed === '') continue
    const last = paragraphs.at(-1)
    if (!MARKER.test(line)) paragraphs.push({ kind: 'text', text: trimmed })
    else if (last?.kind === 'list') last.items.push(trimmed)
    else paragraphs.push({ kind: 'list', items: [trimmed] })
  }
  return paragraphs
}
