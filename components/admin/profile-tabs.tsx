import { getTranslations } from 'next-intl/server'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import type { Status } from '@/lib/organisations/schema'

type ProfileTabsProps = {
  locale: Locale
  profile: { id: string; status: Status }
  current: 'form' | 'status'
}

/** Where a profile stands, and the pages of the desk about it. */
export async function ProfileTabs({ locale, profile, current }: ProfileTabsProps) {
  const t = await getTranslations('Admin')
  const path = `/admin/organisations/${profile.id}`
  const pages = [
    { target: path, name: t('tabs.form'), isCurrent: current === 'form' },
    { target: `${path}/status`, name: t('tabs.status'), isCurrent: current === 'status' },
    { target: `${path}/preview`, name: t('tabs.preview'), isCurrent: false },
    { target: `${path}/history`, name: t('tabs.history'), isCurrent: false },
  ]
  return (
    <nav className="profile-tabs" aria-label={t('tabs.label')}>
      <p className={`state ${profile.status}`}>{t(`state.${profile.status}`)}</p>
      <ul>
        {pages.map(({ target, name, isCurrent }) => (
          <li key={target}>
            <a href={localePath(locale, target)} aria-current={isCurrent ? 'page' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
