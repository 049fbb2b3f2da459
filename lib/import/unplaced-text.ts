/** Why a piece of a page was not placed, or is worth a look. */
export type BlockError =
  | 'noCountry'
  | 'unknownCountry'
  | 'ambiguousCountry'
  | 'uncertainLanguage'
  | 'unplacedText'
  | 'cutOff'
  | 'unsafeCharacters'

/** A piece of a page that is named in the plan; `text` verbatim, empty if something is missing. */
export type UnplacedText = { reason: BlockError; text: string }

/**
 * Takes the first piece that matches off a list, because a person has said where it belongs.
 *
 * @param unplaced is changed
 * @returns whether there was one
 */
export function removeUnplaced(
  unplaced: UnplacedText[],
  matches: (piece: UnplacedText) => boolean,
): boolean {
  const index = unplaced.findIndex(matches)
  if (index >= 0) unplaced.splice(index, 1)
  return index >= 0
}
