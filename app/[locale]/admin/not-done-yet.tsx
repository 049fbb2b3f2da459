import { getLocale, getTranslations } from 'next-intl/server'
import { localePath } from '@/lib/i18n/navigation'

/**
 * Says above the button of an act that it was asked for before re-authentication and is not done yet.
 *
 * @param act label of its button
 * @param back path of the page that it was asked for on, without the language
 */
export async function NotDoneYet({ act, back }: { act: string; back: string }) {
  const locale = await getLocale()
  const t = await getTranslations('Admin.notDoneYet')
  return (
    <p className="notice" role="status">
      {t('lead', { act })} <a href={localePath(locale, back)}>{t('back')}</a>
    </p>
  )
}
