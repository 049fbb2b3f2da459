import { getTranslations } from 'next-intl/server'
import { MailLink, TextPage, textElements } from '@/components/site/text-page'
import { env } from '@/lib/env'
import { pageMetadata } from '../page-metadata'
import { SiteFrame } from '../site-frame'

export async function generateMetadata() {
  const t = await getTranslations('Accessibility')
  return pageMetadata({ path: '/accessibility', title: t('title'), description: t('description') })
}

export default async function AccessibilityPage() {
  const t = await getTranslations('Accessibility')
  const section = (id: 'done' | 'tested' | 'limits') => ({
    id,
    title: t(`${id}.title`),
    body: t.rich(`${id}.body`, textElements),
  })
  const address = env.CONTACT_EMAIL
  return (
    <SiteFrame path="/accessibility">
      <TextPage
        title={t('title')}
        lead={t('lead')}
        sections={[
          section('done'),
          section('tested'),
          section('limits'),
          ...(address === null
            ? []
            : [
                {
                  id: 'report',
                  title: t('report.title'),
                  body: t.rich('report.body', {
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
