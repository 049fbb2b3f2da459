import { catalogs } from '@/lib/i18n/catalogs'
import { escapeXml } from '@/lib/text/escape-xml'
import { localePath, otherLocales } from '@/lib/i18n/navigation'
import { routing, type Locale } from '@/lib/i18n/routing'
import type { SubmittedForm } from './replay-form'

export type ErrorStatus = 400 | 403 | 404 | 405 | 409 | 413 | 415 | 500 | 503 | 507

export type ErrorPage = {
  status: ErrorStatus
  /** The language of the URL; null: both languages are shown. */
  locale: Locale | null
  /** The id of the log entry, which the visitor can quote; null if it is no failure of ours. */
  errorId: string | null
  /** Null: each language's own name for the site. */
  siteName: string | null
  /** Whether there is a link to leave the site. */
  hasExit: boolean
  /** URLs of the site's style sheets. */
  stylesheets: readonly string[]
  /** The form that was refused: the page holds it, to be submitted again. */
  submitted?: SubmittedForm | null
}

const subjects = {
  400: 'badRequest',
  403: 'forbidden',
  404: 'notFound',
  405: 'methodNotAllowed',
  409: 'conflict',
  413: 'tooLarge',
  415: 'encoded',
  500: 'error',
  503: 'busy',
  507: 'full',
} as const satisfies Record<ErrorStatus, string>

/** The nearest status that there is a text for. */
export function errorStatus(status: number): ErrorStatus {
  if (status >= 500) return status === 503 || status === 507 ? status : 500
  return status in subjects ? (status as ErrorStatus) : 400
}

function words(status: ErrorStatus, locale: Locale): { title: string; body: string } {
  const subject = subjects[status]
  return subject === 'notFound' ? catalogs[locale].NotFound : catalogs[locale].Delivery[subject]
}

function article(page: ErrorPage, locale: Locale, isFirst: boolean): string {
  const { title, body } = words(page.status, locale)
  const { home, list } = catalogs[locale].NotFound
  const heading = isFirst ? 'h1' : 'h2'
  const id = page.errorId === null ? '' : ` <strong>${escapeXml(page.errorId)}</strong>`
  return (
    `<article class="text-page" lang="${locale}"><${heading}>${escapeXml(title)}</${heading}>` +
    `<p class="lead">${escapeXml(body)}${id}</p>` +
    (isFirst && page.submitted ? replayForm(page.submitted, locale) : '') +
    '<ul>' +
    `<li><a href="${localePath(locale, '/organisations')}">${escapeXml(list)}</a></li>` +
    `<li><a href="${localePath(locale, '/')}">${escapeXml(home)}</a></li></ul></article>`
  )
}

function replayForm({ address, enctype, fields }: SubmittedForm, locale: Locale): string {
  const { body, button } = catalogs[locale].Delivery.sendAgain
  const inputs = fields.map(([name, value]) => {
    // HTML parsers normalise line breaks that are not escaped.
    const [field, text] = [name, value].map((one) =>
      escapeXml(one).replaceAll('\r', '&#13;').replaceAll('\n', '&#10;'),
    )
    return `<input type="hidden" name="${field ?? ''}" value="${text ?? ''}">`
  })
  return (
    `<form method="post" action="${escapeXml(address)}" enctype="${enctype}">` +
    `<p>${escapeXml(body)}</p>${inputs.join('')}` +
    `<p><button>${escapeXml(button)}</button></p></form>`
  )
}

/**
 * The HTML of an error page, made without Next. A 404 below a language is in that language, everything else
 * in both. It says nothing about the request, so that a hidden page and one that never was look the same.
 */
export function errorPage(page: ErrorPage): string {
  const first = page.locale ?? routing.defaultLocale
  const isOneLanguage = page.status === 404 && page.locale !== null
  const languages = isOneLanguage ? [first] : [first, ...otherLocales(first)]
  const siteName = page.siteName ?? catalogs[first].Site.title
  const title = escapeXml(languages.map((locale) => words(page.status, locale).title).join(' · '))
  const links = page.stylesheets
    .map((href) => `<link rel="stylesheet" href="${escapeXml(href)}">`)
    .join('')
  const { leave, leaveNavigation } = catalogs[first].Site
  const exit = page.hasExit
    ? `<nav class="quick-exit" aria-label="${escapeXml(leaveNavigation)}">` +
      `<a href="${localePath(first, '/leave')}" rel="noreferrer nofollow">${escapeXml(leave)}</a></nav>`
    : ''
  return (
    `<!DOCTYPE html><html lang="${first}" dir="ltr"><head><meta charset="utf-8">` +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    '<meta name="robots" content="noindex">' +
    `<title>${title}</title><link rel="icon" href="/icon.svg" type="image/svg+xml">${links}</head>` +
    `<body>${exit}<header class="site-header"><a class="brand" href="${localePath(first, '/')}">` +
    `${escapeXml(siteName)}</a></header><main id="content">` +
    languages.map((locale, index) => article(page, locale, index === 0)).join('') +
    '</main></body></html>'
  )
}

/**
 * An error of the API as JSON: `{ "error": { code, parameter, value, allowed } }`.
 *
 * @param errorId added as `id` for failures of ours
 * @param allowed the methods, if the method was wrong
 */
export function apiError(
  status: ErrorStatus,
  errorId: string | null,
  allowed: readonly string[] | null,
): string {
  const error = { code: subjects[status], parameter: null, value: null, allowed }
  return JSON.stringify({ error: errorId === null ? error : { ...error, id: errorId } })
}
