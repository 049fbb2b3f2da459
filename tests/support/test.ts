import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test'
import { noteAsked } from './http'

/** Playwright's test, where a console error or a request to anybody else is a failure. */
export const test = base.extend<{
  locale: 'fr' | 'en'
  /** The site is stopped in the middle: what scripts ask meanwhile is refused. */
  siteStops: boolean
}>({
  siteStops: [false, { option: true }],
  locale: async ({ locale }, use) => {
    await use(locale === 'en' ? 'en' : 'fr')
  },
  baseURL: async ({}, use) => {
    await use(process.env['BASE_URL'])
  },
  context: async ({ context, baseURL, siteStops }, use) => {
    const faults = watch(context, baseURL)
    await use(context)
    // Refused, reset or closed without an answer, as the connection stood when the site stopped.
    const cutOff =
      /^console: Failed to load resource: net::ERR_(CONNECTION_|EMPTY_RESPONSE|SOCKET_)/
    expect(
      siteStops ? faults.filter((fault) => !cutOff.test(fault)) : faults,
      'no console error, no request to anybody else',
    ).toEqual([])
  },
})

export { expect }

function watch(context: BrowserContext, baseURL: string | undefined): string[] {
  const faults: string[] = []
  const visited = new Set<string>()
  context.on('request', (request) => {
    if (request.isNavigationRequest() || request.method() === 'POST') visited.add(request.url())
    if (request.isNavigationRequest()) noteAsked(request.url())
    if (new URL(request.url()).origin !== baseURL) faults.push(`request: ${request.url()}`)
  })
  context.on('weberror', (fault) => faults.push(`exception: ${fault.error().message}`))
  context.on('console', (message) => {
    // Chromium complains when the page itself is an answer such as 404, or the answer to a form that a
    // script sends; the test asserts that.
    const isAnswer =
      message.text().startsWith('Failed to load resource') && visited.has(message.location().url)
    if (message.type() === 'error' && !isAnswer) faults.push(`console: ${message.text()}`)
  })
  return faults
}

// The names of some of its messages are misspelt in one of two places, which would end it.
const codeSniffer = readFileSync(
  fileURLToPath(import.meta.resolve('html_codesniffer/build/HTMLCS.js')),
  'utf8',
).replaceAll('H98.InvalidAutoComplete', 'H98.InvalidAutocomplete')

declare const HTMLCS: {
  process: (standard: string, document: Document, done: () => void) => void
  getMessages: () => { type: number; code: string; element: Element }[]
  ERROR: number
}

/**
 * What axe and HTML_CodeSniffer, which pa11y asks, find wrong with the page as it stands:
 * `rule: element` each.
 */
export async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).analyze()
  await page.evaluate(codeSniffer)
  const sniffed = await page.evaluate(async () => {
    await new Promise<void>((done) => {
      HTMLCS.process('WCAG2AA', document, done)
    })
    // Older than today's HTML: an empty `lang` is a language that nobody knows, and an account may be
    // named by an e-mail address. axe looks at both.
    const isOutdated = (code: string, element: Element) =>
      (code.endsWith('.H58.1.Lang') && element.getAttribute('lang') === '') ||
      (code.endsWith('.H98') && element.matches('[type=email][autocomplete=username]'))
    return HTMLCS.getMessages()
      .filter(({ type, code, element }) => type === HTMLCS.ERROR && !isOutdated(code, element))
      .map(({ code, element }) => `${code}: ${element.outerHTML.slice(0, 200)}`)
  })
  return [
    ...found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => `${id}: ${target.map(String).join(' ')}`),
    ),
    ...sniffed,
  ]
}
