import { getTranslations } from 'next-intl/server'
import { writtenDay } from '@/lib/i18n/day'
import type { Locale } from '@/lib/i18n/routing'
import { StatusForm } from './status-form'

type ConfirmationProps = {
  locale: Locale
  profile: { id: string; version: number; confirmedAt: Date | null }
  mayConfirm: boolean
  change: (form: FormData) => Promise<void>
  from?: 'form'
}

/** When a profile was last said to be right, and the button that says so as of today. */
export async function Confirmation({ locale, profile, mayConfirm, ...rest }: ConfirmationProps) {
  const t = await getTranslations('Desk.status')
  const { id, version, confirmedAt } = profile
  return (
    <section id="confirm">
      <h2>{t('confirmTitle')}</h2>
      <p>
        {confirmedAt === null
          ? t('neverConfirmed')
          : t('confirmedOn', { day: writtenDay(locale, confirmedAt.toISOString()) })}
      </p>
      {mayConfirm ? <StatusForm {...{ locale, id, version, ...rest }} acts={['confirm']} /> : null}
    </section>
  )
}
