import { runSite, type RunningSite } from './site'
import { startSmtpServer, type SmtpServer } from './smtp'
import { test as base } from './test'

/**
 * Makes a site the one that a test is about, for this test and no longer: what a worker leaves in its
 * environment goes on to the projects after it.
 */
export async function useSite(
  baseUrl: string,
  databaseUrl: string,
  use: () => Promise<void>,
): Promise<void> {
  const shared = {
    BASE_URL: process.env['BASE_URL'],
    DATABASE_URL: process.env['DATABASE_URL'],
  }
  Object.assign(process.env, { BASE_URL: baseUrl, DATABASE_URL: databaseUrl })
  await use()
  Object.assign(process.env, shared)
}

/**
 * Playwright's test on a site of its own that sends mail, to a mail server of its own. Whatever runs
 * beside the site (`runOnSite`) runs on its database.
 */
export const test = base.extend<{ onSite: void }, { smtp: SmtpServer; site: RunningSite }>({
  smtp: [
    async ({}, use) => {
      const smtp = await startSmtpServer()
      await use(smtp)
      await smtp.close()
    },
    { scope: 'worker' },
  ],
  site: [
    async ({ smtp }, use) => {
      const site = await runSite({
        settings: { SMTP_URL: smtp.url, SMTP_FROM: 'L’annuaire <desk@directory.example>' },
      })
      await use(site)
      await site.stop()
    },
    { scope: 'worker' },
  ],
  onSite: [({ site }, use) => useSite(site.baseUrl, site.databaseUrl, use), { auto: true }],
  baseURL: async ({ site }, use) => {
    await use(site.baseUrl)
  },
})
