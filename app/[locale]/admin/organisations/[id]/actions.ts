'use server'

import { redirect } from 'next/navigation'
import type { SignedIn } from '@/lib/access/session'
import { firstValue, readValues } from '@/lib/form/state'
import { knownLocale, localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { log } from '@/lib/log'
import { editProfile, receivedEarlier } from '@/lib/profile/commands'
import { contentOfProfile } from '@/lib/profile/content'
import { formMode } from '@/lib/profile/desk'
import { contentAt, readForDesk } from '@/lib/profile/desk-queries'
import { addLanguage, emptyContent } from '@/lib/profile/form'
import { discardKeptForm, keepForm, keyOfForm, readKeeper } from '@/lib/profile/kept-forms'
import { resumeForm } from '@/lib/profile/resume'
import type { Status } from '@/lib/profile/schema'
import { propose } from '@/lib/proposal/commands'
import { actingPerson } from '../../require-person'

type Values = Record<string, string[]>

/** Which form was sent: read out of it, and asked about again by whatever writes. */
function readControl(values: Values) {
  const id = firstValue(values, 'id')
  const base = firstValue(values, 'base')
  const locale: Locale = knownLocale(firstValue(values, 'locale'))
  return {
    locale,
    id: id === '' ? null : id,
    version: /^\d{1,9}$/.test(base) ? Number(base) : null,
    intent: firstValue(values, 'intent'),
    page: `/admin/organisations/${id === '' ? 'new' : encodeURIComponent(id)}`,
  }
}

/** Another page each time, so that the form on it is another one too. */
function stamp(): string {
  return `n=${Date.now().toString(36)}`
}

/**
 * Saves what a form of a profile holds. Whatever stands against it, what was typed is kept and shown
 * again: a fault, another person's change, a session that has ended.
 */
export async function saveForm(form: FormData): Promise<void> {
  const values = readValues(form)
  const control = readControl(values)
  const { locale, id, version, page } = control
  const signedIn = await actingPerson()
  if (!signedIn) {
    log.warn({ event: 'actRefused', name: 'nobody', reason: 'saveForm' })
    const owner = readKeeper(firstValue(values, 'keeper'))
    if (owner?.organisation === id) await keepForm(owner, { values, baseVersion: version })
    const next = encodeURIComponent(localePath(locale, `${page}?kept=session`))
    redirect(localePath(locale, `/sign-in?next=${next}`))
  }
  const answer = await save(signedIn, values, control)
  if (answer.done) {
    await discardKeptForm(signedIn.actor, id)
    const { id: saved, word } = answer.done
    redirect(localePath(locale, `/admin/organisations/${saved}?done=${word}&${stamp()}`))
  }
  if (answer.keep) {
    const owner = { person: signedIn.actor.id, organisation: id }
    await keepForm(owner, { values: answer.keep, baseVersion: version })
  }
  redirect(localePath(locale, `${page}?kept=${answer.why}&${stamp()}`))
}

type Answer =
  | { done: { id: string; word: Status | 'proposed' }; keep?: never; why?: never }
  | { done?: never; keep: Values | null; why: string }

async function save(
  { actor }: SignedIn,
  values: Values,
  control: ReturnType<typeof readControl>,
): Promise<Answer> {
  const { id, version, intent } = control
  const current = id === null ? null : await readForDesk(actor, id)
  // Nothing is kept about what this person may not see: the page will not be there either.
  if (id !== null && current === null) return { keep: null, why: 'denied' }

  const language = firstValue(values, 'addLanguage')
  if (intent === 'addLanguage') {
    const { addLanguage: _, ...typed } = values
    const isTag = /^[A-Za-z0-9-]{2,35}$/.test(language)
    return { keep: isTag ? addLanguage(typed, language) : typed, why: 'language' }
  }
  const key = keyOfForm(values)
  const earlier = await receivedEarlier(actor, key)
  if (earlier) return { done: { id: earlier.id, word: earlier.status } }

  const resumed = resumeForm(
    { values, version },
    current === null
      ? { content: emptyContent(), version: null }
      : { content: contentOfProfile(current), version: current.version },
    id === null || version === null || version === current?.version
      ? null
      : await contentAt(actor, id, version),
  )
  if (resumed.dropped > 0) log.warn({ event: 'formFieldsDropped', count: resumed.dropped })
  if (resumed.content === null) return { keep: values, why: 'faults' }

  if (current && formMode(actor, current) === 'propose') {
    const outcome = await propose(actor, {
      id: current.id,
      baseVersion: current.version,
      content: resumed.content,
      message: firstValue(values, 'message'),
      locale: control.locale,
    })
    if (!outcome.ok) return { keep: values, why: outcome.reason }
    return { done: { id: current.id, word: 'proposed' } }
  }

  const slug = firstValue(values, 'slug').trim()
  const outcome = await editProfile(actor, {
    profile: current && { id: current.id, version: current.version },
    content: resumed.content,
    slug: current && slug !== '' && slug !== current.slug ? slug : undefined,
    then: intent === 'list' ? 'list' : undefined,
    form: key,
  })
  if (!outcome.ok) return { keep: values, why: outcome.reason }
  return { done: { id: outcome.id, word: outcome.status } }
}

/** Keeps what is being typed, for its author alone; false where nobody is signed in any more. */
export async function keepTyped(form: FormData): Promise<boolean> {
  const values = readValues(form)
  const { id, version } = readControl(values)
  const signedIn = await actingPerson()
  if (!signedIn) {
    log.warn({ event: 'actRefused', name: 'nobody', reason: 'keepTyped' })
    return false
  }
  if (id !== null && !(await readForDesk(signedIn.actor, id))) return false
  if (await receivedEarlier(signedIn.actor, keyOfForm(values))) return true
  const owner = { person: signedIn.actor.id, organisation: id }
  await keepForm(owner, { values, baseVersion: version })
  return true
}

/** Throws away what was typed and not saved. */
export async function discardTyped(form: FormData): Promise<void> {
  const { locale, id, page } = readControl(readValues(form))
  const signedIn = await actingPerson()
  if (signedIn) await discardKeptForm(signedIn.actor, id)
  else log.warn({ event: 'actRefused', name: 'nobody', reason: 'discardTyped' })
  redirect(localePath(locale, `${page}?${stamp()}`))
}
