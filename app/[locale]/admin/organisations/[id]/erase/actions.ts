'use server'

import { redirect } from 'next/navigation'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue, nextFormState, type FormState } from '@/lib/forms/state'
import { parseLocale, localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { eraseOrganisation } from '@/lib/organisations/remove'
import { loadForErasure } from '@/lib/organisations/erase'
import { actingUser, reauthenticateInForm } from '../../../require-user'
import type { EraseErrorCode } from './error-codes'

/** Erases an organisation whose name was typed, and shows what the audit log says of it. */
export async function erase(
  language: Locale,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const locale = parseLocale(language)
  const values = parseFormData(form, ['id', 'version', 'name', 'secret'])
  const again = (refusal: EraseErrorCode | null, faults: FormState['errors'] = []): FormState => ({
    ...nextFormState(state, values),
    ...{ errors: faults, formError: refusal },
  })
  const signedIn = await actingUser('erase')
  if (!signedIn) return again('signedOut')
  const id = firstValue(values, 'id')
  const organisation = await loadForErasure(signedIn.actor, id)
  // Where there is none to erase, the command says why, and leaves a trace of who may not.
  if (organisation !== null) {
    const isNamed = sameName(firstValue(values, 'name'), organisation.name)
    if (!isNamed) return again(null, [{ field: 'name', code: 'otherName' }])
    const asked = await reauthenticateInForm(signedIn, values)
    if (asked) return again(null, [asked])
  }
  const outcome = await eraseOrganisation(signedIn.actor, {
    id,
    version: Number(firstValue(values, 'version')),
    reason: 'onRequest',
  })
  if (!outcome.ok) {
    const { reason } = outcome
    return again(reason === 'denied' || reason === 'stale' ? reason : 'notFound')
  }
  redirect(localePath(locale, `/admin/audit?subject=${encodeURIComponent(id)}`))
}

function sameName(typed: string, name: string): boolean {
  const plain = (text: string) => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim()
  return plain(typed) === plain(name)
}
