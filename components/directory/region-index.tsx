import { getFormatter, getTranslations } from 'next-intl/server'
import { landingPagePath } from '@/lib/directory/landing-pages'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { REGIONS, type Region } from '@/lib/geo/regions'

type RegionIndexProps = { locale: Locale; counts: Record<Region, number> }

/** The regions as a table of contents; one without organisations is named and leads nowhere. */
export async function RegionIndex({ locale, counts }: RegionIndexProps) {
  const t = await getTranslations()
  const format = await getFormatter()
  return (
    <ol className="index">
      {REGIONS.map((region) => (
        <li key={region}>
          {counts[region] === 0 ? (
            <span>{t(`Regions.${region}`)}</span>
          ) : (
            <a href={localePath(locale, landingPagePath({ kind: 'region', code: region }))}>
              {t(`Regions.${region}`)}
            </a>
          )}
          <i />
          <b>
            {format.number(counts[region])}
            <span className="visually-hidden">
              {' '}
              {t('Directory.countLabel', { count: counts[region] })}
            </span>
          </b>
        </li>
      ))}
    </ol>
  )
}
