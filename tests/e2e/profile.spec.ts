import { readFileSync } from 'node:fs'
import { expect, test } from '@/tests/support/test'

const SEED = 'solidarite-pour-les-droits-des-travailleuses-de-sexe'
const PAGE = readFileSync('prisma/seed/000_70a62e442eda0162.txt', 'utf8')
const paragraphs = PAGE.split('\n').filter((line) => line.trim() !== '')

/** The seed's own words: line numbers of its page, French first. */
const WHO = { fr: paragraphs[2] ?? '', en: paragraphs[3] ?? '' }
const FRENCH_CHALLENGE = paragraphs.find((line) => line.startsWith('Discrimination socio')) ?? ''
const ENGLISH_CHALLENGE = paragraphs.find((line) => line.startsWith('Lack of legal')) ?? ''

const WORDS = {
  fr: { country: 'Burundi', region: 'Afrique', question: 'Avec qui travaillez-vous' },
  en: { country: 'Burundi', region: 'Africa', question: 'Who do you work with?' },
}

test.describe('the seed', () => {
  test('is shown whole in the reader’s language', async ({ page, locale }) => {
    await page.goto(`/${locale}/organisations/${SEED}`)
    await expect(page.locator('html')).toHaveAttribute('lang', locale)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'SOLIDARITE POUR LES DROITS DES TRAVAILLEUSES DE SEXE',
    )
    await expect(page.getByRole('heading', { level: 2 }).first()).toContainText(
      WORDS[locale].question,
    )
    const main = page.getByRole('main')
    await expect(main).toContainText(WORDS[locale].country)
    await expect(main).toContainText(WORDS[locale].region)
    const own = page.locator(`[lang="${locale}"]`, { hasText: WHO[locale] }).last()
    await expect(own).toBeVisible()
    await expect(
      page.getByText(locale === 'fr' ? FRENCH_CHALLENGE : ENGLISH_CHALLENGE),
    ).toBeVisible()
  })

  test('shows all seven priority areas in the reader’s language', async ({ page, locale }) => {
    const catalog = JSON.parse(readFileSync(`messages/${locale}.json`, 'utf8')) as {
      PriorityAreas: Record<string, string>
    }
    await page.goto(`/${locale}/organisations/${SEED}`)
    const areas = Object.values(catalog.PriorityAreas)
    expect(areas).toHaveLength(7)
    for (const area of areas) await expect(page.getByText(area, { exact: true })).toBeVisible()
  })

  test('keeps the other language one disclosure away', async ({ page, locale }) => {
    const other = locale === 'fr' ? 'en' : 'fr'
    await page.goto(`/${locale}/organisations/${SEED}`)
    const text = page.locator(`[lang="${other}"]`, { hasText: WHO[other] }).last()
    await expect(text).toBeHidden()
    await page.locator('#who summary').first().click()
    await expect(text).toBeVisible()
  })

  test('stands side by side in both languages', async ({ page, locale }) => {
    await page.goto(`/${locale}/organisations/${SEED}?view=both`)
    for (const language of ['fr', 'en'] as const) {
      const text = page.locator(`[lang="${language}"]`, { hasText: WHO[language] }).last()
      await expect(text).toBeVisible()
    }
    const [french, english] = await Promise.all(
      [WHO.fr, WHO.en].map((text) => page.getByText(text, { exact: true }).boundingBox()),
    )
    // The original is on the left.
    expect(french?.x ?? 0).toBeLessThan(english?.x ?? 0)
    expect(Math.abs((french?.y ?? 0) - (english?.y ?? 99))).toBeLessThan(20)
  })

  test('describes itself to programs', async ({ page, locale, baseURL }) => {
    await page.goto(`/${locale}/organisations/${SEED}`)
    const json = await page.locator('script[type="application/ld+json"]').textContent()
    expect(JSON.parse(json ?? '')).toMatchObject({
      '@context': 'https://schema.org',
      name: 'SOLIDARITE POUR LES DROITS DES TRAVAILLEUSES DE SEXE',
    })
    const origin = new URL(baseURL ?? '').origin
    const canonical = page.locator('link[rel=canonical]')
    await expect(canonical).toHaveAttribute('href', `${origin}/${locale}/organisations/${SEED}`)
    await expect(page.locator('link[rel=alternate][hreflang=fr]')).toHaveCount(1)
    await expect(page.locator('link[rel=alternate][hreflang=en]')).toHaveCount(1)
    await expect(page.locator('meta[property="og:title"]')).toHaveAttribute('content', /SOLIDARITE/)
  })
})

test('an answer that is missing in one’s language is shown in the original, and says so', async ({
  page,
  locale,
}) => {
  await page.goto(`/${locale}/organisations/union-ficticia-del-farol`)
  const answer = page.locator('#otherWork [lang=es]')
  await expect(answer).toHaveText('Ayuda mutua y defensa jurídica.')
  await expect(page.locator('#otherWork')).toContainText(
    locale === 'fr' ? 'en espagnol, pas encore traduit' : 'in Spanish, not yet translated',
  )
})

test('a page claims only the languages that it really has', async ({ page, locale, baseURL }) => {
  await page.goto(`/${locale}/organisations/fictional-english-only`)
  await expect(page.locator('link[rel=alternate][hreflang=fr]')).toHaveCount(0)
  const origin = new URL(baseURL ?? '').origin
  await expect(page.locator('link[rel=canonical]')).toHaveAttribute(
    'href',
    `${origin}/en/organisations/fictional-english-only`,
  )
})

test('a translation that is behind is said to be', async ({ page, locale }) => {
  await page.goto(`/${locale}/organisations/fictional-translation-behind`)
  if (locale === 'fr') await page.locator('#who summary').click()
  const catalog = JSON.parse(readFileSync(`messages/${locale}.json`, 'utf8')) as {
    Profile: { outdated: string }
  }
  await expect(page.locator('#who')).toContainText(catalog.Profile.outdated)
})

test('only published contact details are shown, and lead away without a trace', async ({
  page,
  locale,
}) => {
  await page.goto(`/${locale}/organisations/fictional-english-only`)
  const website = page.getByRole('link', { name: /fictional\.example/ })
  await expect(website).toHaveAttribute('href', 'https://fictional.example/')
  await expect(website).toHaveAttribute('rel', /noreferrer/)
  await expect(page.getByText('canarixo')).toHaveCount(0)
})

test('the language switch stays on the page', async ({ page, locale }) => {
  const other = locale === 'fr' ? 'en' : 'fr'
  await page.goto(`/${locale}/organisations/${SEED}?view=both`)
  await page.locator(`header a[hreflang=${other}], header a[lang=${other}]`).first().click()
  await expect(page).toHaveURL(new RegExp(`/${other}/organisations/${SEED}\\?view=both$`))
})
