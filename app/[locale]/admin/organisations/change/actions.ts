'use server'

import { redirect } from 'next/navigation'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue } from '@/lib/forms/state'
import { parseLocale, localePath } from '@/lib/i18n/navigation'
import { hideProfile, listProfile } from '@/lib/organisations/publish'
import { ADMIN_PAGE_SIZE } from '@/lib/admin/filters'
import { actingUser } from '../../require-user'

/** Hides or lists several profiles: a command for each, with the permission of each. */
export async function changeSeveral(form: FormData): Promise<void> {
  const values = parseFormData(form, ['id', 'act', 'locale'])
  const locale = parseLocale(firstValue(values, 'locale'))
  const signedIn = await actingUser('changeSeveral')
  if (!signedIn) {
    const next = encodeURIComponent(localePath(locale, '/admin'))
    redirect(localePath(locale, `/sign-in?next=${next}`))
  }
  const act = firstValue(values, 'act') === 'list' ? 'list' : 'hide'
  const command = act === 'list' ? listProfile : hideProfile
  const ids = [...new Set(values['id'])].slice(0, ADMIN_PAGE_SIZE)
  let changed = 0
  for (const id of ids) {
    const outcome = await command(signedIn.actor, { id, reason: act })
    if (outcome.ok) changed += 1
  }
  redirect(
    localePath(locale, `/admin?changed=${String(changed)}&refused=${String(ids.length - changed)}`),
  )
}
