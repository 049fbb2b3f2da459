import { headers } from 'next/headers'
import { findFullSession, type SignedIn } from '@/lib/auth/session'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue } from '@/lib/forms/state'
import { parseLocale, localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { editProfile } from '@/lib/organisations/save'
import { findPreviousResult } from '@/lib/organisations/idempotency'
import { toProfileContent } from '@/lib/organisations/load-content'
import { formMode } from '@/lib/admin/filters'
import { contentAtVersion, loadVisibleProfile } from '@/lib/admin/queries'
import { addLanguage, emptyContent, isProfileField } from '@/lib/editing/profile-form'
import { deleteDraft, saveDraft, idempotencyKeyOf, verifyDraftToken } from '@/lib/editing/drafts'
import { rebaseDraft } from '@/lib/editing/rebase-draft'
import type { Status } from '@/lib/organisations/schema'
import { propose } from '@/lib/proposals/decide'
import { actingUser } from '../../require-user'

type Values = Record<string, string[]>
type Context = { params: Promise<{ locale: string }> }

/**
 * Receives the form of a profile, at an address of its own: a form from before an update of the site is
 * received like any other. Whatever stands against saving it, what was typed is kept and shown again: a
 * fault, another person's change, a session that has ended.
 *
 * Answers with where to go: to a script that asks for JSON as `{ location }`, to a browser as a redirect.
 * What is only to be kept (`intent` is `keep`) is answered with `{ kept }`.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const locale = parseLocale((await params).locale)
  const form = await request.formData().catch(() => null)
  if (!form) return new Response(null, { status: 400 })
  const values = parseFormData(form, isProfileField)
  const control = parseControl(values)
  if (control.intent === 'keep') return Response.json({ kept: await autosave(values, control) })
  const location = localePath(locale, await handleForm(values, control, locale))
  return request.headers.get('accept') === 'application/json'
    ? Response.json({ location })
    : new Response(null, { status: 303, headers: { location } })
}

/** Nothing to read here: whoever comes by a link is shown the desk. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const locale = parseLocale((await params).locale)
  const desk = localePath(locale, '/admin')
  const location = (await findFullSession(await headers()))
    ? desk
    : localePath(locale, `/sign-in?next=${encodeURIComponent(desk)}`)
  return new Response(null, { status: 303, headers: { location } })
}

type Control = ReturnType<typeof parseControl>

/** Which form was sent: read out of it, and asked about again by whatever writes. */
function parseControl(values: Values) {
  const id = firstValue(values, 'id')
  const base = firstValue(values, 'base')
  return {
    id: id === '' ? null : id,
    version: /^\d{1,9}$/.test(base) ? Number(base) : null,
    form: firstValue(values, 'form'),
    intent: firstValue(values, 'intent'),
    page: `/admin/organisations/${id === '' ? 'new' : encodeURIComponent(id)}`,
  }
}

/** Another page each time, so that the form on it is another one too. */
function cacheBuster(): string {
  return `n=${Date.now().toString(36)}`
}

/** Does what the form asks for; gives the address that follows, from the language on. */
async function handleForm(values: Values, control: Control, locale: Locale): Promise<string> {
  const { id, version, form, intent, page } = control
  const shown = (why: string) => `${page}?kept=${why}&form=${encodeURIComponent(form)}`
  const signedIn = await actingUser('saveForm')
  if (!signedIn) {
    const owner = verifyDraftToken(firstValue(values, 'keeper'))
    if (owner?.organisation === id) await saveDraft(owner, { values, baseVersion: version })
    return `/sign-in?next=${encodeURIComponent(localePath(locale, shown('session')))}`
  }
  if (intent === 'discard') {
    await deleteDraft(signedIn.actor, id, values)
    return `${page}?${cacheBuster()}`
  }
  const answer = await save(signedIn, values, control, locale)
  if (answer.done) {
    await deleteDraft(signedIn.actor, id, values)
    const { id: saved, word } = answer.done
    return `/admin/organisations/${saved}?done=${word}&${cacheBuster()}`
  }
  if (answer.keep) {
    const owner = { person: signedIn.actor.id, organisation: id }
    await saveDraft(owner, { values: answer.keep, baseVersion: version })
  }
  return `${shown(answer.why)}&${cacheBuster()}`
}

type SaveResult =
  | { done: { id: string; word: Status | 'proposed' }; keep?: never; why?: never }
  | { done?: never; keep: Values | null; why: string }

async function save(
  { actor }: SignedIn,
  values: Values,
  control: Control,
  locale: Locale,
): Promise<SaveResult> {
  const { id, version, intent } = control
  const current = id === null ? null : await loadVisibleProfile(actor, id)
  // Nothing is kept about what this person may not see: the page will not be there either.
  if (id !== null && current === null) return { keep: null, why: 'denied' }

  const language = firstValue(values, 'addLanguage')
  if (intent === 'addLanguage') {
    const { addLanguage: _, ...typed } = values
    const isTag = /^[A-Za-z0-9-]{2,35}$/.test(language)
    return { keep: isTag ? addLanguage(typed, language) : typed, why: 'language' }
  }
  const key = idempotencyKeyOf(values, actor.id)
  const earlier = await findPreviousResult(actor, key)
  if (earlier) return { done: { id: earlier.id, word: earlier.status } }

  const resumed = rebaseDraft(
    { values, version },
    current === null
      ? { content: emptyContent(), version: null }
      : { content: toProfileContent(current), version: current.version },
    id === null || version === null || version === current?.version
      ? null
      : await contentAtVersion(actor, id, version),
  )
  if (resumed.content === null) return { keep: values, why: 'faults' }

  if (current && formMode(actor, current) === 'propose') {
    const outcome = await propose(actor, {
      id: current.id,
      baseVersion: current.version,
      content: resumed.content,
      message: firstValue(values, 'message'),
      locale,
    })
    if (!outcome.ok) return { keep: values, why: outcome.reason }
    return { done: { id: current.id, word: 'proposed' } }
  }

  const slug = firstValue(values, 'slug').trim()
  const outcome = await editProfile(actor, {
    profile: current && { id: current.id, version: current.version },
    content: resumed.content,
    slug: current && slug !== '' && slug !== current.slug ? slug : undefined,
    followUp: intent === 'list' ? 'list' : undefined,
    idempotencyKey: key,
  })
  if (!outcome.ok) return { keep: values, why: outcome.reason }
  return { done: { id: outcome.id, word: outcome.status } }
}

/** Keeps what is being typed, for its author alone; false where nobody is signed in any more. */
async function autosave(values: Values, { id, version }: Control): Promise<boolean> {
  const signedIn = await actingUser('keepTyped')
  if (!signedIn) return false
  if (id !== null && !(await loadVisibleProfile(signedIn.actor, id))) return false
  const owner = { person: signedIn.actor.id, organisation: id }
  await saveDraft(owner, { values, baseVersion: version })
  return true
}
