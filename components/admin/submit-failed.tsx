'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'

/** Says above a form that the site did not take it, and that what was typed still stands in it. */
export function SubmitFailed({ isShown }: { isShown: boolean }) {
  const t = useTranslations('AdminError')
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => notice.current?.focus(), [isShown])
  if (!isShown) return null
  return (
    <div className="error-summary" role="alert" tabIndex={-1} ref={notice}>
      <h2>{t('title')}</h2>
      <p>{t('stillHere')}</p>
    </div>
  )
}
