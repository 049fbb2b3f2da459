import { randomUUID } from 'node:crypto'
import { enableTwoFactor, prepareTwoFactor } from '@/lib/auth/two-factor'
import { hashPassword } from '@/lib/auth/password'
import type { Role } from '@/lib/permissions/permissions'
import { findSession } from '@/lib/auth/session'
import { signIn } from '@/lib/auth/sign-in'
import { writer } from '@/lib/database/client'
import { PASSWORD, totp } from './totp'

/** Hashing it once is enough. */
let hashed: Promise<string> | undefined

/** Puts a person with a password into the database, as if invited long ago; gives the id. */
export async function createUser(
  role: Role,
  {
    email = `${role}@fictional.example`,
    locale = 'fr',
    regions = [],
    organisations = [],
    languages = [],
  }: {
    email?: string
    locale?: string
    regions?: string[]
    organisations?: string[]
    languages?: string[]
  } = {},
): Promise<string> {
  const id = randomUUID()
  const now = new Date()
  hashed ??= hashPassword(PASSWORD)
  const stamps = { createdAt: now, updatedAt: now }
  await writer().user.create({
    data: {
      ...{ id, email, role, name: `Fictional ${role}`, locale, emailVerified: true },
      ...stamps,
      regions: { create: regions.map((region) => ({ region })) },
      organisations: { create: organisations.map((organisationId) => ({ organisationId })) },
      languages: { create: languages.map((language) => ({ language })) },
      accounts: {
        create: {
          ...{ id: `account-${id}`, accountId: id, providerId: 'credential' },
          ...stamps,
          password: await hashed,
        },
      },
    },
  })
  return id
}

/** A browser without a window: it keeps the cookies that it is given. */
export class CookieJar {
  readonly #cookies = new Map<string, string>()

  /** Takes what an answer sets, as a browser does. */
  take(answer: Headers): void {
    for (const cookie of answer.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const name = pair.slice(0, pair.indexOf('='))
      if (/max-age=0/i.test(cookie)) this.#cookies.delete(name)
      else this.#cookies.set(name, pair.slice(name.length + 1))
    }
  }

  /** Replaces a cookie by what somebody else would write. */
  put(name: string, value: string): void {
    this.#cookies.set(name, value)
  }

  get names(): string[] {
    return [...this.#cookies.keys()]
  }

  get cookies(): { name: string; value: string }[] {
    return [...this.#cookies].map(([name, value]) => ({ name, value }))
  }

  /** The headers of the next request. */
  get headers(): Headers {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return new Headers({ cookie, 'user-agent': 'Mozilla/5.0 Firefox/140.0' })
  }
}

/** Signs somebody in by password alone, at the library. Throws where that is refused. */
export async function passwordSignIn(email: string, jar = new CookieJar()): Promise<CookieJar> {
  const outcome = await signIn(jar.headers, { email, password: PASSWORD })
  if (!outcome.ok) throw new Error(outcome.reason)
  jar.take(outcome.cookies)
  return jar
}

/** Sets up a second factor for whoever has signed in; gives its secret and the recovery codes. */
export async function setUpFactor(
  jar: CookieJar,
): Promise<{ secret: string; recoveryCodes: string[] }> {
  const found = await findSession(jar.headers)
  const prepared = found && (await prepareTwoFactor(found.signedIn))
  if (!prepared) throw new Error('nobody, or a second factor is set up')
  const outcome = await enableTwoFactor(jar.headers, totp(prepared.secret))
  if (!outcome.ok) throw new Error(outcome.reason)
  jar.take(outcome.cookies)
  return { secret: prepared.secret, recoveryCodes: outcome.recoveryCodes }
}
