import { describe, expect, test } from 'vitest'
import { catalogs } from '@/lib/i18n/catalogs'
import { apiError, errorPage, errorStatus, type ErrorPage } from '@/server/http/error-page'

const base: ErrorPage = {
  status: 500,
  locale: 'fr',
  errorId: '0a1b2c3d',
  siteName: null,
  hasExit: true,
  stylesheets: ['/_next/static/chunks/a.css'],
}
const { en, fr } = catalogs

/** Text and order of the articles, with the language of each. */
function articles(html: string): [string, string][] {
  return [...html.matchAll(/<article class="text-page" lang="(\w+)"><h\d>(.*?)<\/h\d>/g)].map(
    ([, lang = '', title = '']) => [lang, title],
  )
}

describe('an error page', () => {
  test('speaks the language of the address first, the other below, each marked', () => {
    const html = errorPage(base)
    expect(html).toMatch(/^<!DOCTYPE html><html lang="fr"/)
    expect(articles(html)).toEqual([
      ['fr', fr.Delivery.error.title],
      ['en', en.Delivery.error.title],
    ])
    expect(errorPage({ ...base, locale: 'en' })).toMatch(/^<!DOCTYPE html><html lang="en"/)
  })

  test('leads away at once where there is somewhere to go', () => {
    expect(errorPage(base)).toContain(
      `<nav class="quick-exit" aria-label="${fr.Site.leaveNavigation}">`,
    )
    expect(errorPage({ ...base, hasExit: false })).not.toContain('quick-exit')
  })

  test('has one h1', () => {
    expect(errorPage(base).match(/<h1>/g)).toHaveLength(1)
  })

  test('of an unknown address speaks the address’s language only, or both where it has none', () => {
    const unknown = { ...base, status: 404, errorId: null } as const
    expect(articles(errorPage({ ...unknown, locale: 'fr' }))).toEqual([['fr', fr.NotFound.title]])
    expect(articles(errorPage({ ...unknown, locale: 'en' }))).toEqual([['en', en.NotFound.title]])
    expect(articles(errorPage({ ...unknown, locale: null })).map(([lang]) => lang)).toEqual([
      'en',
      'fr',
    ])
  })

  test('shows the id that the log knows, in both languages', () => {
    expect(errorPage(base).match(/<strong>0a1b2c3d<\/strong>/g)).toHaveLength(2)
    expect(errorPage({ ...base, status: 413, errorId: null })).not.toContain('<strong>')
  })

  test.each([400, 403, 404, 405, 409, 413, 500] as const)('%i leads somewhere', (status) => {
    const html = errorPage({ ...base, status, locale: null })
    for (const href of ['/en', '/en/organisations', '/fr', '/fr/organisations']) {
      expect(html).toContain(`href="${href}"`)
    }
  })

  test('needs no script and no style of its own, which its policy would block', () => {
    expect(errorPage(base)).not.toMatch(/<script|<style|style=| on\w+=/)
    expect(errorPage(base)).toContain('<link rel="stylesheet" href="/_next/static/chunks/a.css">')
  })

  test('says the operator’s name for the site, and says it safely', () => {
    expect(errorPage({ ...base, siteName: '<b>"A" & B</b>' })).toContain(
      '&lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;</a>',
    )
    expect(errorPage(base)).toContain(`>${fr.Site.title}</a>`)
  })
})

describe('a status without words of its own', () => {
  test.each([
    [502, 500],
    [404, 404],
    [409, 409],
    [418, 400],
    [422, 400],
  ])('%i is told as %i', (status, expected) => {
    expect(errorStatus(status)).toBe(expected)
  })
})

describe('an error for programs', () => {
  test('has the shape of the API’s own errors', () => {
    expect(JSON.parse(apiError(404, null, null))).toEqual({
      error: { code: 'notFound', parameter: null, value: null, allowed: null },
    })
  })

  test('names the methods, and the id of a failure', () => {
    expect(JSON.parse(apiError(405, null, ['GET']))).toMatchObject({ error: { allowed: ['GET'] } })
    expect(JSON.parse(apiError(500, 'ab', null))).toMatchObject({ error: { id: 'ab' } })
  })
})
