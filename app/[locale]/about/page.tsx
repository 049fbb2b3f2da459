import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { env } from '@/lib/env'
import { localePath } from '@/lib/i18n/navigation'
import { PRIORITY_AREAS } from '@/lib/organisations/schema'
import { SiteTextPage, textPageMetadata } from '../text-page'

export function generateMetadata() {
  return textPageMetadata('About')
}

export default async function AboutPage() {
  const locale = await getLocale()
  const t = await getTranslations()
  const link = (href: string) =>
    function Link(chunks: ReactNode) {
      return <a href={href}>{chunks}</a>
    }
  const values = {
    list: link(localePath(locale, '/organisations')),
    privacy: link(localePath(locale, '/privacy')),
    api: link('/api/organisations'),
    feed: link(localePath(locale, '/feed.xml')),
  }
  const network = env.NETWORK_NAME
  return (
    <SiteTextPage
      namespace="About"
      sections={[
        {
          ...{ id: 'what', values },
          below: network === null ? null : <p>{t('About.what.network', { network })}</p>,
        },
        { id: 'languages', values },
        { id: 'finding', values },
        {
          ...{ id: 'areas', values },
          below: (
            <ol>
              {PRIORITY_AREAS.map((area) => (
                <li key={area}>{t(`PriorityAreas.${area}`)}</li>
              ))}
            </ol>
          ),
        },
        { id: 'safety', values },
        { id: 'data', values },
      ]}
      contact={{ id: 'correct', values }}
    />
  )
}
