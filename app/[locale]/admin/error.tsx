'use client'

import { useTranslations } from 'next-intl'

/**
 * In place of a page whose script was given an answer that it cannot read: a form from before an
 * update, one that is too large, a server that is away. Without scripts the answer itself is shown.
 */
export default function DeskError() {
  const t = useTranslations('DeskError')
  return (
    <main id="content" className="desk">
      <h1>{t('title')}</h1>
      <p className="lead" role="alert">
        {t('body')}
      </p>
      <p>
        {/* A whole load: the address may ask for what is new since this page was opened. */}
        <a href="">{t('again')}</a>
      </p>
    </main>
  )
}
