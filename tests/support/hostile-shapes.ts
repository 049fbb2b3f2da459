/** Repeats a piece until the text has as many units. */
const repeated = (piece: string, length: number) =>
  piece
    .repeat(Math.ceil(length / piece.length))
    .slice(0, length)
    .toWellFormed()

const REPEATED = [
  ...[' ', 'a', '@', '.', '-', '1', '(', '<', '"', '\\', '%', '/', '*', ':', '\t', '\n', '\u00a0'],
  ...['a@', 'a@a.', '.com', '1-', '1 - ', '()', '[([', '<a>', '&amp;', '%20', '?a=b&', '../', ', '],
  ...['a b ', 'a (b) ', '- a\n', '1) a\n', 'Country\n', 'Region\nAfrica\n', 'Contact email\n'],
  ...['Who do you work with?\n', '+33 6 12 34 56 78 ', '12 rue ', 'rue aaa ', '50 % ', 'led by a '],
  ...['travailleus', 'sex workers ', 'federal ', 'republic of ', 'le la les de ', '<mailto:', 'İ'],
  ...['ß', 'œ', '\u0301', 'a\u0301\u0302', '\u0627\u064b', 'ไทย', '中', '👩‍👩‍👧', '\u200d'],
]

/**
 * Texts in the shapes on which patterns that go back and forth never come to an end, by shape.
 *
 * @param length UTF-16 units of each, nearly
 */
export function hostileShapes(length: number): Readonly<Record<string, string>> {
  const filled = (piece: string) => repeated(piece, length)
  return Object.fromEntries<string>([
    ...[' ', 'a', '1', '\n'].map((piece) => [JSON.stringify(piece), filled(piece)] as const),
    ...REPEATED.map(
      (piece) => [`x${JSON.stringify(piece)}!`, `x${filled(piece).slice(2)}!`] as const,
    ),
    ...['.', ',', '(', '/'].map(
      (sign) => [`${JSON.stringify(sign)} between letters`, `a${filled(sign).slice(2)}a`] as const,
    ),
    ['an address without end', `a@a${filled('.com')}`],
    ['a web address without end', `https://${filled('a.')}`],
    ['a web address of names and passwords', `https://${filled('a:')}@`],
    ['a tag of a language without end', `a${filled('-aa')}`],
    ['one street, many words', `avenue ${filled('a ')}`],
  ])
}
