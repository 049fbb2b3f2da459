'use server'

import { redirect } from 'next/navigation'
import {
  updateUser,
  disableUser,
  enableUser,
  revokeSessions,
  inviteUser,
  createPasswordLink,
  userSchema,
  resetTwoFactor,
} from '@/lib/users/users'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue, nextFormState, type FormState } from '@/lib/forms/state'
import { parseLocale, localePath } from '@/lib/i18n/navigation'
import {
  actingUser,
  pathToPressAgain,
  reauthenticateInForm,
  requireReauthentication,
} from '../require-user'

/** Fields of the form about an existing user, whose e-mail does not change. */
const USER_FIELDS = [
  ...['name', 'locale', 'role', 'regions', 'organisations', 'languages'],
  'secret',
]

/** Turns form values into the input of `userSchema`. */
function userInputFrom(values: FormState['values']) {
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

type ValidationError = { issues: readonly { path: PropertyKey[]; message: string }[] }

function fieldErrors({ issues }: ValidationError) {
  const fields = [...new Set(issues.map(({ path }) => String(path[0])))]
  return fields.map((field) => ({
    field,
    code: issues.find(({ path }) => String(path[0]) === field)?.message ?? 'unknown',
  }))
}

/** Creates an account; the answer shows the invitation link if the site sends no mail. */
export async function inviteUserAction(state: FormState, form: FormData): Promise<FormState> {
  const values = parseFormData(form, [...USER_FIELDS, 'email'])
  const kept = nextFormState(state, values)
  const signedIn = await actingUser('invite')
  if (!signedIn) return { ...kept, formError: 'notSignedIn' }
  const again = await reauthenticateInForm(signedIn, values)
  if (again) return { ...kept, errors: [again] }
  const parsed = userSchema.safeParse(userInputFrom(values))
  if (!parsed.success) return { ...kept, errors: fieldErrors(parsed.error) }
  const outcome = await inviteUser(signedIn.actor, parsed.data)
  if (outcome.ok) {
    const { name } = parsed.data
    return { ...kept, values: { invited: ['1'], name: [name], link: [outcome.link ?? ''] } }
  }
  if (outcome.reason === 'denied') return { ...kept, formError: outcome.reason }
  const field = outcome.reason === 'exists' ? 'email' : 'organisations'
  return { ...kept, errors: [{ field, code: outcome.reason }] }
}

/** Changes name, language, role and scope of a user. */
export async function updateUserAction(
  language: string,
  id: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const locale = parseLocale(language)
  const values = parseFormData(form, USER_FIELDS)
  const kept = nextFormState(state, values)
  const signedIn = await actingUser('changePerson')
  if (!signedIn) return { ...kept, formError: 'notSignedIn' }
  const again = await reauthenticateInForm(signedIn, values)
  if (again) return { ...kept, errors: [again] }
  const path = `/admin/people/${encodeURIComponent(String(id))}`
  const parsed = userSchema.omit({ email: true }).safeParse(userInputFrom(values))
  if (!parsed.success) return { ...kept, errors: fieldErrors(parsed.error) }
  const outcome = await updateUser(signedIn.actor, String(id), parsed.data)
  if (outcome.ok) redirect(localePath(locale, `${path}?done=changed`))
  if (outcome.reason === 'unknownOrganisation') {
    return { ...kept, errors: [{ field: 'organisations', code: outcome.reason }] }
  }
  return { ...kept, formError: outcome.reason }
}

/** Creates a link for choosing a password; it is mailed, or shown if the site sends no mail. */
export async function createPasswordLinkAction(
  language: string,
  id: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  parseFormData(form, [])
  const kept = nextFormState(state)
  const signedIn = await actingUser('createLink')
  if (!signedIn) return { ...kept, formError: 'notSignedIn' }
  const path = `/admin/people/${encodeURIComponent(String(id))}`
  const locale = parseLocale(language)
  requireReauthentication(signedIn, pathToPressAgain(path, 'link'), locale)
  const outcome = await createPasswordLink(signedIn.actor, String(id))
  if (!outcome.ok) return { ...kept, formError: outcome.reason }
  if (outcome.link === null) redirect(localePath(locale, `${path}?done=mailed`))
  return { ...kept, values: { link: [outcome.link] } }
}

const ACCOUNT_ACTIONS = {
  disabled: disableUser,
  enabled: enableUser,
  sessionsRevoked: revokeSessions,
  twoFactorReset: resetTwoFactor,
} as const

/** Disables or enables an account, ends its sessions, or resets its two-factor authentication. */
export async function accountAction(language: string, id: string, form: FormData): Promise<void> {
  const locale = parseLocale(language)
  const path = `/admin/people/${encodeURIComponent(String(id))}`
  const asked = firstValue(parseFormData(form, ['act']), 'act')
  const done = (Object.keys(ACCOUNT_ACTIONS) as (keyof typeof ACCOUNT_ACTIONS)[]).find(
    (act) => act === asked,
  )
  const signedIn = await actingUser('account')
  const again = done === undefined ? path : pathToPressAgain(path, done)
  if (!signedIn) {
    redirect(localePath(locale, `/sign-in?next=${encodeURIComponent(localePath(locale, again))}`))
  }
  requireReauthentication(signedIn, again, locale)
  if (done === undefined) redirect(localePath(locale, path))
  const outcome = await ACCOUNT_ACTIONS[done](signedIn.actor, String(id))
  redirect(
    localePath(locale, `${path}?${outcome.ok ? `done=${done}` : `problem=${outcome.reason}`}`),
  )
}
