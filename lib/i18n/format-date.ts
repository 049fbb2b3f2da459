import type { Locale } from './routing'

// The catalogs use British English: the day comes before the month.
const FORMATS = {
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
  fr: new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeZone: 'UTC' }),
} satisfies Record<Locale, Intl.DateTimeFormat>

/**
 * Formats a day in UTC: `3 May 2026`, `1er mai 2026` (French writes the first of a month as an ordinal,
 * CLDR's patterns do not).
 *
 * @param date ISO 8601, UTC
 */
export function formatDate(locale: Locale, date: string): string {
  const written = FORMATS[locale].format(new Date(date))
  return locale === 'fr' ? written.replace(/^1(?=\s)/, '1er') : written
}

/**
 * Formats a time to the minute in UTC: `3 May 2026, 14:05 UTC`, `3 mai 2026, 14:05 UTC`.
 *
 * @param date ISO 8601, UTC
 */
export function formatDateTime(locale: Locale, date: string): string {
  return `${formatDate(locale, date)}, ${new Date(date).toISOString().slice(11, 16)} UTC`
}
