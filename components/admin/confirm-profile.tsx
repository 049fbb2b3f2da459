import { getTranslations } from 'next-intl/server'
import { formatDate } from '@/lib/i18n/format-date'
import type { Locale } from '@/lib/i18n/routing'
import { StatusForm } from './status-form'

type ConfirmProfileProps = {
  locale: Locale
  profile: { id: string; version: number; confirmedAt: Date | null }
  mayConfirm: boolean
  change: (form: FormData) => Promise<void>
  from?: 'form'
}

/** When a profile was last said to be right, and the button that says so as of today. */
export async function ConfirmProfile({
  locale,
  profile,
  mayConfirm,
  ...rest
}: ConfirmProfileProps) {
  const t = await getTranslations('Admin.status')
  const { id, version, confirmedAt } = profile
  return (
    <section id="confirm">
      <h2>{t('confirmTitle')}</h2>
      <p>
        {confirmedAt === null
          ? t('neverConfirmed')
          : t('confirmedOn', { day: formatDate(locale, confirmedAt.toISOString()) })}
      </p>
      {mayConfirm ? <StatusForm {...{ locale, id, version, ...rest }} acts={['confirm']} /> : null}
    </section>
  )
}
