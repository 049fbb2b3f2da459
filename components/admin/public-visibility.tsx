import { getTranslations } from 'next-intl/server'
import { landingPageName } from '@/lib/directory/landing-pages'
import { publicUrls } from '@/lib/directory/public-urls'
import { languageName } from '@/lib/i18n/language-name'
import { localePath } from '@/lib/i18n/navigation'
import { routing, type Locale } from '@/lib/i18n/routing'

type PublicVisibilityProps = {
  locale: Locale
  profile: Parameters<typeof publicUrls>[0]
  isListed: boolean
}

/** Every place of the public site where a profile is to be found, or was and no longer is. */
export async function PublicVisibility({ locale, profile, isListed }: PublicVisibilityProps) {
  const t = await getTranslations('Admin.status')
  return (
    <section className="public-visibility">
      <h2>{t('worldTitle')}</h2>
      <p>{t(isListed ? 'worldListed' : 'worldGone')}</p>
      <table className="admin-table">
        <thead>
          <tr>
            <th scope="col">{t('place')}</th>
            <th scope="col">{t('look')}</th>
            <th scope="col">{t('seen')}</th>
          </tr>
        </thead>
        <tbody>
          {publicUrls(profile).map((place) => {
            const title =
              'of' in place
                ? t(`places.${place.name}`, { name: landingPageName(locale, place.of) })
                : t(`places.${place.name}`)
            return (
              <tr key={title}>
                <th scope="row">{title}</th>
                <td className="public-links">
                  {'path' in place ? (
                    routing.locales.map((one) => (
                      <a key={one} href={localePath(one, place.path)} hrefLang={one}>
                        {languageName(locale, one)}
                      </a>
                    ))
                  ) : (
                    <a href={place.address}>{t('allLanguages')}</a>
                  )}
                </td>
                <td>{t(isListed ? 'isSeen' : 'isGone')}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {isListed ? null : <p className="hint">{t('worldCopies')}</p>}
    </section>
  )
}
