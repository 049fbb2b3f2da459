import { hasLocale } from 'next-intl'
import { getRequestConfig } from 'next-intl/server'
import { locale as rootLocale } from 'next/root-params'
import { routing } from './routing'
import { catalogs } from './catalogs'

/**
 * What next-intl needs for a request: the language from the address (or from the
 * caller, where there is no root parameter: route handlers and actions) and its catalog.
 */
export default getRequestConfig(async ({ locale: asked }) => {
  const candidate = asked ?? (await rootLocale())
  const locale = hasLocale(routing.locales, candidate) ? candidate : routing.defaultLocale
  return { locale, messages: catalogs[locale], timeZone: 'UTC' }
})
