import type { LocalizedPath } from '@/lib/i18n/navigation'
import { isCountry } from '@/lib/geo/countries'
import { isRegion } from '@/lib/geo/regions'
import type { PriorityArea } from '@/lib/organisations/schema'
import { mapPath, landingPagePath, type LandingPage } from './landing-pages'

/** A place of the public site that shows a listed profile, in whole or in part. */
export type PublicUrl =
  /** In every language of the interface; `of` where it is the page of a region, country or area. */
  | {
      name: 'page' | 'home' | 'list' | 'search' | 'map' | 'print' | 'csv' | 'json' | 'feed'
      path: LocalizedPath
    }
  | { name: 'place' | 'mapOf'; path: LocalizedPath; of: LandingPage }
  /** The same for every language. */
  | { name: 'sitemap' | 'data' | 'dataList'; address: string }

/** Every place of the public site where a profile is to be found while it is listed. */
export function publicUrls(profile: {
  slug: string
  country: string | null
  region: string | null
  priorityAreas: readonly PriorityArea[]
}): PublicUrl[] {
  const { slug, country, region, priorityAreas } = profile
  const places: LandingPage[] = [
    ...(isRegion(region) ? [{ kind: 'region', code: region } as const] : []),
    ...(isCountry(country) ? [{ kind: 'country', code: country } as const] : []),
    ...priorityAreas.map((code) => ({ kind: 'area', code }) as const),
  ]
  return [
    { name: 'page', path: `/organisations/${slug}` },
    { name: 'home', path: '/' },
    { name: 'list', path: '/organisations' },
    { name: 'search', path: '/organisations' },
    ...places.map((of) => ({ name: 'place', path: landingPagePath(of), of }) as const),
    { name: 'map', path: mapPath(null) },
    ...places.flatMap((of) =>
      of.kind === 'region' ? ({ name: 'mapOf', path: mapPath(of.code), of } as const) : [],
    ),
    { name: 'print', path: '/organisations/print' },
    { name: 'csv', path: '/organisations/list.csv' },
    { name: 'json', path: '/organisations/list.json' },
    { name: 'feed', path: '/feed.xml' },
    { name: 'sitemap', address: '/sitemap.xml' },
    { name: 'data', address: `/api/organisations/${slug}` },
    { name: 'dataList', address: '/api/organisations' },
  ]
}
