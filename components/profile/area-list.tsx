import { getTranslations } from 'next-intl/server'
import { landingPagePath } from '@/lib/directory/landing-pages'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import type { PriorityArea } from '@/lib/organisations/schema'

/** The question about the network’s priority areas, answered with the network’s own wording. */
export async function AreaList({ locale, areas }: { locale: Locale; areas: PriorityArea[] }) {
  const t = await getTranslations()
  return (
    <section className="areas" id="priorityAreas">
      <h2>{t('Questions.priorityAreas')}</h2>
      {areas.length === 0 ? (
        <p className="status">{t('Profile.noAreas')}</p>
      ) : (
        <ul>
          {areas.map((area) => (
            <li key={area}>
              <a href={localePath(locale, landingPagePath({ kind: 'area', code: area }))}>
                {t(`PriorityAreas.${area}`)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
