import type { NextRequest } from 'next/server'
import { sitemapPiece } from '@/lib/directory/queries'
import { env } from '@/lib/env'
import { routing, type Locale } from '@/lib/i18n/routing'
import { REGIONS } from '@/lib/places/regions'
import { SITEMAP_PIECE, xmlResponse } from '../xml'

const PAGES = [
  '',
  '/organisations',
  '/map',
  ...REGIONS.map((region) => `/map/${region}`),
  '/about',
  '/accessibility',
  '/privacy',
]

/**
 * One piece of the site map. A profile stands in it once for each language of the interface that it
 * can really be read in, with the other as its alternate; in English where it has neither.
 */
export async function GET(
  _request: NextRequest,
  { params }: { params: Promise<{ piece: string }> },
): Promise<Response> {
  const number = /^(0|[1-9]\d{0,4})\.xml$/.exec((await params).piece)?.[1]
  if (number === undefined) return new Response(null, { status: 404 })
  const piece = Number(number)
  const profiles = await sitemapPiece(piece, SITEMAP_PIECE)
  if (piece > 0 && profiles.length === 0) return new Response(null, { status: 404 })
  const pages =
    piece === 0 ? PAGES.flatMap((path) => entries(path, [...routing.locales], null)) : []
  const addresses = profiles.flatMap(({ slug, updatedAt, languages }) => {
    const readable = routing.locales.filter((locale) => languages.includes(locale))
    const locales = readable.length > 0 ? readable : [routing.defaultLocale]
    return entries(`/organisations/${slug}`, locales, updatedAt)
  })
  return xmlResponse(
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">${[...pages, ...addresses].join('')}</urlset>`,
  )
}

function entries(path: string, locales: Locale[], updatedAt: Date | null): string[] {
  const address = (locale: Locale) => `${env.PUBLIC_ORIGIN}/${locale}${path}`
  const alternates =
    locales.length > 1
      ? locales.map(
          (locale) =>
            `<xhtml:link rel="alternate" hreflang="${locale}" href="${address(locale)}"/>`,
        )
      : []
  const changed = updatedAt ? `<lastmod>${updatedAt.toISOString()}</lastmod>` : ''
  return locales.map(
    (locale) => `<url><loc>${address(locale)}</loc>${changed}${alternates.join('')}</url>`,
  )
}

export const dynamic = 'force-dynamic'
