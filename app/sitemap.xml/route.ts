import { nonEmptySitemapShards } from '@/lib/directory/sitemap'
import { env } from '@/lib/env'
import { xmlResponse } from '../sitemap/xml'

/** Index of the site maps: the site's own pages, and the profiles in pieces. */
export async function GET(): Promise<Response> {
  const pieces = ['pages', ...(await nonEmptySitemapShards())]
  const entries = pieces.map(
    (piece) => `<sitemap><loc>${env.PUBLIC_ORIGIN}/sitemap/${piece}.xml</loc></sitemap>`,
  )
  return xmlResponse(
    `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</sitemapindex>`,
  )
}

export const dynamic = 'force-dynamic'
