import { defineRouting } from 'next-intl/routing'

/** The languages of the interface; every public address starts with one of them. No cookie for visitors. */
export const routing = defineRouting({
  locales: ['en', 'fr'],
  defaultLocale: 'en',
  localePrefix: 'always',
  localeCookie: false,
  localeDetection: false,
})

export type Locale = (typeof routing.locales)[number]
