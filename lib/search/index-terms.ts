import type { Country } from '@/lib/places/countries'
import type { Region } from '@/lib/places/regions'
import type { Concept } from './synonyms'

// Terms of the index that no text can hold: folding turns these signs into plain letters, so that
// neither a profile nor a search can speak of a stem, a group or a place by chance.

/** Stands between texts: no phrase reaches from one into the next. */
export const TEXT_EDGE = 'ᵗ'

/** The term for a name as a whole, of its folded words. */
export function wholeNameTerm(tokens: readonly string[]): string {
  return ['', ...tokens].join('ⁿ')
}

/** The term for a stem. */
export function stemTerm(stem: string): string {
  return `ˢ${stem}`
}

/** The term for a group of synonyms. */
export function conceptTerm(concept: Concept): string {
  return `ᶜ${concept}`
}

/** The term for a country or a region of the network. */
export function placeTerm(place: Country | Region): string {
  return `ᵖ${place.replaceAll('-', '').toLowerCase()}`
}
