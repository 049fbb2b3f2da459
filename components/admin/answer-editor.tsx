import { getTranslations } from 'next-intl/server'
import { firstValue, type FormState } from '@/lib/forms/state'
import { languageName } from '@/lib/i18n/language-name'
import type { Locale } from '@/lib/i18n/routing'
import {
  CHECKED,
  answerInputName,
  isChecked,
  type AnswerPart,
  type ProfileFieldError,
} from '@/lib/editing/profile-form'
import type { Conflict } from '@/lib/editing/merge'
import { PROVENANCES, type Provenance, type Question } from '@/lib/organisations/schema'
import { warningsFor } from '@/lib/editing/warnings'
import { CharacterCount } from './character-count'
import { ConflictNotice } from './conflict-notice'
import { LanguageOptions } from './language-options'
import { WordDiff } from '@/components/history/word-diff'

/** How the source of a translation has changed since; `segments` is null if the old text was erased. */
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
  /** Languages in which the form has a field for this question. */
  languages: readonly string[]
  values: FormState['values']
  errors: readonly ProfileFieldError[]
  conflict: Conflict | undefined
  since: SourceChange | undefined
  /** French and English have a column each; the language of any other answer can be changed. */
  isFormLanguage: boolean
}

/** One answer in one language: its text, what is missing or outdated, and where it comes from. */
export async function AnswerEditor(props: AnswerEditorProps) {
  const { locale, question, language, languages, values, errors, conflict, since } = props
  const t = await getTranslations('Admin.form')
  const name = answerInputName(question, language, 'text')
  const text = firstValue(values, name)
  const isEmpty = text.trim() === ''
  const isMissing =
    isEmpty &&
    languages.some((other) => firstValue(values, answerInputName(question, other, 'text')) !== '')
  const error = errors.find(({ field }) => field === name)
  const warnings = isEmpty ? [] : warningsFor(text, language)
  const mark = since ? 'outdated' : isMissing ? 'missing' : ''
  return (
    <div className={`answer-editor ${mark} ${error ? 'invalid' : ''}`.trim()}>
      <p className="answer-head">
        <label htmlFor={name}>
          <span className="visually-hidden">{t('answerIn')} </span>
          {languageName(locale, language)}
        </label>
        {since ? <b className="flag">{t('outdated')}</b> : null}
        {isMissing ? <b className="flag">{t('missing')}</b> : null}
        <CharacterCount
          field={name}
          initial={text.length}
          words={t('characters', { count: '{count}' })}
        />
      </p>
      {error ? (
        <p className="error" id={`${name}-error`}>
          {t(`error.${error.code}`)}
        </p>
      ) : null}
      {since ? <SourceChangeDetails locale={locale} since={since} /> : null}
      {conflict ? <ConflictNotice conflict={conflict} language={language} /> : null}
      <textarea
        id={name}
        name={name}
        defaultValue={text}
        lang={language === 'und' ? '' : language}
        dir="auto"
        rows={Math.min(14, Math.max(3, Math.ceil(text.length / 60)))}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${name}-error` : undefined}
      />
      {warnings.length === 0 ? null : (
        <ul className="warnings">
          {warnings.map((warning) => (
            <li key={warning}>{t(`warning.${warning}`)}</li>
          ))}
        </ul>
      )}
      <AnswerOrigin {...props} isEmpty={isEmpty} />
    </div>
  )
}

async function SourceChangeDetails({ locale, since }: { locale: Locale; since: SourceChange }) {
  const t = await getTranslations('Admin.form')
  const { sourceLanguage, segments } = since
  return (
    <details className="source-change" open>
      <summary>{t('since', { language: languageName(locale, sourceLanguage) })}</summary>
      {segments === null ? (
        <p>{t('sinceErased')}</p>
      ) : (
        <WordDiff segments={segments} language={sourceLanguage} />
      )}
    </details>
  )
}

/** Whether the answer is a translation, of which text, and whether it was checked against it. */
async function AnswerOrigin(props: AnswerEditorProps & { isEmpty: boolean }) {
  const { locale, question, language, languages, values, errors, isFormLanguage, isEmpty } = props
  const t = await getTranslations('Admin.form')
  const name = (part: AnswerPart) => answerInputName(question, language, part)
  const provenance = (firstValue(values, name('provenance')) || 'unknown') as Provenance
  const source = firstValue(values, name('source'))
  const isTranslation = provenance === 'translation' || provenance === 'machine'
  const sourceName = languageName(locale, source || 'und')
  const others = languages.filter((other) => other !== language)
  const originErrors = [name('source'), name('language')].flatMap(
    (field) => errors.find((error) => error.field === field) ?? [],
  )
  return (
    <>
      {isTranslation && !isEmpty ? (
        <label className="choice-option">
          <CheckboxPresence name={name('checked')} />
          <input
            type="checkbox"
            name={name('checked')}
            value={CHECKED}
            defaultChecked={isChecked(values, name('checked'))}
          />
          <span>{t('checked', { language: sourceName })}</span>
        </label>
      ) : null}
      <details className="origin" open={originErrors.length > 0}>
        <summary>
          {isTranslation && source !== ''
            ? t(`originFrom.${provenance}`, { language: sourceName })
            : t(`origin.${provenance}`)}
        </summary>
        {originErrors.map(({ field, code }) => (
          <p className="error" key={field}>
            {t(`error.${code}`)}
          </p>
        ))}
        {isFormLanguage ? null : (
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
            {PROVENANCES.map((code) => (
              <option key={code} value={code}>
                {t(`origin.${code}`)}
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
    </>
  )
}

/** A hidden field that tells the server that the form has this checkbox, even if it is not ticked. */
export function CheckboxPresence({ name }: { name: string }) {
  return <input type="hidden" name={name} value="" />
}
