'use server'

import type { LinkFormState } from '@/components/admin/link-form'
import { env } from '@/lib/env'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue, nextFormState } from '@/lib/forms/state'
import { parseLocale } from '@/lib/i18n/navigation'
import { sendProposalLink } from '@/lib/proposals/send-proposal-link'
import { actingUser } from '../../../require-user'

/** Sends a link by which changes can be proposed; where there is no mail, it is shown once. */
export async function sendProposalLinkAction(
  state: LinkFormState,
  form: FormData,
): Promise<LinkFormState> {
  const values = parseFormData(form, ['id', 'email', 'language'])
  const again = (answer: Partial<LinkFormState>): LinkFormState => ({
    ...nextFormState(state, values),
    link: null,
    ...answer,
  })
  const signedIn = await actingUser('sendLink')
  if (!signedIn) return again({ formError: 'signedOut' })
  const language = firstValue(values, 'language')
  const outcome = await sendProposalLink(signedIn.actor, {
    id: firstValue(values, 'id'),
    email: firstValue(values, 'email'),
    locale: parseLocale(language),
  })
  if (!outcome.ok) {
    return again(
      outcome.reason === 'notAnEmail'
        ? { errors: [{ field: 'email', code: outcome.reason }] }
        : { formError: outcome.reason },
    )
  }
  return again({
    values: { language: [language] },
    link: env.SMTP_URL === null ? outcome.link : '',
  })
}
