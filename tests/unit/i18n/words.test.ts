import { describe, expect, test } from 'vitest'
import { formatDate } from '@/lib/i18n/format-date'
import { languageName, languageNames } from '@/lib/i18n/language-name'
import { localePath, otherLocales } from '@/lib/i18n/navigation'

describe('addresses', () => {
  test('the home page has no slash at its end', () => {
    expect(localePath('fr', '/')).toBe('/fr')
  })

  test('path and query stay as they are', () => {
    expect(localePath('en', '/organisations?q=caf%C3%A9&area=health')).toBe(
      '/en/organisations?q=caf%C3%A9&area=health',
    )
  })

  test('the other languages of the interface', () => {
    expect(otherLocales('fr')).toEqual(['en'])
  })
})

describe('names of languages', () => {
  test('come from the catalog of the interface', () => {
    expect(languageName('fr', 'es')).toBe('espagnol')
    expect(languageName('en', 'es')).toBe('Spanish')
  })

  test('come from CLDR where the catalog has none', () => {
    expect(languageName('en', 'fr-CA')).toBe('Canadian French')
    expect(languageName('fr', 'fr-CA')).toBe('français canadien')
  })

  test('say where a language is not certain', () => {
    expect(languageName('fr', 'und')).toBe('langue incertaine')
  })

  test('an inherited property is no language', () => {
    expect(() => languageName('en', 'constructor')).not.toThrow()
    expect(languageName('en', 'constructor')).not.toMatch(/native code/)
  })

  test('are listed without "and"', () => {
    expect(languageNames('fr', ['fr', 'ar'])).toBe('français, arabe')
  })
})

describe('days', () => {
  test('are written out in words, in UTC', () => {
    expect(formatDate('en', '2026-05-03T23:59:59.000Z')).toBe('3 May 2026')
    expect(formatDate('fr', '2026-05-03T00:00:00.000Z')).toBe('3 mai 2026')
  })

  test('the first of a month is an ordinal in French', () => {
    expect(formatDate('fr', '2026-05-01T12:00:00.000Z')).toBe('1er mai 2026')
    expect(formatDate('fr', '2026-05-11T12:00:00.000Z')).toBe('11 mai 2026')
    expect(formatDate('en', '2026-05-01T12:00:00.000Z')).toBe('1 May 2026')
  })
})
