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

/** What axe finds wrong with the page as it stands: `rule: selector of the element` each. */
export async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).analyze()
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.map(String).join(' ')}`),
  )
}
