'use client'

import { useLocale, useTranslations } from 'next-intl'
import { parseLocale, localePath } from '@/lib/i18n/navigation'

/**
 * In place of a page whose script was given an answer that it cannot read: a form from before an
 * update, one that is too large, a server that is away. Forms with something to type stay on their page
 * (`useSentForm`); this is for those of one button. Without scripts the answer itself is shown.
 */
export default function AdminError() {
  const t = useTranslations('AdminError')
  const overview = localePath(parseLocale(useLocale()), '/admin')
  return (
    <main id="content" className="admin">
      <h1>{t('title')}</h1>
      <p className="lead" role="alert">
        {t('body')}
      </p>
      <p>
        {/* A whole load: the address may ask for what is new since this page was opened. */}
        <a className="button" href="">
          {t('again')}
        </a>{' '}
        <a href={overview}>{t('overview')}</a>
      </p>
    </main>
  )
}
