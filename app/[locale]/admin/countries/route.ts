import { headers } from 'next/headers'
import { findFullSession } from '@/lib/auth/session'
import { findLocale } from '@/lib/i18n/navigation'
import { translator } from '@/lib/i18n/translator'
import { suggestCountries } from '@/lib/geo/parse-country'
import { redirectToSignIn } from '../require-user'

type Context = { params: Promise<{ locale: string }> }

/**
 * Countries whose name in any language begins like the typed text (`q`), as `[{ code, name }]` with names
 * in the language of the page. It does not extend the session, because a script sends the request.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const locale = findLocale((await params).locale)
  if (!locale) return new Response(null, { status: 404 })
  if (!(await findFullSession(await headers()))) return redirectToSignIn(locale, '/admin')
  const t = translator(locale, 'Countries')
  const countries = suggestCountries(new URL(request.url).searchParams.get('q') ?? '')
  return Response.json(
    countries.map((code) => ({ code, name: t(code) })),
    { headers: { 'Cache-Control': 'no-store' } },
  )
}
