'use client'

import { useLocale, useTranslations } from 'next-intl'
import { parseLocale, localePath } from '@/lib/i18n/navigation'

/**
 * Shown if the response to a form could not be used: the form is from before an update, is too large, or
 * the server is unreachable. Forms with text fields stay on their page instead (`useFormSubmission`); this
 * is for forms of one button. Without scripts the response itself is shown.
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
        {/* A full page load, because the site may have been updated since this page was opened. */}
        <a className="button" href="">
          {t('again')}
        </a>{' '}
        <a href={overview}>{t('overview')}</a>
      </p>
    </main>
  )
}
