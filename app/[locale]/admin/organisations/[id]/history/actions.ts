'use server'

import { redirect } from 'next/navigation'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue, nextFormState, type FormState } from '@/lib/forms/state'
import { parseLocale, localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { disclosureValues } from '@/lib/organisations/disclosure'
import { restoreProfile } from '@/lib/organisations/restore-revision'
import { actingUser } from '../../../require-user'

/** Puts back what was chosen of an earlier revision, and shows the history again. */
export async function restore(asked: Locale, state: FormState, form: FormData): Promise<FormState> {
  const locale = parseLocale(asked)
  const values = parseFormData(form, ['id', 'version', 'revision', 'field', 'reason', 'asItIs'])
  const again = (answer: Partial<FormState>): FormState => ({
    ...nextFormState(state, values),
    ...answer,
  })
  const signedIn = await actingUser('restore')
  if (!signedIn) return again({ formError: 'signedOut' })
  const id = firstValue(values, 'id')
  const outcome = await restoreProfile(signedIn.actor, {
    id,
    version: Number(firstValue(values, 'version')),
    revision: Number(firstValue(values, 'revision')),
    field: firstValue(values, 'field'),
    reason: firstValue(values, 'reason'),
    asItIs: firstValue(values, 'asItIs').split(' '),
  })
  if (!outcome.ok) {
    if (outcome.reason === 'wouldDisclose') {
      const shown = { ...values, ...disclosureValues(outcome) }
      return again({ values: shown, formError: outcome.reason })
    }
    const faults =
      outcome.reason === 'invalid'
        ? outcome.issues.flatMap(({ path, code }) =>
            path === 'reason' ? { field: path, code } : [],
          )
        : []
    return again(faults.length > 0 ? { errors: faults } : { formError: outcome.reason })
  }
  redirect(
    localePath(locale, `/admin/organisations/${outcome.id}/history?restored=${outcome.version}`),
  )
}
