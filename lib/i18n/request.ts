import { hasLocale } from 'next-intl'
import { getRequestConfig } from 'next-intl/server'
import { locale as rootLocale } from 'next/root-params'
import { routing } from './routing'
import { catalogs } from './catalogs'

/**
 * Configures next-intl for a request: the language from the address (or from the caller in route handlers
 * and Server Actions, which have no root parameter) and its catalog.
 */
export default getRequestConfig(async ({ locale: requested }) => {
  const candidate = requested ?? (await rootLocale())
  const locale = hasLocale(routing.locales, candidate) ? candidate : routing.defaultLocale
  return { locale, messages: catalogs[locale], timeZone: 'UTC' }
})
