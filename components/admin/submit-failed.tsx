'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'

/** Says above a form that submitting it failed and that the typed values are still there. */
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
