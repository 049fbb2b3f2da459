import { randomUUID } from 'node:crypto'
import { ask, type Answer } from './http'
import { CookieJar, createUser, passwordSignIn, setUpFactor } from './people'

/** Signs an administrator in, at the library; gives the header `Cookie` of their browser. */
export async function administratorCookie(): Promise<string> {
  const email = `administrator-${randomUUID()}@fictional.example`
  await createUser('administrator', { email })
  const jar = await passwordSignIn(email, new CookieJar())
  await setUpFactor(jar)
  return jar.headers.get('cookie') ?? ''
}

/** How a form was answered. */
export type Sent = Answer & {
  /** Where the answer leads; empty where it leads nowhere. */
  location: string
  /** The organisation as it was saved; null where it was not. */
  saved: string | null
}

/** Sends a form as a browser without scripts does, over a connection of its own. */
export async function sendFields(
  base: string,
  address: string,
  cookie: string,
  fields: Record<string, string>,
): Promise<Sent> {
  const answer = await ask(base, address, {
    method: 'POST',
    headers: {
      cookie,
      origin: base,
      connection: 'close',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(fields).toString(),
  })
  const location = String(answer.headers['location'] ?? '')
  const saved = /organisations\/([0-9a-f-]{36})\?done=/.exec(location)?.[1] ?? null
  return { ...answer, location, saved }
}

/**
 * Sends the form of a profile: a new one, or one that was saved.
 *
 * @param profile its id and the version that the form was made from
 */
export function sendProfile(
  base: string,
  cookie: string,
  fields: Record<string, string>,
  profile: { id: string; version: number } | null = null,
): Promise<Sent> {
  return sendFields(base, '/fr/admin/organisations/save', cookie, {
    id: profile?.id ?? '',
    base: profile === null ? '' : String(profile.version),
    form: randomUUID(),
    intent: 'save',
    ...fields,
  })
}
