'use server'

import { redirect } from 'next/navigation'
import { firstValue, readValues, shownAgain, type FormState } from '@/lib/form/state'
import { knownLocale, localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { log } from '@/lib/log'
import { contentFromForm } from '@/lib/profile/form'
import { checkRewritten } from '@/lib/profile/rewritten'
import { propose } from '@/lib/proposal/commands'
import { openProposalLink } from '@/lib/proposal/links'
import { contentProposedFrom, startProposing } from '@/lib/proposal/queries'

/** Sends what somebody with a mailed link proposes; the link is used up by it. */
export async function sendProposal(
  asked: Locale,
  secret: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const values = readValues(form)
  const again = (answer: Partial<FormState>): FormState => ({
    ...shownAgain(state, values),
    ...answer,
  })
  const locale = knownLocale(asked)
  const actor = await openProposalLink(String(secret))
  if (!actor) return again({ refusal: 'linkUsed' })
  const start = await startProposing(actor, actor.organisation)
  if (!start) return again({ refusal: 'denied' })
  const baseVersion = Number(firstValue(values, 'base'))
  const base = await contentProposedFrom(start, baseVersion)
  if (!base) return again({ refusal: 'stale' })
  const read = contentFromForm(checkRewritten(values, base), base)
  if (read.dropped > 0) log.warn({ event: 'formFieldsDropped', count: read.dropped })
  if (!read.ok) return again({ faults: read.faults })
  const outcome = await propose(actor, {
    id: actor.organisation,
    baseVersion,
    content: read.content,
    message: firstValue(values, 'message'),
    locale,
  })
  if (!outcome.ok) {
    const faults =
      outcome.reason === 'invalid'
        ? outcome.issues.flatMap(({ path, code }) =>
            path === 'message' ? { field: path, code } : [],
          )
        : []
    return again(faults.length > 0 ? { faults } : { refusal: outcome.reason })
  }
  redirect(localePath(locale, '/propose/sent'))
}
