import { getTranslations } from 'next-intl/server'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

type WorldSeesProps = { locale: Locale; slug: string; isListed: boolean }

/** Every place of the public site where a profile is to be found, or was and no longer is. */
export async function WorldSees({ locale, slug, isListed }: WorldSeesProps) {
  const t = await getTranslations('Desk.status')
  const places = [
    { name: 'pageFrench', address: localePath('fr', `/organisations/${slug}`) },
    { name: 'pageEnglish', address: localePath('en', `/organisations/${slug}`) },
    { name: 'list', address: localePath(locale, '/organisations') },
    { name: 'search', address: localePath(locale, '/organisations') },
    { name: 'counts', address: localePath(locale, '/') },
    { name: 'feed', address: localePath(locale, '/feed.xml') },
    { name: 'sitemap', address: '/sitemap.xml' },
    { name: 'data', address: `/api/organisations/${slug}` },
  ] as const
  return (
    <section className="world">
      <h2>{t('worldTitle')}</h2>
      <p>{t(isListed ? 'worldListed' : 'worldGone')}</p>
      <table className="desk-table">
        <thead>
          <tr>
            <th scope="col">{t('place')}</th>
            <th scope="col">{t('seen')}</th>
          </tr>
        </thead>
        <tbody>
          {places.map(({ name, address }) => (
            <tr key={name}>
              <th scope="row">
                <a href={address}>{t(`places.${name}`)}</a>
              </th>
              <td>{t(isListed ? 'isSeen' : 'isGone')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {isListed ? null : <p className="hint">{t('worldCopies')}</p>}
    </section>
  )
}
