import { getTranslations } from 'next-intl/server'
import { landingPageName, landingPagePath, type LandingPage } from '@/lib/directory/landing-pages'
import { env } from '@/lib/env'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

/** Where the page of a place stands, as schema.org `BreadcrumbList`. */
export async function breadcrumbJsonLd(
  locale: Locale,
  place: LandingPage,
  parents: readonly LandingPage[],
) {
  const t = await getTranslations('Site')
  const steps = [
    { name: t('organisations'), path: localePath(locale, '/organisations') },
    ...[...parents, place].map((one) => ({
      name: landingPageName(locale, one),
      path: localePath(locale, landingPagePath(one)),
    })),
  ]
  return {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: steps.map(({ name, path }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: `${env.PUBLIC_ORIGIN}${path}`,
    })),
  }
}
