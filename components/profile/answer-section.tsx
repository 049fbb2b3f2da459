import { getTranslations } from 'next-intl/server'
import { languageName, languageNames } from '@/lib/i18n/language-name'
import type { Locale } from '@/lib/i18n/routing'
import { pickAnswer } from '@/lib/organisations/answer-language'
import type { PublicAnswer } from '@/lib/organisations/public'
import type { Question } from '@/lib/organisations/schema'
import { AnswerText } from './answer-text'

type AnswerSectionProps = { locale: Locale; question: Question; answers: PublicAnswer[] }

/** A question and its answer in the reader’s language, the other languages one disclosure away. */
export async function AnswerSection({ locale, question, answers }: AnswerSectionProps) {
  const t = await getTranslations()
  const shown = pickAnswer(answers, locale)
  return (
    <section className="question" id={question}>
      <h2>{t(`Questions.${question}`)}</h2>
      {shown === null ? (
        <p className="status">{t('Profile.missing')}</p>
      ) : (
        <>
          <AnswerStatus locale={locale} answers={answers} {...shown} />
          <AnswerText {...shown.answer} />
          {answers
            .filter((other) => other !== shown.answer)
            .map((other) => (
              <OtherLanguage key={other.language} locale={locale} answer={other} />
            ))}
        </>
      )}
    </section>
  )
}

type AnswerStatusProps = {
  locale: Locale
  answers: PublicAnswer[]
  answer: PublicAnswer
  fallback: boolean
}

/** One quiet line: which text this is, and how it came into this language. */
async function AnswerStatus({ locale, answers, answer, fallback }: AnswerStatusProps) {
  const t = await getTranslations('Profile')
  const language = languageName(locale, answer.language)
  if (fallback) {
    return (
      <p className="status untranslated">
        {answer.language === 'und'
          ? language
          : answers.length > 1
            ? t('notTranslatedInto', { language, reader: languageName(locale, locale) })
            : t('notTranslated', { language })}
      </p>
    )
  }
  const original = answers.find(({ provenance }) => provenance === 'original')
  const intoBy = (provenance: PublicAnswer['provenance']) => {
    const into = answers.filter((other) => other.provenance === provenance)
    return into.length === 0
      ? []
      : [
          languageNames(
            locale,
            into.map((other) => other.language),
          ),
        ]
  }
  const parts = [
    ...(original ? [t('original', { language: languageName(locale, original.language) })] : []),
    ...intoBy('translation').map((languages) => t('translatedInto', { languages })),
    ...intoBy('machine').map((languages) => t('machineInto', { languages })),
    ...(answer.provenance === 'unknown' ? [t('textIn', { language })] : []),
    ...(answer.outdated ? [t('outdated')] : []),
  ]
  return <p className="status">{parts.join(' · ')}</p>
}

async function OtherLanguage({ locale, answer }: { locale: Locale; answer: PublicAnswer }) {
  const t = await getTranslations('Profile')
  const language = languageName(locale, answer.language)
  const label = {
    original: 'readOriginal',
    translation: 'readTranslation',
    machine: 'readMachine',
    unknown: 'readTranslation',
  } as const
  return (
    <details>
      <summary>
        {answer.language === 'und' ? t('readUncertain') : t(label[answer.provenance], { language })}
      </summary>
      {answer.outdated ? <p className="status">{t('outdated')}</p> : null}
      <AnswerText {...answer} />
    </details>
  )
}
