import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { DeskFrame } from '@/components/admin/admin-frame'
import { ImportForm } from '@/components/admin/import-form'
import { mayAtDesk } from '@/lib/permissions/permissions'
import { catalogs } from '@/lib/i18n/catalogs'
import { languageName } from '@/lib/i18n/language-name'
import { localePath } from '@/lib/i18n/navigation'
import type { DeskImport } from '@/lib/import/run-in-child'
import { TOLD_APART, UNCERTAIN } from '@/lib/import/detect-language'
import { COUNTRIES } from '@/lib/geo/countries'
import { QUESTIONS } from '@/lib/organisations/schema'
import { requirePerson } from '../require-user'
import { importPages } from './actions'

const PATH = '/admin/import'
/** Languages that most pages are in. */
const FIRST = ['fr', 'en'] as const

/** Why nothing was read: each has its words. */
type ImportRefusal = Extract<DeskImport, { ok: false }>['reason'] | 'nothing' | 'signedOut'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('ImportDesk')
  return { title: t('title') }
}

export default async function ImportPage() {
  const locale = await getLocale()
  const { actor } = await requirePerson(PATH)
  if (!mayAtDesk(actor, 'importPages')) notFound()
  const t = await getTranslations()
  const desk = await getTranslations('ImportDesk')
  const collator = new Intl.Collator(locale)
  const refusals: Record<ImportRefusal, string> = {
    nothing: desk('refusals.nothing'),
    denied: desk('refusals.denied'),
    tooMany: desk('refusals.tooMany'),
    invalid: desk('refusals.invalid'),
    failed: desk('refusals.failed'),
    signedOut: desk('refusals.signedOut'),
  }
  return (
    <DeskFrame locale={locale} path={PATH} title={desk('title')} actor={actor}>
      <p>{desk('lead')}</p>
      <ImportForm
        action={importPages.bind(null, locale)}
        address={localePath(locale, PATH)}
        countries={COUNTRIES.map((value) => ({ value, name: t(`Countries.${value}`) })).sort(
          (a, b) => collator.compare(a.name, b.name),
        )}
        answers={QUESTIONS.flatMap((question) =>
          TOLD_APART.map((language) => ({
            value: `${question}.${language}`,
            name: t('History.answer', {
              question: t(`Questions.${question}`),
              language: languageName(locale, language),
            }),
          })),
        )}
        languages={[
          ...FIRST,
          ...Object.keys(catalogs[locale].Languages)
            .filter((tag) => tag !== UNCERTAIN && !FIRST.some((first) => first === tag))
            .sort((a, b) => collator.compare(languageName(locale, a), languageName(locale, b))),
        ].map((value) => ({ value, name: languageName(locale, value) }))}
        words={{
          text: desk('text'),
          textHint: desk('textHint'),
          files: desk('files'),
          filesHint: desk('filesHint'),
          plan: desk('plan'),
          again: desk('again'),
          apply: desk('apply'),
          startOver: desk('startOver'),
          planTitle: desk('planTitle'),
          doneTitle: desk('doneTitle'),
          summary: desk('summary'),
          refused: desk('refused'),
          name: desk('name'),
          country: desk('country'),
          choose: desk('choose'),
          place: desk('place'),
          leave: desk('leave'),
          language: desk('language'),
          uncertain: desk('uncertain'),
          decided: desk('decided'),
          keepStands: desk('keepStands'),
          takePage: desk('takePage'),
          nothing: desk('nothing'),
          keepLast: desk('keepLast'),
          leaveLast: desk('leaveLast'),
          refusals,
        }}
      />
    </DeskFrame>
  )
}
