import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { PageFrame, type SiteIdentity } from '@/components/site/page-frame'
import { env } from '@/lib/env'
import type { LocalizedPath } from '@/lib/i18n/navigation'

/** The names of the site and of the network, as the operator has set them. */
export async function siteIdentity(): Promise<SiteIdentity> {
  const t = await getTranslations('Site')
  return { name: env.SITE_NAME ?? t('title'), network: env.NETWORK_NAME }
}

/**
 * The frame of a public page.
 *
 * @param path address of the page from the language on, with its query
 */
export async function SiteFrame({ path, children }: { path: LocalizedPath; children: ReactNode }) {
  return (
    <PageFrame locale={await getLocale()} site={await siteIdentity()} path={path}>
      {children}
    </PageFrame>
  )
}
