import { getTranslations } from 'next-intl/server'
import { landingPageName, landingPagePath, type LandingPage } from '@/lib/directory/landing-pages'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

type LandingIntroProps = {
  locale: Locale
  place: LandingPage
  /** What it lies in. */
  parents: readonly LandingPage[]
  page: number
  pageCount: number
  /** Organisations listed there. */
  total: number
  /** Countries of a region with an organisation. */
  countries: number
}

/** The name of a place, where it stands in the directory, and what it is. */
export async function LandingIntro(props: LandingIntroProps) {
  const { locale, place, parents, page, pageCount, total, countries } = props
  const t = await getTranslations('LandingPages')
  const site = await getTranslations('Site')
  const wording = await getTranslations('PriorityAreas')
  const name = landingPageName(locale, place)
  return (
    <header className="landing-intro">
      <nav className="trail" aria-label={t('here')}>
        <ol>
          <li>
            <a href={localePath(locale, '/organisations')}>{site('organisations')}</a>
          </li>
          {parents.map((parent) => (
            <li key={parent.code}>
              <a href={localePath(locale, landingPagePath(parent))}>
                {landingPageName(locale, parent)}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <h1>{page === 1 ? name : t('titlePage', { place: name, page, pages: pageCount })}</h1>
      {page > 1 ? null : (
        <>
          {place.kind === 'area' ? <p className="lead">{t(`areas.${place.code}.about`)}</p> : null}
          {place.kind === 'area' ? (
            <p className="wording">
              <span className="hint">{t('wording')}</span>
              <q>{wording(place.code)}</q>
            </p>
          ) : null}
          <p className={place.kind === 'area' ? 'tally' : 'lead'}>
            {place.kind === 'country'
              ? t('countryLead', { count: total })
              : place.kind === 'region'
                ? t('regionLead', { count: total, countries })
                : t('areaLead', { count: total })}
          </p>
          {place.kind === 'region' ? <p className="hint">{t('regionNote')}</p> : null}
        </>
      )}
    </header>
  )
}
