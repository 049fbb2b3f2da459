'use server'

import { redirect } from 'next/navigation'
import {
  changePerson,
  disablePerson,
  enablePerson,
  endSessionsOf,
  invitePerson,
  makeLinkFor,
  personSchema,
  resetFactorOf,
} from '@/lib/users/users'
import { readForm } from '@/lib/forms/read-form-data'
import { firstValue, shownAgain, type FormState } from '@/lib/forms/state'
import { knownLocale, localePath } from '@/lib/i18n/navigation'
import { actingPerson, askAgain, requireSudo } from '../require-user'

/** Fields of the form about somebody who has an account; their address does not change. */
const PERSON_FIELDS = [
  ...['name', 'locale', 'role', 'regions', 'organisations', 'languages'],
  'secret',
]

/** From the fields of the form to what the schema knows. */
function inputOf(values: FormState['values']) {
  const words = (name: string) =>
    firstValue(values, name)
      .split(/[\s,;]+/)
      .filter(Boolean)
  return {
    name: firstValue(values, 'name'),
    email: firstValue(values, 'email'),
    locale: firstValue(values, 'locale'),
    role: firstValue(values, 'role'),
    regions: values['regions'] ?? [],
    organisations: words('organisations'),
    languages: words('languages'),
  }
}

type Issues = { issues: readonly { path: PropertyKey[]; message: string }[] }

function faultsOf({ issues }: Issues) {
  const fields = [...new Set(issues.map(({ path }) => String(path[0])))]
  return fields.map((field) => ({
    field,
    code: issues.find(({ path }) => String(path[0]) === field)?.message ?? 'unknown',
  }))
}

/** Gives somebody an account; the answer holds the link for them where the site sends no mail. */
export async function inviteAction(state: FormState, form: FormData): Promise<FormState> {
  const values = readForm(form, [...PERSON_FIELDS, 'email'])
  const kept = shownAgain(state, values)
  const signedIn = await actingPerson('invite')
  if (!signedIn) return { ...kept, refusal: 'nobody' }
  const again = await askAgain(signedIn, values)
  if (again) return { ...kept, faults: [again] }
  const parsed = personSchema.safeParse(inputOf(values))
  if (!parsed.success) return { ...kept, faults: faultsOf(parsed.error) }
  const outcome = await invitePerson(signedIn.actor, parsed.data)
  if (outcome.ok) {
    const { name } = parsed.data
    return { ...kept, values: { invited: ['1'], name: [name], link: [outcome.link ?? ''] } }
  }
  if (outcome.reason === 'denied') return { ...kept, refusal: outcome.reason }
  const field = outcome.reason === 'exists' ? 'email' : 'organisations'
  return { ...kept, faults: [{ field, code: outcome.reason }] }
}

/** Changes what somebody is called and may do. */
export async function changePersonAction(
  language: string,
  id: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const locale = knownLocale(language)
  const values = readForm(form, PERSON_FIELDS)
  const kept = shownAgain(state, values)
  const signedIn = await actingPerson('changePerson')
  if (!signedIn) return { ...kept, refusal: 'nobody' }
  const again = await askAgain(signedIn, values)
  if (again) return { ...kept, faults: [again] }
  const path = `/admin/people/${encodeURIComponent(String(id))}`
  const parsed = personSchema.omit({ email: true }).safeParse(inputOf(values))
  if (!parsed.success) return { ...kept, faults: faultsOf(parsed.error) }
  const outcome = await changePerson(signedIn.actor, String(id), parsed.data)
  if (outcome.ok) redirect(localePath(locale, `${path}?done=changed`))
  if (outcome.reason === 'unknownOrganisation') {
    return { ...kept, faults: [{ field: 'organisations', code: outcome.reason }] }
  }
  return { ...kept, refusal: outcome.reason }
}

/** Makes a link by which somebody sets their password; the answer holds it, or it was mailed. */
export async function makeLinkAction(
  language: string,
  id: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  readForm(form, [])
  const kept = shownAgain(state)
  const signedIn = await actingPerson('makeLink')
  if (!signedIn) return { ...kept, refusal: 'nobody' }
  const path = `/admin/people/${encodeURIComponent(String(id))}`
  const locale = knownLocale(language)
  requireSudo(signedIn, path, locale)
  const outcome = await makeLinkFor(signedIn.actor, String(id))
  if (!outcome.ok) return { ...kept, refusal: outcome.reason }
  if (outcome.link === null) redirect(localePath(locale, `${path}?done=mailed`))
  return { ...kept, values: { link: [outcome.link] } }
}

const ACTS = {
  disabled: disablePerson,
  enabled: enablePerson,
  sessionsEnded: endSessionsOf,
  factorReset: resetFactorOf,
} as const

/** Shuts somebody out or lets them in again, ends their sessions, takes their second factor away. */
export async function accountAction(language: string, id: string, form: FormData): Promise<void> {
  const locale = knownLocale(language)
  const path = `/admin/people/${encodeURIComponent(String(id))}`
  const asked = firstValue(readForm(form, ['act']), 'act')
  const signedIn = await actingPerson('account')
  if (!signedIn) redirect(localePath(locale, '/sign-in'))
  requireSudo(signedIn, path, locale)
  const done = (Object.keys(ACTS) as (keyof typeof ACTS)[]).find((act) => act === asked)
  if (done === undefined) redirect(localePath(locale, path))
  const outcome = await ACTS[done](signedIn.actor, String(id))
  redirect(
    localePath(locale, `${path}?${outcome.ok ? `done=${done}` : `problem=${outcome.reason}`}`),
  )
}
