const FRENCH =
  'a au aux avec c ce ces chez d dans de des du elle elles en entre est et eux il ils je l la le les leur ' +
  'leurs lui m mais ma me mes n ne nos notre nous on ou par pas pour qu que qui s sa se ses son sont ' +
  'sur t ta te tes un une vers vos votre vous y'
const ENGLISH =
  'an and are as at be by for from had has have he her his i in is it its of on or our she so that the ' +
  'their them they this to us was we were which who will with you your'

const STOP_WORDS: ReadonlySet<string> = new Set(`${FRENCH} ${ENGLISH}`.split(' '))

/** Words that say nothing about what is looked for, French and English; folded. */
export function isStopWord(token: string): boolean {
  return STOP_WORDS.has(token)
}
