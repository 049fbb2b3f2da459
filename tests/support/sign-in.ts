import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import type { BrowserContext, Page } from '@playwright/test'
import { PASSWORD, totp } from './totp'

type Role = 'administrator' | 'editor' | 'translator' | 'member'
/** Codes of regions, ids of organisations, tags of languages; and the language that they are written to in. */
type Reach = {
  regions?: string[]
  organisations?: string[]
  languages?: string[]
  locale?: 'fr' | 'en'
}

/** Somebody of the tests, with what they sign in with. */
export type TestUser = {
  id: string
  email: string
  password: string
  /** Of the second factor; null where their role needs none. The code of the moment was used. */
  secret: string | null
  /** Of a session in which password and code were given just now. */
  cookies: { name: string; value: string }[]
}

/** Runs a program of the repository on the database of the site under test; gives its stdout. */
export function runOnSite(file: string, args: string[]): string {
  const run = spawnSync(process.execPath, ['--import', 'tsx', file, ...args], {
    env: {
      ...process.env,
      NODE_ENV: 'test',
      LANG: 'en_GB.UTF-8',
      PUBLIC_ORIGIN: process.env['BASE_URL'] ?? '',
    },
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`${file} ended with ${run.status}: ${run.stderr}`)
  return run.stdout.trim()
}

/** Puts a new person with a password, and with a second factor where the role needs one, into the database of the site under test. */
export async function createTestUser(role: Role, reach: Reach = {}): Promise<TestUser> {
  // Not before the site has started: what they import reads the settings of this process.
  const { createUser, passwordSignIn, setUpFactor } = await import('./people')
  const { requiresTwoFactor } = await import('@/lib/auth/session')
  const email = `${role}-${randomUUID()}@fictional.example`
  const id = await createUser(role, { ...reach, email })
  const jar = await passwordSignIn(email)
  const secret = requiresTwoFactor(role) ? (await setUpFactor(jar)).secret : null
  return { id, email, password: PASSWORD, secret, cookies: jar.cookies }
}

/** The header `Cookie` of the session in which somebody was made. */
export function cookieHeader({ cookies }: TestUser): string {
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}

/** Makes a new person, in whose name a browser is signed in from now on. */
export async function signInAs(
  context: BrowserContext,
  role: Role,
  reach: Reach = {},
): Promise<TestUser> {
  const person = await createTestUser(role, reach)
  const url = process.env['BASE_URL'] ?? ''
  await context.addCookies(person.cookies.map((cookie) => ({ ...cookie, url })))
  return person
}

/** Waits until a page of this address has come, its query included where one is named. */
export async function waitForAddress(page: Page, address: string): Promise<void> {
  await page.waitForURL(({ pathname, search }) =>
    address.includes('?') ? pathname + search === address : pathname === address,
  )
}

/** Fills in e-mail and password on the page of the site and sends them. */
export async function sendPassword(
  page: Page,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.locator('main [name=email]').fill(email)
  await page.locator('main [name=password]').fill(password)
  await page.locator('main form button').click()
}

/** Sets up a second factor on the page that asks for it; gives its secret. Ends at the recovery codes. */
export async function setUpFactor(page: Page): Promise<string> {
  const secret = await page.locator('.key').innerText()
  await page.locator('main [name=code]').fill(totp(secret))
  await page.locator('main form button').click()
  await page.locator('.codes li').first().waitFor()
  return secret
}

/**
 * Makes a new person, signs their browser in, and opens a page of the desk.
 *
 * @param next its address, from the language on
 */
export async function signIn(
  page: Page,
  role: Role,
  { locale, next = '/admin/account', ...reach }: Reach & { locale: 'fr' | 'en'; next?: string },
): Promise<TestUser> {
  const person = await signInAs(page.context(), role, reach)
  await page.goto(`/${locale}${next}`)
  await waitForAddress(page, `/${locale}${next}`)
  return person
}
