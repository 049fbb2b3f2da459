import { headers } from 'next/headers'
import { findFullSession } from '@/lib/auth/session'
import { routing } from '@/lib/i18n/routing'
import { translator } from '@/lib/i18n/translator'
import { suggestCountries } from '@/lib/geo/parse-country'

type Context = { params: Promise<{ locale: string }> }

/**
 * Countries that what is being typed (`q`) may be the name of, in any language, as `[{ code, name }]`:
 * the name in the language of the page. Whoever asks is not thereby at work: the session ends as if
 * nobody had asked.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const asked = (await params).locale
  const locale = routing.locales.find((one) => one === asked)
  if (!locale) return new Response(null, { status: 404 })
  if (!(await findFullSession(await headers()))) {
    const location = `/${locale}/sign-in?next=${encodeURIComponent(`/${locale}/admin`)}`
    return new Response(null, { status: 303, headers: { Location: location } })
  }
  const t = translator(locale, 'Countries')
  const countries = suggestCountries(new URL(request.url).searchParams.get('q') ?? '')
  return Response.json(
    countries.map((code) => ({ code, name: t(code) })),
    { headers: { 'Cache-Control': 'no-store' } },
  )
}
