'use server'

import { redirect } from 'next/navigation'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue, nextFormState, type FormState } from '@/lib/forms/state'
import { parseLocale, localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { disclosureValues } from '@/lib/organisations/disclosure'
import {
  acceptProposal,
  declineProposal,
  returnProposal,
  type ConflictChoice,
} from '@/lib/proposals/decide'
import { actingUser } from '../../require-user'

/** Begins the name of a field that says what stands of one that both sides changed; its key follows. */
const CHOICE = 'choice.'

const REVIEW_FIELDS = ['proposalId', 'seen', 'version', 'field', 'answer', 'intent', 'asItIs']
const isReviewField = (name: string) => REVIEW_FIELDS.includes(name) || name.startsWith(CHOICE)

function parseChoices(values: FormState['values']): Map<string, ConflictChoice> {
  const choices = Object.keys(values).flatMap((name): [string, ConflictChoice][] => {
    const choice = (['now', 'proposed'] as const).find((one) => one === firstValue(values, name))
    return name.startsWith(CHOICE) && choice ? [[name.slice(CHOICE.length), choice]] : []
  })
  return new Map(choices)
}

/** Accepts what is ticked of a proposal, asks back or declines, and shows the list. */
export async function decide(asked: Locale, state: FormState, form: FormData): Promise<FormState> {
  const locale = parseLocale(asked)
  const values = parseFormData(form, isReviewField)
  const again = (answer: Partial<FormState>): FormState => ({
    ...nextFormState(state, values),
    ...answer,
  })
  const signedIn = await actingUser('decide')
  if (!signedIn) return again({ formError: 'signedOut' })
  const { actor } = signedIn
  const decision = {
    proposalId: firstValue(values, 'proposalId'),
    reviewedAt: new Date(firstValue(values, 'seen')),
    answer: firstValue(values, 'answer'),
  }
  // "Publish as it is" accepts what is ticked, with the passages that it names.
  const isAsItIs = firstValue(values, 'asItIs') !== ''
  const intent = isAsItIs ? 'accept' : firstValue(values, 'intent')
  const decided = await (() => {
    switch (intent) {
      case 'accept': {
        const version = Number(firstValue(values, 'version'))
        const fields = values['field'] ?? []
        return acceptProposal(actor, {
          ...decision,
          version,
          fields,
          choices: parseChoices(values),
          asItIs: firstValue(values, 'asItIs').split(' '),
        })
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
    if (decided.reason === 'wouldDisclose') {
      const shown = { ...values, ...disclosureValues(decided) }
      return again({ values: shown, formError: decided.reason })
    }
    const faults =
      decided.reason === 'invalid'
        ? decided.issues.flatMap(({ path, code }) =>
            path === 'answer' ? { field: path, code } : [],
          )
        : decided.reason === 'undecided'
          ? decided.fields.map((key) => ({ field: `${CHOICE}${key}`, code: 'undecided' }))
          : []
    return again(faults.length > 0 ? { errors: faults } : { formError: decided.reason })
  }
  const done = { accept: 'accepted', return: 'returned', decline: 'declined' } as const
  redirect(localePath(locale, `/admin/proposals?done=${done[intent as keyof typeof done]}`))
}
