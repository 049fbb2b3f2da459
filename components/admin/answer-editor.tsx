import { getTranslations } from 'next-intl/server'
import { firstValue, type FormState } from '@/lib/forms/state'
import { languageName } from '@/lib/i18n/language-name'
import type { Locale } from '@/lib/i18n/routing'
import {
  CHECKED,
  answerInputName,
  isChecked,
  type ProfileFieldError,
} from '@/lib/editing/profile-form'
import type { Conflict } from '@/lib/editing/merge'
import { PROVENANCES, type Provenance, type Question } from '@/lib/organisations/schema'
import { warningsFor } from '@/lib/editing/warnings'
import { CharacterCount } from './character-count'
import { ConflictNotice } from './conflict-notice'
import { LanguageOptions } from './language-options'
import { WordDiff } from '@/components/history/word-diff'

/** What changed in the source of a translation since it was made; no segments where that was erased. */
export type SourceChange = {
  question: Question
  language: string
  sourceLanguage: string
  segments: readonly { kind: 'same' | 'added' | 'removed'; text: string }[] | null
}

type AnswerEditorProps = {
  locale: Locale
  question: Question
  language: string
  /** Languages in which the form has an answer to this question. */
  languages: readonly string[]
  values: FormState['values']
  errors: readonly ProfileFieldError[]
  conflict: Conflict | undefined
  since: SourceChange | undefined
  /** French and English stand in their column; the language of any other can be put right. */
  isFormLanguage: boolean
}

/** One answer in one language: its text, what is missing or behind in the margin, where it comes from. */
export async function AnswerEditor({
  locale,
  question,
  language,
  languages,
  values,
  errors: faults,
  conflict,
  since,
  isFormLanguage: isOnSheet,
}: AnswerEditorProps) {
  const t = await getTranslations('Admin.form')
  const name = (part: Parameters<typeof answerInputName>[2]) =>
    answerInputName(question, language, part)
  const text = firstValue(values, name('text'))
  const provenance = (firstValue(values, name('provenance')) || 'unknown') as Provenance
  const source = firstValue(values, name('source'))
  const isEmpty = text.trim() === ''
  const isMissing =
    isEmpty &&
    languages.some((other) => firstValue(values, answerInputName(question, other, 'text')) !== '')
  const isTranslation = provenance === 'translation' || provenance === 'machine'
  const others = languages.filter((other) => other !== language)
  const faultOf = (field: string) => faults.find((fault) => fault.field === field)
  const textFault = faultOf(name('text'))
  const originFaults = [faultOf(name('source')), faultOf(name('language'))].flatMap(
    (fault) => fault ?? [],
  )
  const warnings = isEmpty ? [] : warningsFor(text, language)
  const mark = since ? 'behind' : isMissing ? 'missing' : ''
  const fromNamed = languageName(locale, source || 'und')
  return (
    <div className={`answer-editor ${mark} ${textFault ? 'faulty' : ''}`.trim()}>
      <p className="answer-head">
        <label htmlFor={name('text')}>
          <span className="visually-hidden">{t('answerIn')} </span>
          {languageName(locale, language)}
        </label>
        {since ? <b className="flag">{t('behind')}</b> : null}
        {isMissing ? <b className="flag">{t('missing')}</b> : null}
        <CharacterCount
          field={name('text')}
          initial={text.length}
          words={t('characters', { count: '{count}' })}
        />
      </p>
      {textFault ? (
        <p className="error" id={`${name('text')}-error`}>
          {t(`fault.${textFault.code}`)}
        </p>
      ) : null}
      {since ? (
        <details className="source-change" open>
          <summary>{t('since', { language: languageName(locale, since.sourceLanguage) })}</summary>
          {since.segments === null ? (
            <p>{t('sinceErased')}</p>
          ) : (
            <WordDiff segments={since.segments} language={since.sourceLanguage} />
          )}
        </details>
      ) : null}
      {conflict ? (
        <ConflictNotice conflict={conflict} show={(words) => words} language={language} />
      ) : null}
      <textarea
        id={name('text')}
        name={name('text')}
        defaultValue={text}
        lang={language === 'und' ? '' : language}
        dir="auto"
        rows={Math.min(14, Math.max(3, Math.ceil(text.length / 60)))}
        aria-invalid={textFault ? true : undefined}
        aria-describedby={textFault ? `${name('text')}-error` : undefined}
      />
      {warnings.length === 0 ? null : (
        <ul className="warnings">
          {warnings.map((warning) => (
            <li key={warning}>{t(`warning.${warning}`)}</li>
          ))}
        </ul>
      )}
      {isTranslation && !isEmpty ? (
        <label className="choice-option">
          <CheckboxPresence name={name('checked')} />
          <input
            type="checkbox"
            name={name('checked')}
            value={CHECKED}
            defaultChecked={isChecked(values, name('checked'))}
          />
          <span>{t('checked', { language: fromNamed })}</span>
        </label>
      ) : null}
      <details className="origin" open={originFaults.length > 0}>
        <summary>
          {isTranslation && source !== ''
            ? t(`originFrom.${provenance}`, { language: fromNamed })
            : t(`origin.${provenance}`)}
        </summary>
        {originFaults.map(({ field, code }) => (
          <p className="error" key={field}>
            {t(`fault.${code}`)}
          </p>
        ))}
        {isOnSheet ? null : (
          <span className="choice-of">
            <label htmlFor={name('language')}>{t('language')}</label>
            <select
              id={name('language')}
              name={name('language')}
              defaultValue={firstValue(values, name('language')) || language}
            >
              <LanguageOptions locale={locale} first={language} />
            </select>
          </span>
        )}
        <span className="choice-of">
          <label htmlFor={name('provenance')}>{t('provenance')}</label>
          <select id={name('provenance')} name={name('provenance')} defaultValue={provenance}>
            {PROVENANCES.map((one) => (
              <option key={one} value={one}>
                {t(`origin.${one}`)}
              </option>
            ))}
          </select>
        </span>
        <span className="choice-of">
          <label htmlFor={name('source')}>{t('source')}</label>
          <select id={name('source')} name={name('source')} defaultValue={source}>
            <option value="">{t('sourceUnknown')}</option>
            {[...new Set([...others, ...(source === '' ? [] : [source])])].map((other) => (
              <option key={other} value={other}>
                {languageName(locale, other)}
              </option>
            ))}
          </select>
        </span>
      </details>
    </div>
  )
}

/** Says that a box was in the form, also when it is not ticked. */
export function CheckboxPresence({ name }: { name: string }) {
  return <input type="hidden" name={name} value="" />
}
