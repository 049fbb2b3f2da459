import type { Country } from '@/lib/geo/countries'
import type { Region } from '@/lib/geo/regions'
import type { SynonymGroup } from './synonyms'

// Terms of the index that no text can hold: these signs are no letters, so that no word has them and
// neither a profile nor a search can speak of a stem, a group or a place by chance. The index takes
// them for letters, and texts of Latin-1 alone take half the memory of others.

/** Stands between texts: no phrase reaches from one into the next. */
export const TEXT_BOUNDARY = '¶'

/** The term for a name as a whole, of all its folded words. */
export function wholeNameTerm(tokens: readonly string[]): string {
  return ['', ...tokens].join('¬')
}

/** The term for a stem. */
export function stemTerm(stem: string): string {
  return `§${stem}`
}

/** The term for a group of synonyms. */
export function synonymTerm(concept: SynonymGroup): string {
  return `©${concept}`
}

/** The term for a country or a region of the network. */
export function placeTerm(place: Country | Region): string {
  return `¤${place.replaceAll('-', '').toLowerCase()}`
}
