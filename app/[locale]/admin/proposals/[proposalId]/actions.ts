'use server'

import { redirect } from 'next/navigation'
import { firstValue, readValues, shownAgain, type FormState } from '@/lib/form/state'
import { knownLocale, localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { decideProposal, declineProposal, returnProposal } from '@/lib/proposal/commands'
import { actingPerson } from '../../require-person'

/** Accepts what is ticked of a proposal, asks back or declines, and shows the list. */
export async function decide(asked: Locale, state: FormState, form: FormData): Promise<FormState> {
  const locale = knownLocale(asked)
  const values = readValues(form)
  const again = (answer: Partial<FormState>): FormState => ({
    ...shownAgain(state, values),
    ...answer,
  })
  const signedIn = await actingPerson()
  if (!signedIn) return again({ refusal: 'signedOut' })
  const { actor } = signedIn
  const decision = {
    proposalId: firstValue(values, 'proposalId'),
    seen: new Date(firstValue(values, 'seen')),
    answer: firstValue(values, 'answer'),
  }
  const decided = await (() => {
    switch (firstValue(values, 'intent')) {
      case 'accept': {
        const version = Number(firstValue(values, 'version'))
        return decideProposal(actor, { ...decision, version, fields: values['field'] ?? [] })
      }
      case 'return':
        return returnProposal(actor, decision)
      case 'decline':
        return declineProposal(actor, decision)
      default:
        return { ok: false, reason: 'unknown' } as const
    }
  })()
  if (!decided.ok) {
    const faults =
      decided.reason === 'invalid'
        ? decided.issues.flatMap(({ path, code }) =>
            path === 'answer' ? { field: path, code } : [],
          )
        : []
    return again(faults.length > 0 ? { faults } : { refusal: decided.reason })
  }
  const done = { accept: 'accepted', return: 'returned', decline: 'declined' } as const
  const intent = firstValue(values, 'intent') as keyof typeof done
  redirect(localePath(locale, `/admin/proposals?done=${done[intent]}`))
}
