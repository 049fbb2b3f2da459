import { getTranslations } from 'next-intl/server'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

type KeptNoticeProps = {
  locale: Locale
  /** Empty for a new organisation. */
  id: string
  /** When it was kept, in words. */
  at: string
  /** Address of the form, from the language on. */
  path: string
  discard: (form: FormData) => Promise<void>
}

/** There is text that was typed and not saved: go on with it, or throw it away. */
export async function KeptNotice({ locale, id, at, path, discard }: KeptNoticeProps) {
  const t = await getTranslations('Desk.form')
  return (
    <form className="notice" action={discard}>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="locale" value={locale} />
      <p>{t('unsaved', { at })}</p>
      <p>
        <a href={localePath(locale, `${path}?kept=draft`)}>{t('continueDraft')}</a>{' '}
        <button className="as-link">{t('discardDraft')}</button>
      </p>
    </form>
  )
}
