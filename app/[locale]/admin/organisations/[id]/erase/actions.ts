'use server'

import { redirect } from 'next/navigation'
import { readForm } from '@/lib/forms/read-form-data'
import { firstValue, shownAgain, type FormState } from '@/lib/forms/state'
import { knownLocale, localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { eraseOrganisation } from '@/lib/organisations/result'
import { readErasable } from '@/lib/organisations/erase'
import { actingPerson, askAgain } from '../../../require-user'
import type { EraseRefusal } from './refusals'

/** Erases an organisation whose name was typed, and shows what the audit log says of it. */
export async function erase(
  language: Locale,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const locale = knownLocale(language)
  const values = readForm(form, ['id', 'version', 'name', 'secret'])
  const again = (refusal: EraseRefusal | null, faults: FormState['faults'] = []): FormState => ({
    ...shownAgain(state, values),
    ...{ faults, refusal },
  })
  const signedIn = await actingPerson('erase')
  if (!signedIn) return again('signedOut')
  const id = firstValue(values, 'id')
  const organisation = await readErasable(signedIn.actor, id)
  // Where there is none to erase, the command says why, and leaves a trace of who may not.
  if (organisation !== null) {
    const isNamed = sameName(firstValue(values, 'name'), organisation.name)
    if (!isNamed) return again(null, [{ field: 'name', code: 'otherName' }])
    const asked = await askAgain(signedIn, values)
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
