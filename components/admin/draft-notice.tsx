import { getTranslations } from 'next-intl/server'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

type DraftNoticeProps = {
  locale: Locale
  /** Empty for a new organisation. */
  id: string
  /** Number of each form that was typed into, and when it was kept, in words. */
  drafts: readonly { form: string; at: string }[]
  /** Address of the form, from the language on. */
  path: string
}

/** There is text that was typed and not saved: go on with it, or throw it away. */
export async function DraftNotice({ locale, id, drafts: kept, path }: DraftNoticeProps) {
  const t = await getTranslations('Admin.form')
  return kept.map(({ form, at }) => (
    <form
      className="notice"
      key={form}
      method="post"
      encType="multipart/form-data"
      action={localePath(locale, '/admin/organisations/save')}
    >
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="form" value={form} />
      <p>{t('draftFound', { at })}</p>
      <p>
        <a href={localePath(locale, `${path}?kept=draft&form=${encodeURIComponent(form)}`)}>
          {t('continueDraft')}
        </a>{' '}
        <button className="as-link" name="intent" value="discard">
          {t('discardDraft')}
        </button>
      </p>
    </form>
  ))
}
