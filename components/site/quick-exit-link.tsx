import { getTranslations } from 'next-intl/server'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

/** Leaves the site at once. A plain link, so that it works before anything else has loaded. */
export async function QuickExitLink({ locale }: { locale: Locale }) {
  const t = await getTranslations('Site')
  return (
    <nav className="quick-exit" aria-label={t('leaveNavigation')}>
      <a href={localePath(locale, '/leave')} rel="noreferrer nofollow">
        {t('leave')}
      </a>
    </nav>
  )
}
