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
import { deleteLinkDraft, saveLinkDraft } from '@/lib/editing/link-drafts'

type Values = Record<string, string[]>
type Context = { params: Promise<{ locale: string; secret: string }> }

/**
 * Receives what somebody with a mailed link proposes, at an address of its own: a form from before an
 * update of the site is received like any other. The link is used up by it; whatever stands against it,
 * what was typed is shown again.
 *
 * Answers with where to go: to a script that asks for JSON as `{ location }`, to a browser as a redirect.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { locale: asked, secret } = await params
  const locale = parseLocale(asked)
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

/** Nothing to read here: whoever comes by a link is shown the form. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { locale, secret } = await params
  const location = localePath(parseLocale(locale), proposePath(secret))
  return new Response(null, { status: 303, headers: { location } })
}

function proposePath(secret: string): string {
  return `/propose/${encodeURIComponent(secret)}`
}

/** Does what the form asks for; gives the address that follows, from the language on. */
async function handleForm(values: Values, secret: string, locale: Locale): Promise<string> {
  const again = async (why: string, typed: Values = values) => {
    await saveLinkDraft(secret, typed)
    return `${proposePath(secret)}?kept=${why}&n=${Date.now().toString(36)}`
  }
  const actor = await findLinkActor(secret)
  if (!actor) {
    log.warn({ event: 'permissionDenied', name: 'link', reason: 'propose' })
    return (await isKnownToken(secret)) ? again('linkUsed') : proposePath(secret)
  }
  if (firstValue(values, 'intent') === 'addLanguage') {
    const { addLanguage: [language = ''] = [], ...typed } = values
    const isTag = /^[A-Za-z0-9-]{2,35}$/.test(language)
    return again('language', isTag ? addLanguage(typed, language) : typed)
  }
  const start = await loadProposalForm(actor, actor.organisation)
  if (!start) return again('denied')
  const baseVersion = Number(firstValue(values, 'base'))
  const base = await loadProposalBase(start, baseVersion)
  if (!base) return again('stale')
  const read = parseProfileForm(values, base)
  if (!read.ok) return again('faults')
  const outcome = await propose(actor, {
    id: actor.organisation,
    baseVersion,
    content: read.content,
    message: firstValue(values, 'message'),
    locale,
  })
  if (!outcome.ok) return again(outcome.reason)
  await deleteLinkDraft(secret)
  return '/propose/sent'
}
