import { getTranslations } from 'next-intl/server'
import { languageName } from '@/lib/i18n/language-name'
import type { Locale } from '@/lib/i18n/routing'
import { splitParagraphs } from '@/lib/text/paragraphs'
import type { PublicAnswer } from '@/lib/organisations/public'
import type { Question } from '@/lib/organisations/schema'
import { AnswerText } from './answer-text'

/** As many rows as the style sheet keeps for the paragraphs of one answer. */
const MAX_ALIGNED_PARAGRAPHS = 60

type ParallelSectionProps = { locale: Locale; question: Question; answers: PublicAnswer[] }

/**
 * A question and its answer in all its languages side by side, the original first. Two texts with
 * the same number of paragraphs are set paragraph beside paragraph, others each as a whole.
 */
export async function ParallelSection({ locale, question, answers }: ParallelSectionProps) {
  const t = await getTranslations()
  const inOrder = [...answers].sort((a, b) => rank(a, locale) - rank(b, locale))
  const [left, right] = inOrder
  const isAligned = inOrder.length === 2 && left && right && haveSameParagraphs(left, right)
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
      <div className={isAligned ? 'parallel aligned' : 'parallel'}>
        {inOrder.map((answer) => (
          <div className="version" key={answer.language}>
            <Label locale={locale} answer={answer} />
            <AnswerText {...answer} />
          </div>
        ))}
      </div>
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

function haveSameParagraphs(left: PublicAnswer, right: PublicAnswer): boolean {
  const { length } = splitParagraphs(left.text)
  return length <= MAX_ALIGNED_PARAGRAPHS && length === splitParagraphs(right.text).length
}
