import { randomUUID } from 'node:crypto'
import { expect, test as base, type BrowserContext } from '@playwright/test'
import type { Desk } from './desk'
import { noteAsked } from './http'
import { startSmtpServer, type SmtpServer } from './smtp'
import { startTestSite, type SiteDatabase, type TestSite } from './test-site'

type Options = {
  locale: 'fr' | 'en'
  /** The site is stopped in the middle: what scripts ask meanwhile is refused. */
  siteStops: boolean
}

/** Of a worker: tests that need other ones run in a worker of their own. */
type WorkerOptions = {
  siteDatabase: SiteDatabase
  /** Whether the site sends mail. Without it, links that would be mailed are shown. */
  sendsMail: boolean
  /** Settings of the site that differ from those of the tests. */
  siteSettings: Record<string, string>
  /** The mail server that the site knows, where it sends mail. */
  smtp: SmtpServer
  site: TestSite
  /** An organisation with all that the protected part can show about it, and people. */
  desk: Desk
}

/**
 * Playwright's test. Each worker has a site and a database of its own; a console error or a request to
 * anybody else is a failure.
 */
export const test = base.extend<Options, WorkerOptions>({
  siteDatabase: ['fixtures', { scope: 'worker', option: true }],
  sendsMail: [false, { scope: 'worker', option: true }],
  siteSettings: [{}, { scope: 'worker', option: true }],
  smtp: [
    async ({}, use) => {
      const smtp = await startSmtpServer()
      await use(smtp)
      await smtp.close()
    },
    { scope: 'worker' },
  ],
  site: [
    async ({ siteDatabase, sendsMail, siteSettings, smtp }, use) => {
      const mail = { SMTP_URL: smtp.url, SMTP_FROM: 'L’annuaire <desk@directory.example>' }
      const site = await startTestSite(
        { ...(sendsMail ? mail : {}), ...siteSettings },
        siteDatabase,
      )
      await use(site)
      const { closeDatabase } = await import('@/lib/database/client')
      await closeDatabase()
      await site.stop()
    },
    { scope: 'worker', auto: true, timeout: 180_000 },
  ],
  desk: [
    async ({ site: _ }, use) => {
      const { createDesk } = await import('./create-desk')
      await use(await createDesk(`Fictional Desk ${randomUUID().slice(0, 8)}`))
    },
    { scope: 'worker' },
  ],
  siteStops: [false, { option: true }],
  locale: async ({ locale }, use) => {
    await use(locale === 'en' ? 'en' : 'fr')
  },
  baseURL: async ({ site }, use) => {
    await use(site.origin)
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
