import { getTranslations } from 'next-intl/server'
import { MailLink, TextPage, textElements } from '@/components/site/text-page'
import { env } from '@/lib/env'
import { pageMetadata } from '../page-metadata'
import { SiteFrame } from '../site-frame'

export async function generateMetadata() {
  const t = await getTranslations('Privacy')
  return pageMetadata({ path: '/privacy', title: t('title'), description: t('description') })
}

export default async function PrivacyPage() {
  const t = await getTranslations('Privacy')
  const section = (id: 'visitors' | 'cannot' | 'organisations' | 'kept') => ({
    id,
    title: t(`${id}.title`),
    body: t.rich(`${id}.body`, textElements),
  })
  const address = env.CONTACT_EMAIL
  const exit = env.EXIT_URL
  return (
    <SiteFrame path="/privacy">
      <TextPage
        title={t('title')}
        lead={t('lead')}
        sections={[
          section('visitors'),
          section('cannot'),
          ...(exit === null
            ? []
            : [
                {
                  id: 'leaving',
                  title: t('leaving.title'),
                  body: t.rich('leaving.body', {
                    ...textElements,
                    site: new URL(exit).host.replace(/^www\./, ''),
                  }),
                },
              ]),
          section('organisations'),
          section('kept'),
          ...(address === null
            ? []
            : [
                {
                  id: 'ask',
                  title: t('ask.title'),
                  body: t.rich('ask.body', {
                    ...textElements,
                    mail: () => <MailLink address={address} />,
                  }),
                },
              ]),
        ]}
      />
    </SiteFrame>
  )
}
