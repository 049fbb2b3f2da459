import { headers } from 'next/headers'
import { findFullSession, type SignedIn } from '@/lib/auth/session'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue } from '@/lib/forms/state'
import { parseLocale, localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { parseAsItIs } from '@/lib/organisations/disclosure'
import { editProfile } from '@/lib/organisations/save'
import { findPreviousResult } from '@/lib/organisations/idempotency'
import { toProfileContent } from '@/lib/organisations/load-content'
import { formMode } from '@/lib/editing/form-mode'
import { contentAtVersion, loadVisibleProfile } from '@/lib/admin/open-profile'
import { addLanguage, emptyContent, isProfileField } from '@/lib/editing/profile-form'
import { deleteDraft, saveDraft, idempotencyKeyOf, verifyDraftToken } from '@/lib/editing/drafts'
import { rebaseDraft } from '@/lib/editing/rebase-draft'
import type { Status } from '@/lib/organisations/schema'
import { propose } from '@/lib/proposals/propose'
import { actingUser } from '../../require-user'

type Values = Record<string, string[]>
type Context = { params: Promise<{ locale: string }> }

/**
 * Receives the form of a profile. It is a route, not a server action, so that a form from before an
 * update of the site still works. If it cannot be saved (an error, a change by another user, a session
 * that has ended), what was typed is saved as a draft and shown again.
 *
 * Responds with the next page: as `{ location }` if the request accepts JSON, otherwise as a redirect.
 * A form that is only to be saved as a draft (`intent` is `keep`) gets `{ kept: boolean }`.
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

/** Redirects to the administration, or to the sign-in. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const locale = parseLocale((await params).locale)
  const overview = localePath(locale, '/admin')
  const location = (await findFullSession(await headers()))
    ? overview
    : localePath(locale, `/sign-in?next=${encodeURIComponent(overview)}`)
  return new Response(null, { status: 303, headers: { location } })
}

type Control = ReturnType<typeof parseControl>

/** Which form was sent. Nothing here is trusted: the commands check it again. */
function parseControl(values: Values) {
  const id = firstValue(values, 'id')
  const base = firstValue(values, 'base')
  const { intent, asItIs } = parseAsItIs(firstValue(values, 'asItIs'))
  return {
    id: id === '' ? null : id,
    version: /^\d{1,9}$/.test(base) ? Number(base) : null,
    form: firstValue(values, 'form'),
    intent: intent || firstValue(values, 'intent'),
    asItIs,
    page: `/admin/organisations/${id === '' ? 'new' : encodeURIComponent(id)}`,
  }
}

/** A query parameter that differs each time, so that the browser shows a new form. */
function cacheBuster(): string {
  return `n=${Date.now().toString(36)}`
}

/** @returns the path of the next page, without the locale */
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
  const result = await save(signedIn, values, control, locale)
  if (result.done) {
    await deleteDraft(signedIn.actor, id, values)
    const { id: savedId, status } = result.done
    return `/admin/organisations/${savedId}?done=${status}&${cacheBuster()}`
  }
  if (result.draft) {
    const owner = { user: signedIn.actor.id, organisation: id }
    await saveDraft(owner, { values: result.draft, baseVersion: version })
  }
  return `${shown(result.why)}&${cacheBuster()}`
}

type SaveResult =
  | { done: { id: string; status: Status | 'proposed' }; draft?: never; why?: never }
  /** Why it was not saved, as a code, and the values to save as a draft; null if nothing is to be saved. */
  | { done?: never; draft: Values | null; why: string }

async function save(
  { actor }: SignedIn,
  values: Values,
  control: Control,
  locale: Locale,
): Promise<SaveResult> {
  const { id, version, intent } = control
  const current = id === null ? null : await loadVisibleProfile(actor, id)
  // No draft for a profile that the user may not see: they could not open it.
  if (id !== null && current === null) return { draft: null, why: 'denied' }

  const language = firstValue(values, 'addLanguage')
  if (intent === 'addLanguage') {
    const { addLanguage: _, ...typed } = values
    const isTag = /^[A-Za-z0-9-]{2,35}$/.test(language)
    return { draft: isTag ? addLanguage(typed, language) : typed, why: 'language' }
  }
  const key = idempotencyKeyOf(values, actor.id)
  const earlier = await findPreviousResult(actor, key)
  if (earlier) return { done: { id: earlier.id, status: earlier.status } }

  const rebased = rebaseDraft(
    { values, version },
    current === null
      ? { content: emptyContent(), version: null }
      : { content: toProfileContent(current), version: current.version },
    id === null || version === null || version === current?.version
      ? null
      : await contentAtVersion(actor, id, version),
  )
  if (rebased.content === null) return { draft: values, why: 'faults' }

  if (current && formMode(actor, current) === 'propose') {
    const outcome = await propose(actor, {
      id: current.id,
      baseVersion: current.version,
      content: rebased.content,
      message: firstValue(values, 'message'),
      locale,
    })
    if (!outcome.ok) return { draft: values, why: outcome.reason }
    return { done: { id: current.id, status: 'proposed' } }
  }

  const slug = firstValue(values, 'slug').trim()
  const outcome = await editProfile(actor, {
    profile: current && { id: current.id, version: current.version },
    content: rebased.content,
    slug: current && slug !== '' && slug !== current.slug ? slug : undefined,
    followUp: intent === 'list' ? 'list' : undefined,
    asItIs: control.asItIs,
    idempotencyKey: key,
  })
  if (!outcome.ok) {
    const why =
      intent === 'list' && outcome.reason === 'wouldDisclose' ? 'wouldList' : outcome.reason
    return { draft: values, why }
  }
  return { done: { id: outcome.id, status: outcome.status } }
}

/** Saves the form as a draft; false if nobody is signed in any more, or they may not see the profile. */
async function autosave(values: Values, { id, version }: Control): Promise<boolean> {
  const signedIn = await actingUser('keepTyped')
  if (!signedIn) return false
  if (id !== null && !(await loadVisibleProfile(signedIn.actor, id))) return false
  const owner = { user: signedIn.actor.id, organisation: id }
  await saveDraft(owner, { values, baseVersion: version })
  return true
}
