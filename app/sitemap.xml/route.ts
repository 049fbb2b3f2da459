import { countListed } from '@/lib/directory/queries'
import { env } from '@/lib/env'
import { SITEMAP_PIECE, xmlResponse } from '../sitemap/xml'

/** Index of the site maps; one piece holds up to 10,000 profiles, in both languages. */
export async function GET(): Promise<Response> {
  const pieces = Math.max(1, Math.ceil((await countListed()) / SITEMAP_PIECE))
  const entries = Array.from(
    { length: pieces },
    (_, piece) => `<sitemap><loc>${env.PUBLIC_ORIGIN}/sitemap/${piece}.xml</loc></sitemap>`,
  )
  return xmlResponse(
    `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</sitemapindex>`,
  )
}

export const dynamic = 'force-dynamic'
