import { defineRouting } from 'next-intl/routing'

/** The languages of the interface; every page's path starts with one. Visitors get no cookie. */
export const routing = defineRouting({
  locales: ['en', 'fr'],
  defaultLocale: 'en',
  localePrefix: 'always',
  localeCookie: false,
  localeDetection: false,
})

export type Locale = (typeof routing.locales)[number]
