import { getTranslations } from 'next-intl/server'
import { languageName } from '@/lib/i18n/language-name'
import type { Locale } from '@/lib/i18n/routing'
import { splitParagraphs } from '@/lib/profile/paragraphs'
import type { PublicAnswer } from '@/lib/profile/public'
import type { Question } from '@/lib/profile/schema'
import { AnswerText, ParagraphBlock, languageAttribute } from './answer-text'

type ParallelSectionProps = { locale: Locale; question: Question; answers: PublicAnswer[] }

/**
 * A question and its answer in all its languages side by side, the original first. Two texts with
 * the same number of paragraphs are set paragraph beside paragraph, others each as a whole.
 */
export async function ParallelSection({ locale, question, answers }: ParallelSectionProps) {
  const t = await getTranslations()
  const inOrder = [...answers].sort((a, b) => rank(a, locale) - rank(b, locale))
  const [left, right] = inOrder
  const rows = left && right && inOrder.length === 2 ? alignedParagraphs(left, right) : null
  return (
    <section className="question" id={question}>
      <h2>{t(`Questions.${question}`)}</h2>
      {left === undefined ? <p className="status">{t('Profile.missing')}</p> : null}
      {left === undefined || answers.some(({ language }) => language === locale) ? null : (
        <p className="status untranslated">
          {left.language === 'und'
            ? languageName(locale, 'und')
            : right === undefined
              ? t('Profile.notTranslated', { language: languageName(locale, left.language) })
              : t('Profile.notTranslatedInto', {
                  language: languageName(locale, left.language),
                  reader: languageName(locale, locale),
                })}
        </p>
      )}
      {left && right && rows ? (
        <div className="parallel">
          <Label locale={locale} answer={left} />
          <Label locale={locale} answer={right} />
          {rows.flatMap(([before, after], index) => [
            <div className="answer" key={`l${index}`} lang={languageAttribute(left.language)}>
              <ParagraphBlock paragraph={before} />
            </div>,
            <div className="answer" key={`r${index}`} lang={languageAttribute(right.language)}>
              <ParagraphBlock paragraph={after} />
            </div>,
          ])}
        </div>
      ) : (
        <div className="parallel">
          {inOrder.map((answer) => (
            <div key={answer.language}>
              <Label locale={locale} answer={answer} />
              <AnswerText {...answer} />
            </div>
          ))}
        </div>
      )}
    </section>
  )
}

async function Label({ locale, answer }: { locale: Locale; answer: PublicAnswer }) {
  const t = await getTranslations('Profile')
  const kind = {
    original: 'labelOriginal',
    translation: 'labelTranslation',
    machine: 'labelMachine',
  } as const
  const parts = [
    languageName(locale, answer.language),
    ...(answer.provenance === 'unknown' ? [] : [t(kind[answer.provenance])]),
    ...(answer.outdated ? [t('labelOutdated')] : []),
  ]
  return <p className="status">{parts.join(' · ')}</p>
}

function rank(answer: PublicAnswer, locale: Locale): number {
  if (answer.provenance === 'original') return 0
  return answer.language === locale ? 1 : 2
}

function alignedParagraphs(left: PublicAnswer, right: PublicAnswer) {
  const before = splitParagraphs(left.text)
  const after = splitParagraphs(right.text)
  if (before.length !== after.length) return null
  return before.flatMap((paragraph, index) => {
    const beside = after[index]
    return beside ? [[paragraph, beside] as const] : []
  })
}
