import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue } from '@/lib/forms/state'
import { parseLocale, localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { log } from '@/lib/log'
import { addLanguage, isProfileField } from '@/lib/editing/profile-form'
import { parseProfileForm } from '@/lib/editing/read-profile-form'
import { propose } from '@/lib/proposals/propose'
import { findLinkActor, isKnownToken } from '@/lib/proposals/proposal-links'
import { loadProposalBase, loadProposalForm } from '@/lib/proposals/queries'
import { hasArrived } from '@/lib/proposals/resume'
import { saveLinkDraft } from '@/lib/editing/link-drafts'

type Values = Record<string, string[]>
type Context = { params: Promise<{ locale: string; secret: string }> }

/**
 * Receives a proposal from somebody with an e-mailed link, which it uses up. It is a route, not a server
 * action, so that a form from before an update of the site still works. If the proposal cannot be
 * accepted, what was typed is shown again.
 *
 * Responds with the next page: as `{ location }` if the request accepts JSON, otherwise as a redirect.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { locale: segment, secret } = await params
  const locale = parseLocale(segment)
  const form = await request.formData().catch(() => null)
  if (!form) return new Response(null, { status: 400 })
  const location = localePath(
    locale,
    await handleForm(parseFormData(form, isProfileField), secret, locale),
  )
  return request.headers.get('accept') === 'application/json'
    ? Response.json({ location })
    : new Response(null, { status: 303, headers: { location } })
}

/** Redirects to the form. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { locale, secret } = await params
  const location = localePath(parseLocale(locale), proposePath(secret))
  return new Response(null, { status: 303, headers: { location } })
}

/** Path of the page that says that the proposal was received. */
const SENT = '/propose/sent'

function proposePath(secret: string): string {
  return `/propose/${encodeURIComponent(secret)}`
}

/** @returns the path of the next page, without the locale */
async function handleForm(values: Values, secret: string, locale: Locale): Promise<string> {
  const again = async (why: string, typed: Values = values) => {
    await saveLinkDraft(secret, typed)
    return `${proposePath(secret)}?kept=${why}&n=${Date.now().toString(36)}`
  }
  const actor = await findLinkActor(secret)
  if (!actor) {
    log.warn({ event: 'permissionDenied', name: 'link', reason: 'propose' })
    if (await hasArrived(secret, values)) return SENT
    return (await isKnownToken(secret)) ? again('linkUsed') : proposePath(secret)
  }
  if (firstValue(values, 'intent') === 'addLanguage') {
    const { addLanguage: [language = ''] = [], ...typed } = values
    const isTag = /^[A-Za-z0-9-]{2,35}$/.test(language)
    return again('language', isTag ? addLanguage(typed, language) : typed)
  }
  const form = await loadProposalForm(actor, actor.organisation)
  if (!form) return (await hasArrived(secret, values)) ? SENT : again('denied')
  const baseVersion = Number(firstValue(values, 'base'))
  const base = await loadProposalBase(form, baseVersion)
  if (!base) return again('stale')
  const parsed = parseProfileForm(values, base)
  if (!parsed.ok) return again('faults')
  const result = await propose(actor, {
    id: actor.organisation,
    baseVersion,
    content: parsed.content,
    message: firstValue(values, 'message'),
    locale,
  })
  if (result.ok || (result.reason === 'linkUsed' && (await hasArrived(secret, values)))) return SENT
  return again(result.reason)
}
