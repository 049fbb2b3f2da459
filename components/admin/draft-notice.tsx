import { getTranslations } from 'next-intl/server'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

type DraftNoticeProps = {
  locale: Locale
  /** Id of the organisation; empty for a new one. */
  id: string
  /** Each draft by the id of its form, with the formatted time when it was saved. */
  drafts: readonly { form: string; at: string }[]
  /** Path of the form without the language. */
  path: string
}

/** Unsaved drafts, each with a link to continue and a button to discard it. */
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
