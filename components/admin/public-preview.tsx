import { getTranslations } from 'next-intl/server'
import { placeName } from '@/lib/directory/places'
import { publicPlaces } from '@/lib/directory/public-urls'
import { languageName } from '@/lib/i18n/language-name'
import { localePath } from '@/lib/i18n/navigation'
import { routing, type Locale } from '@/lib/i18n/routing'

type WorldSeesProps = {
  locale: Locale
  profile: Parameters<typeof publicPlaces>[0]
  isListed: boolean
}

/** Every place of the public site where a profile is to be found, or was and no longer is. */
export async function WorldSees({ locale, profile, isListed }: WorldSeesProps) {
  const t = await getTranslations('Desk.status')
  return (
    <section className="world">
      <h2>{t('worldTitle')}</h2>
      <p>{t(isListed ? 'worldListed' : 'worldGone')}</p>
      <table className="desk-table">
        <thead>
          <tr>
            <th scope="col">{t('place')}</th>
            <th scope="col">{t('look')}</th>
            <th scope="col">{t('seen')}</th>
          </tr>
        </thead>
        <tbody>
          {publicPlaces(profile).map((place) => {
            const title =
              'of' in place
                ? t(`places.${place.name}`, { name: placeName(locale, place.of) })
                : t(`places.${place.name}`)
            return (
              <tr key={title}>
                <th scope="row">{title}</th>
                <td className="world-links">
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
