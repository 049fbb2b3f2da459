import { getTranslations } from 'next-intl/server'
import type { SiteIdentity } from '@/components/site/page-frame'
import type { Locale } from '@/lib/i18n/routing'
import type { PublicProfile } from '@/lib/organisations/public'
import { Citation } from './citation'

type ProfileUseProps = {
  locale: Locale
  profile: PublicProfile
  site: SiteIdentity
  /** Whole address of the page. */
  address: string
  /** Where a mistake is reported; null where nobody was named. */
  email: string | null
}

/** The foot of a profile: how to cite and print it, and where to report a mistake. */
export async function ProfileUse({ locale, profile, site, address, email }: ProfileUseProps) {
  const t = await getTranslations('Profile')
  return (
    <footer className="use">
      <h2>{t('cite')}</h2>
      <Citation
        locale={locale}
        name={profile.name}
        site={site.name}
        network={site.network}
        updatedAt={profile.updatedAt}
        address={address}
      />
      <p className="hint">
        {t('print')}
        {email === null ? null : (
          <>
            {' '}
            <a
              href={`mailto:${email}?subject=${encodeURIComponent(
                t('reportSubject', { name: profile.name }),
              )}`}
            >
              {t('report')}
            </a>
          </>
        )}
      </p>
    </footer>
  )
}
