import { routing } from '@/lib/i18n/routing'
import { env } from '@/lib/env'

/** Search engines may read what the public may read; the protected part is none of their business. */
export function GET(): Response {
  const closed = routing.locales.flatMap((locale) => [`/${locale}/admin`, `/${locale}/sign-in`])
  const lines = [
    'User-agent: *',
    ...closed.map((path) => `Disallow: ${path}`),
    `Sitemap: ${env.PUBLIC_ORIGIN}/sitemap.xml`,
  ]
  return new Response(`${lines.join('\n')}\n`, {
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  })
}

export const dynamic = 'force-dynamic'
