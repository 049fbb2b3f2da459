import { getTranslations } from 'next-intl/server'
import { languageName } from '@/lib/i18n/language-name'
import type { Locale } from '@/lib/i18n/routing'
import type { DisclosedPassage } from '@/lib/organisations/disclosure'
import { lineParts } from '@/lib/organisations/passages'

type DisclosureProps = {
  locale: Locale
  passages: readonly DisclosedPassage[]
  /** URL of the page with the form of the profile; empty on that page itself. */
  formUrl: string
  /** What is asked of the form around it: sent before the hashes by "publish as it is". */
  intent: string
  /** URL of the page that does nothing. */
  backUrl: string
  /** The form that the button belongs to, if it stands outside of it. */
  formId?: string
}

/** What would become public, each passage marked, with "publish as it is", "take out" and "back". */
export async function Disclosure(props: DisclosureProps) {
  const { locale, passages, formUrl, intent, backUrl, formId } = props
  const t = await getTranslations()
  if (passages.length === 0) return null
  return (
    <section className="notice" role="alert" aria-labelledby="disclosure-title">
      <h2 id="disclosure-title">{t('Admin.disclosure.title')}</h2>
      <p>{t('Admin.disclosure.lead')}</p>
      <ul>
        {passages.map((passage) => {
          const { question, language, kind, hash, start } = passage
          const [before, marked, after] = lineParts(passage)
          return (
            <li key={`${hash} ${question} ${language} ${String(start)}`}>
              <strong>{t(`Admin.disclosure.kind.${kind}`)}</strong>{' '}
              <small>
                {t(`Questions.${question}`)} ({languageName(locale, language)})
              </small>
              <p lang={language} dir="auto">
                {before}
                <mark>{marked}</mark>
                {after}
              </p>
              <a href={`${formUrl}#answers.${question}.${language}.text`}>
                {t('Admin.disclosure.takeOut')}
              </a>
            </li>
          )
        })}
      </ul>
      <p className="buttons">
        <button
          name="asItIs"
          value={[intent, ...new Set(passages.map(({ hash }) => hash))].join(' ')}
          form={formId}
        >
          {t('Admin.disclosure.asItIs')}
        </button>{' '}
        <a href={backUrl}>{t('Admin.disclosure.back')}</a>
      </p>
    </section>
  )
}
