import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { MailLink, TextPage, textElements } from '@/components/site/text-page'
import { env } from '@/lib/env'
import { localePath } from '@/lib/i18n/navigation'
import { PRIORITY_AREAS } from '@/lib/organisations/schema'
import { pageMetadata } from '../page-metadata'
import { SiteFrame } from '../site-frame'

export async function generateMetadata() {
  const t = await getTranslations('About')
  return pageMetadata({ path: '/about', title: t('title'), description: t('description') })
}

export default async function AboutPage() {
  const locale = await getLocale()
  const t = await getTranslations()
  const link = (href: string) =>
    function Linked(chunks: ReactNode) {
      return <a href={href}>{chunks}</a>
    }
  const elements = {
    ...textElements,
    list: link(localePath(locale, '/organisations')),
    privacy: link(localePath(locale, '/privacy')),
    api: link('/api/organisations'),
    feed: link(localePath(locale, '/feed.xml')),
  }
  const section = (id: 'what' | 'languages' | 'finding' | 'safety' | 'data') => ({
    id,
    title: t(`About.${id}.title`),
    body: t.rich(`About.${id}.body`, elements),
  })
  const address = env.CONTACT_EMAIL
  return (
    <SiteFrame path="/about">
      <TextPage
        title={t('About.title')}
        lead={t('About.lead')}
        sections={[
          {
            ...section('what'),
            body: (
              <>
                {t.rich('About.what.body', elements)}
                {env.NETWORK_NAME === null ? null : (
                  <p>{t('About.what.network', { network: env.NETWORK_NAME })}</p>
                )}
              </>
            ),
          },
          section('languages'),
          section('finding'),
          {
            id: 'areas',
            title: t('About.areas.title'),
            body: (
              <>
                {t.rich('About.areas.body', elements)}
                <ol>
                  {PRIORITY_AREAS.map((area) => (
                    <li key={area}>{t(`PriorityAreas.${area}`)}</li>
                  ))}
                </ol>
              </>
            ),
          },
          section('safety'),
          section('data'),
          ...(address === null
            ? []
            : [
                {
                  id: 'correct',
                  title: t('About.correct.title'),
                  body: t.rich('About.correct.body', {
                    ...elements,
                    mail: () => <MailLink address={address} />,
                  }),
                },
              ]),
        ]}
      />
    </SiteFrame>
  )
}
