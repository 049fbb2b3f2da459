import type { Country } from '@/lib/places/countries'
import type { Region } from '@/lib/places/regions'
import type { Concept } from './synonyms'

// Terms of the index that no text can hold: folding turns these signs into plain letters, so that
// neither a profile nor a search can speak of a stem, a group or a place by chance.

/** Stands before and after each name: a whole name is a phrase between two of them. */
export const NAME_EDGE = 'ᵇ'
/** Stands between texts: no phrase reaches from one into the next. */
export const TEXT_EDGE = 'ᵗ'

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
