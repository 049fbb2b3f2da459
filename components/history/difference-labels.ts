import { getTranslations } from 'next-intl/server'
import { languageName } from '@/lib/i18n/language-name'
import type { Locale } from '@/lib/i18n/routing'
import type { Difference } from '@/lib/revisions/diff'

/** Names the field of a difference: « Pays », « Avec qui travaillez-vous ? (français) ». */
export async function fieldLabel(locale: Locale, difference: Difference): Promise<string> {
  const t = await getTranslations()
  if (difference.field !== 'answers') return t(`History.fields.${difference.field}`)
  return t('History.answer', {
    question: t(`Questions.${difference.question}`),
    language: languageName(locale, difference.language),
  })
}
