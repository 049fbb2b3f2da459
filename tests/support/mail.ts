import { readFileSync } from 'node:fs'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import type { Messages } from '@/lib/i18n/catalogs'
import { expectAccessible } from './accessibility'
import type { Received, SmtpServer } from './smtp'

/** The outbox is looked at every few seconds. */
const COMING = { timeout: 60_000 }

/** Waits for the next mail to somebody after those that they have read. */
export async function mailTo(smtp: SmtpServer, email: string, read = 0): Promise<Received> {
  const theirs = () => smtp.received.filter(({ to }) => to.includes(email))
  await expect.poll(() => theirs().length, COMING).toBeGreaterThan(read)
  const mail = theirs()[read]
  if (!mail) throw new Error('no mail')
  return { ...mail, text: mail.text.replaceAll('\r\n', '\n') }
}

/** The catalog of a language. */
export const words = (locale: 'fr' | 'en') =>
  JSON.parse(readFileSync(`messages/${locale}.json`, 'utf8')) as Messages

/** What a text of the catalog says before the first value that is put into it. */
export const beginning = (text: string) => text.split('{')[0] ?? ''

/** The address in a mail that leads to a page of this kind. Throws where there is none. */
export function linkIn({ text }: Received, kind: string): string {
  const link = new RegExp(`^http\\S+/${kind}/\\S+$`, 'm').exec(text)?.[0]
  if (link === undefined) throw new Error(`no link in: ${text}`)
  return link
}

/** Expects a link that sets no password any more. */
export async function expectGone(page: Page, link: string, locale: 'fr' | 'en') {
  await page.goto(link)
  await expect(page.locator('h1')).toHaveText(words(locale).SignIn.link.goneTitle)
  await expect(page.locator('main [name=password]')).toHaveCount(0)
  await expectAccessible(page)
}

/** Another browser: it shares nothing with the first but its language and whether scripts run. */
export const another = (
  context: BrowserContext,
  baseURL: string | undefined,
): Promise<BrowserContext> => {
  const { javaScriptEnabled = true } = test.info().project.use
  const browser = context.browser()
  if (!browser) throw new Error('no browser')
  return browser.newContext({ javaScriptEnabled, ...(baseURL === undefined ? {} : { baseURL }) })
}
