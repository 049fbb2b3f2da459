import { BYTE_ORDER_MARK, csvRow } from '@/lib/text/csv'
import { env } from '@/lib/env'
import { languageNames } from '@/lib/i18n/language-name'
import { findLocale, localePath } from '@/lib/i18n/navigation'
import { catalogs } from '@/lib/i18n/catalogs'
import { routing, type Locale } from '@/lib/i18n/routing'
import { translator } from '@/lib/i18n/translator'
import { isCountry } from '@/lib/geo/countries'
import { languagesOf } from '@/lib/organisations/answer-language'
import type { PublicAnswer, PublicProfile } from '@/lib/organisations/public'
import { CONTACT_KINDS, QUESTIONS } from '@/lib/organisations/schema'
import { download, parseListRequest, type Context } from '../download-list'

/** The whole list as a table for spreadsheets, with the headings of the address's language. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const locale = findLocale((await params).locale)
  if (locale === null) return new Response(null, { status: 404 })
  const filter = parseListRequest(locale, request)
  if (!filter.ok) return filter.response
  return download({
    ...{ locale, filters: filter.filters, extension: 'csv', contentType: 'text/csv' },
    beginning: BYTE_ORDER_MARK + csvRow(headings(locale)),
    piece: (profiles) => profiles.map((profile) => csvRow(cells(locale, profile))).join(''),
  })
}

function headings(locale: Locale): string[] {
  const t = translator(locale, 'Download')
  const questions = QUESTIONS.flatMap((question) =>
    [
      ...routing.locales.map((one) => languageNames(locale, [one])),
      t('columns.otherLanguages'),
    ].map((language) =>
      t('columns.answer', { question: catalogs[locale].Questions[question], language }),
    ),
  )
  return [
    ...[t('columns.name'), t('columns.aliases'), t('columns.country'), t('columns.countryCode')],
    ...[t('columns.region'), t('columns.areas'), ...questions, t('columns.languages')],
    ...CONTACT_KINDS.map((kind) => t(`columns.${kind}`)),
    ...[t('columns.confirmed'), t('columns.updated'), t('columns.page')],
  ]
}

function cells(locale: Locale, profile: PublicProfile): string[] {
  const { Countries, Regions, PriorityAreas } = catalogs[locale]
  const { country, region, confirmedAt } = profile
  return [
    profile.name,
    profile.aliases.join('\n'),
    country !== null && isCountry(country) ? Countries[country] : '',
    country ?? '',
    region === null ? '' : Regions[region],
    profile.priorityAreas.map((area) => PriorityAreas[area]).join('\n'),
    ...QUESTIONS.flatMap((question) => answerCells(locale, profile.answers[question])),
    languageNames(locale, languagesOf(profile.answers)),
    ...CONTACT_KINDS.map((kind) => profile.contact[kind] ?? ''),
    confirmedAt?.slice(0, 10) ?? '',
    profile.updatedAt.slice(0, 10),
    `${env.PUBLIC_ORIGIN}${localePath(locale, `/organisations/${profile.slug}`)}`,
  ]
}

/** One cell for each language of the interface, and one for all others, each text under its language. */
function answerCells(locale: Locale, answers: PublicAnswer[]): string[] {
  const own = routing.locales.map((one) => answers.find(({ language }) => language === one)?.text)
  const others = answers.filter(({ language }) => routing.locales.every((one) => one !== language))
  return [
    ...own.map((text) => text ?? ''),
    others
      .map(({ language, text }) => `[${languageNames(locale, [language])}]\n${text}`)
      .join('\n\n'),
  ]
}
