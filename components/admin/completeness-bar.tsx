import { getTranslations } from 'next-intl/server'
import { languageName } from '@/lib/i18n/language-name'
import type { Locale } from '@/lib/i18n/routing'
import type { Completeness } from '@/lib/admin/completeness'

type CompletenessBarProps = { locale: Locale; completeness: Completeness }

/** How far a profile is written in one language: a mark for each question, and the same in words. */
export async function CompletenessBar({ locale, completeness }: CompletenessBarProps) {
  const t = await getTranslations('Admin.overview')
  const { language, answered, total: of, outdated: behind } = completeness
  const marks = Array.from({ length: of }, (_, index) =>
    index < answered - behind ? 'written' : index < answered ? 'late' : 'blank',
  )
  return (
    <span className="completeness">
      <span className="marks" aria-hidden="true">
        {marks.map((mark, index) => (
          <i key={index} className={mark} />
        ))}
      </span>
      {t('completeness', { language: languageName(locale, language), answered, of })}
      {behind > 0 ? <b>{t('behindCount', { behind })}</b> : null}
    </span>
  )
}
