import en from '@/messages/en.json' with { type: 'json' }
import fr from '@/messages/fr.json' with { type: 'json' }
import type { Locale } from './routing'

type Shape<T> = { readonly [K in keyof T]: T[K] extends string ? string : Shape<T[K]> }

/** Compiles only while the French catalog has every key of the English one. */
const frHasAllOfEnglish: Shape<typeof en> = fr
/** Compiles only while the English catalog has every key of the French one. */
const enHasAllOfFrench: Shape<typeof fr> = en

/** All texts of the product, by language of the interface. */
export const catalogs = {
  en: enHasAllOfFrench as typeof en,
  fr: frHasAllOfEnglish as typeof en,
} satisfies Record<Locale, typeof en>

export type Messages = typeof en
