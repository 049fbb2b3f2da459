import { useSite } from './own-site'
import { runSite, type RunningSite } from './site'
import { startSmtpServer, type SmtpServer } from './smtp'
import { test as base } from './test'

/** Playwright's test from a fresh start: a site with nothing but its first page, and a mail server. */
export const test = base.extend<{ smtp: SmtpServer; site: RunningSite; onSite: void }>({
  smtp: async ({}, use) => {
    const smtp = await startSmtpServer()
    await use(smtp)
    await smtp.close()
  },
  site: async ({ smtp }, use) => {
    const site = await runSite({
      settings: { SMTP_URL: smtp.url, SMTP_FROM: 'L’annuaire <desk@directory.example>' },
    })
    await use(site)
    await site.stop()
  },
  onSite: [({ site }, use) => useSite(site.baseUrl, site.databaseUrl, use), { auto: true }],
  baseURL: async ({ site }, use) => {
    await use(site.baseUrl)
  },
})
