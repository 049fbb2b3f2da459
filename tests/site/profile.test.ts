import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Messages } from '@/lib/i18n/catalogs'
import {
  attribute,
  attributes,
  select,
  selectOne,
  textOf,
  textsOf,
  visit,
} from '@/tests/support/html'

const SEED = 'solidarite-pour-les-droits-des-travailleuses-de-sexe'
const PAGE = readFileSync('prisma/seed/000_70a62e442eda0162.txt', 'utf8')
const paragraphs = PAGE.split('\n').filter((line) => line.trim() !== '')

/** The seed's own words: line numbers of its page, French first. */
const WHO = { fr: paragraphs[2] ?? '', en: paragraphs[3] ?? '' }
const CHALLENGE = {
  fr: paragraphs.find((line) => line.startsWith('Discrimination socio')) ?? '',
  en: paragraphs.find((line) => line.startsWith('Lack of legal')) ?? '',
}

const WORDS = {
  fr: { country: 'Burundi', region: 'Afrique', question: 'Avec qui travaillez-vous' },
  en: { country: 'Burundi', region: 'Africa', question: 'Who do you work with?' },
}

const messages = (locale: string) =>
  JSON.parse(readFileSync(`messages/${locale}.json`, 'utf8')) as Messages

const origin = process.env['BASE_URL'] ?? ''
const LOCALES = ['fr', 'en'] as const

describe.each(LOCALES)('in %s', (locale) => {
  const other = locale === 'fr' ? 'en' : 'fr'
  const address = `/${locale}/organisations/${SEED}`

  test('the seed is shown whole in the reader’s language', async () => {
    const { document, status } = await visit(address)
    expect(status).toBe(200)
    expect(attribute(selectOne(document, 'html'), 'lang')).toBe(locale)
    expect(textsOf(document, 'h1')).toEqual([
      'SOLIDARITE POUR LES DROITS DES TRAVAILLEUSES DE SEXE',
    ])
    expect(textsOf(document, 'h2')[0]).toContain(WORDS[locale].question)
    const main = textOf(selectOne(document, 'main'))
    for (const words of [WORDS[locale].country, WORDS[locale].region, CHALLENGE[locale]]) {
      expect(main).toContain(words)
    }
    expect(textsOf(document, `#who [lang=${locale}]`).join(' ')).toContain(WHO[locale])
    // The other language is one disclosure away.
    expect(textsOf(document, `#who details [lang=${other}]`).join(' ')).toContain(WHO[other])
    expect(textsOf(document, 'details').join(' ')).not.toContain(WHO[locale])
  })

  test('the seed shows all seven priority areas in the reader’s language', async () => {
    const areas = Object.values(messages(locale).PriorityAreas)
    expect(areas).toHaveLength(7)
    const { document } = await visit(address)
    expect(textsOf(document, 'main a')).toEqual(expect.arrayContaining(areas))
  })

  test('the seed stands side by side in both languages, the original first', async () => {
    const { document } = await visit(`${address}?view=both`)
    const who = textOf(selectOne(document, '#who'))
    expect(who.indexOf(WHO.fr)).toBeGreaterThanOrEqual(0)
    expect(who.indexOf(WHO.en)).toBeGreaterThan(who.indexOf(WHO.fr))
    expect(select(document, '#who details')).toEqual([])
  })

  test('the seed describes itself to programs', async () => {
    const { document } = await visit(address)
    const json = textOf(selectOne(document, 'script[type="application/ld+json"]'))
    expect(JSON.parse(json)).toMatchObject({
      '@context': 'https://schema.org',
      name: 'SOLIDARITE POUR LES DROITS DES TRAVAILLEUSES DE SEXE',
    })
    expect(attributes(document, 'link[rel=canonical]', 'href')).toEqual([`${origin}${address}`])
    expect(attributes(document, 'link[rel=alternate][hreflang]', 'hreflang')).toEqual(
      expect.arrayContaining(['fr', 'en']),
    )
    expect(attributes(document, 'meta[property="og:title"]', 'content')).toEqual([
      expect.stringContaining('SOLIDARITE'),
    ])
  })

  test('an answer that is missing in one’s language is shown in the original, and says so', async () => {
    const { document } = await visit(`/${locale}/organisations/union-ficticia-del-farol`)
    expect(textsOf(document, '#otherWork [lang=es]')).toEqual(['Ayuda mutua y defensa jurídica.'])
    expect(textOf(selectOne(document, '#otherWork'))).toContain(
      locale === 'fr' ? 'en espagnol, pas encore traduit' : 'in Spanish, not yet translated',
    )
  })

  test('a page claims only the languages that it really has', async () => {
    const { document } = await visit(`/${locale}/organisations/fictional-english-only`)
    expect(select(document, 'link[rel=alternate][hreflang=fr]')).toEqual([])
    expect(attributes(document, 'link[rel=canonical]', 'href')).toEqual([
      `${origin}/en/organisations/fictional-english-only`,
    ])
  })

  test('a translation that is behind is said to be', async () => {
    const { document } = await visit(`/${locale}/organisations/fictional-translation-behind`)
    expect(textOf(selectOne(document, '#who'))).toContain(messages(locale).Profile.outdated)
  })

  test('only published contact details are shown, and lead away without a trace', async () => {
    const { document, body } = await visit(`/${locale}/organisations/fictional-english-only`)
    const website = selectOne(document, 'main a[href="https://fictional.example/"]')
    expect(attribute(website, 'rel')).toContain('noreferrer')
    expect(body).not.toContain('canarixo')
  })

  test('the language switch stays on the page', async () => {
    const { document } = await visit(`${address}?view=both`)
    expect(attributes(document, `header a[hreflang=${other}]`, 'href')).toEqual([
      `/${other}/organisations/${SEED}?view=both`,
    ])
  })
})
