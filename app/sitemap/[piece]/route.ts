import type { NextRequest } from 'next/server'
import { parseFilters } from '@/lib/directory/filters'
import { mapPath, landingPagePath, type LandingPage } from '@/lib/directory/landing-pages'
import { countFacets } from '@/lib/directory/queries'
import { SITEMAP_SHARDS, loadSitemapShard } from '@/lib/directory/sitemap'
import { env } from '@/lib/env'
import { localePath, type LocalizedPath } from '@/lib/i18n/navigation'
import { routing, type Locale } from '@/lib/i18n/routing'
import { REGIONS } from '@/lib/geo/regions'
import { PRIORITY_AREAS } from '@/lib/organisations/schema'
import { xmlResponse } from '../xml'

const PAGES = [
  '/',
  '/organisations',
  ...[null, ...REGIONS].map(mapPath),
  '/about',
  '/accessibility',
  '/privacy',
] as const

/** One piece of the site map: the pages of the site itself, or a part of the profiles. */
export async function GET(
  _request: NextRequest,
  { params }: { params: Promise<{ piece: string }> },
): Promise<Response> {
  const name = /^(.+)\.xml$/.exec((await params).piece)?.[1] ?? ''
  if (name !== 'pages' && !SITEMAP_SHARDS.includes(name)) return new Response(null, { status: 404 })
  const addresses = name === 'pages' ? await pageEntries() : await profileEntries(name)
  return xmlResponse(
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">${addresses.join('')}</urlset>`,
  )
}

/** The pages of the site, and of the places in which anybody is listed. */
async function pageEntries(): Promise<string[]> {
  const { regions, countries, areas } = await countFacets(parseFilters({}).filters)
  const places: LandingPage[] = [
    ...REGIONS.filter((code) => regions[code] > 0).map((code) => ({
      kind: 'region' as const,
      code,
    })),
    ...countries.map(({ country }) => ({ kind: 'country' as const, code: country })),
    ...PRIORITY_AREAS.filter((code) => areas[code] > 0).map((code) => ({
      kind: 'area' as const,
      code,
    })),
  ]
  return [...PAGES, ...places.map((place) => landingPagePath(place))].flatMap((path) =>
    entries(path, [...routing.locales], null),
  )
}

/**
 * A profile stands in the map once for each language of the interface that it can really be read
 * in, with the other as its alternate; in English where it has neither.
 */
async function profileEntries(piece: string): Promise<string[]> {
  return (await loadSitemapShard(piece)).flatMap(({ slug, updatedAt, languages }) => {
    const readable = routing.locales.filter((locale) => languages.includes(locale))
    const locales = readable.length > 0 ? readable : [routing.defaultLocale]
    return entries(`/organisations/${slug}`, locales, updatedAt)
  })
}

function entries(path: LocalizedPath, locales: Locale[], updatedAt: string | null): string[] {
  const address = (locale: Locale) => `${env.PUBLIC_ORIGIN}${localePath(locale, path)}`
  const alternates =
    locales.length > 1
      ? locales.map(
          (locale) =>
            `<xhtml:link rel="alternate" hreflang="${locale}" href="${address(locale)}"/>`,
        )
      : []
  const changed = updatedAt === null ? '' : `<lastmod>${updatedAt}</lastmod>`
  return locales.map(
    (locale) => `<url><loc>${address(locale)}</loc>${changed}${alternates.join('')}</url>`,
  )
}

export const dynamic = 'force-dynamic'
