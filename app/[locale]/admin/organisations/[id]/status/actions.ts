'use server'

import { redirect } from 'next/navigation'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue } from '@/lib/forms/state'
import { parseLocale, localePath } from '@/lib/i18n/navigation'
import { parseAsItIs } from '@/lib/organisations/disclosure'
import {
  confirmProfile,
  hideProfile,
  listProfile,
  withdrawProfile,
} from '@/lib/organisations/publish'
import { loadVisibleProfile } from '@/lib/admin/open-profile'
import { actingUser } from '../../../require-user'

const COMMANDS = {
  hide: hideProfile,
  withdraw: withdrawProfile,
  list: listProfile,
  confirm: confirmProfile,
} as const

/**
 * Hides, withdraws, lists or confirms a profile. Hiding and withdrawing are never held up by what
 * somebody else changed meanwhile; listing and confirming are about what was read.
 */
export async function changeStatus(form: FormData): Promise<void> {
  const values = parseFormData(form, ['id', 'version', 'locale', 'from', 'act', 'asItIs'])
  const locale = parseLocale(firstValue(values, 'locale'))
  const id = firstValue(values, 'id')
  // Confirming is offered beside the form too, and leads back to it.
  const isInForm = firstValue(values, 'from') === 'form'
  const path = `/admin/organisations/${encodeURIComponent(id)}${isInForm ? '' : '/status'}`
  const signedIn = await actingUser('changeStatus')
  if (!signedIn) {
    redirect(localePath(locale, `/sign-in?next=${encodeURIComponent(localePath(locale, path))}`))
  }
  const { intent, asItIs } = parseAsItIs(firstValue(values, 'asItIs'))
  const act = (['hide', 'withdraw', 'list', 'confirm'] as const).find(
    (one) => one === (intent || firstValue(values, 'act')),
  )
  if (!act) redirect(localePath(locale, path))
  const isAboutWhatWasRead = act === 'list' || act === 'confirm'
  const version = Number(firstValue(values, 'version'))
  const outcome = await COMMANDS[act](signedIn.actor, {
    id,
    reason: act,
    asItIs,
    ...(isAboutWhatWasRead ? { version } : {}),
  })
  // What was withdrawn is there for administrators alone.
  if (outcome.ok && act === 'withdraw' && !(await loadVisibleProfile(signedIn.actor, id)))
    redirect(localePath(locale, '/admin?done=withdraw'))
  const key = isInForm ? 'confirmed' : 'done'
  const answer = outcome.ok ? `${key}=${act}` : `refused=${outcome.reason}`
  redirect(localePath(locale, `${path}?${answer}`))
}
