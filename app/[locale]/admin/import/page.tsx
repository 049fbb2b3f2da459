import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { AdminFrame } from '@/components/admin/admin-frame'
import { ImportForm } from '@/components/admin/import-form'
import { canAdmin } from '@/lib/permissions/permissions'
import { catalogs } from '@/lib/i18n/catalogs'
import { languageName } from '@/lib/i18n/language-name'
import { localePath } from '@/lib/i18n/navigation'
import type { AdminImportResult } from '@/lib/import/run-in-child'
import { DETECTED_LANGUAGES, UNDETERMINED } from '@/lib/import/detect-language'
import { COUNTRIES } from '@/lib/geo/countries'
import { QUESTIONS } from '@/lib/organisations/schema'
import { requireUser } from '../require-user'
import { importPages } from './actions'

const PATH = '/admin/import'
/** Languages that most pages are in. */
const FIRST = ['fr', 'en'] as const

/** Why nothing was read: each has its words. */
type ImportErrorCode = Extract<AdminImportResult, { ok: false }>['reason'] | 'nothing' | 'signedOut'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('AdminImport')
  return { title: t('title') }
}

export default async function ImportPage() {
  const locale = await getLocale()
  const { actor } = await requireUser(PATH)
  if (!canAdmin(actor, 'importPages')) notFound()
  const t = await getTranslations()
  const desk = await getTranslations('AdminImport')
  const collator = new Intl.Collator(locale)
  const refusals: Record<ImportErrorCode, string> = {
    nothing: desk('refusals.nothing'),
    denied: desk('refusals.denied'),
    tooMany: desk('refusals.tooMany'),
    invalid: desk('refusals.invalid'),
    failed: desk('refusals.failed'),
    signedOut: desk('refusals.signedOut'),
  }
  return (
    <AdminFrame locale={locale} path={PATH} title={desk('title')} actor={actor}>
      <p>{desk('lead')}</p>
      <ImportForm
        action={importPages.bind(null, locale)}
        address={localePath(locale, PATH)}
        countries={COUNTRIES.map((value) => ({ value, name: t(`Countries.${value}`) })).sort(
          (a, b) => collator.compare(a.name, b.name),
        )}
        answers={QUESTIONS.flatMap((question) =>
          DETECTED_LANGUAGES.map((language) => ({
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
            .filter((tag) => tag !== UNDETERMINED && !FIRST.some((first) => first === tag))
            .sort((a, b) => collator.compare(languageName(locale, a), languageName(locale, b))),
        ].map((value) => ({ value, name: languageName(locale, value) }))}
        labels={{
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
    </AdminFrame>
  )
}
