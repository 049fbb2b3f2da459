import { getTranslations } from 'next-intl/server'
import type { PriorityArea } from '@/lib/profile/schema'

/** The question about the network’s priority areas, answered with the network’s own wording. */
export async function AreaList({ areas }: { areas: PriorityArea[] }) {
  const t = await getTranslations()
  return (
    <section className="areas" id="priorityAreas">
      <h2>{t('Questions.priorityAreas')}</h2>
      {areas.length === 0 ? (
        <p className="status">{t('Profile.noAreas')}</p>
      ) : (
        <ul>
          {areas.map((area) => (
            <li key={area}>{t(`PriorityAreas.${area}`)}</li>
          ))}
        </ul>
      )}
    </section>
  )
}
