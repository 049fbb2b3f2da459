'use server'

import type { LinkFormState } from '@/components/admin/link-form'
import { env } from '@/lib/env'
import { readForm } from '@/lib/forms/read-form-data'
import { firstValue, shownAgain } from '@/lib/forms/state'
import { knownLocale } from '@/lib/i18n/navigation'
import { sendProposalLink } from '@/lib/proposals/decide'
import { actingPerson } from '../../../require-user'

/** Sends a link by which changes can be proposed; where there is no mail, it is shown once. */
export async function sendLink(state: LinkFormState, form: FormData): Promise<LinkFormState> {
  const values = readForm(form, ['id', 'email', 'language'])
  const again = (answer: Partial<LinkFormState>): LinkFormState => ({
    ...shownAgain(state, values),
    link: null,
    ...answer,
  })
  const signedIn = await actingPerson('sendLink')
  if (!signedIn) return again({ refusal: 'signedOut' })
  const language = firstValue(values, 'language')
  const outcome = await sendProposalLink(signedIn.actor, {
    id: firstValue(values, 'id'),
    email: firstValue(values, 'email'),
    locale: knownLocale(language),
  })
  if (!outcome.ok) {
    return again(
      outcome.reason === 'notAnEmail'
        ? { faults: [{ field: 'email', code: outcome.reason }] }
        : { refusal: outcome.reason },
    )
  }
  return again({
    values: { language: [language] },
    link: env.SMTP_URL === null ? outcome.link : '',
  })
}
