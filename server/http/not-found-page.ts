import type { Locale } from '@/lib/i18n/routing'
import { newErrorId, type Context, type Reply } from './context'
import { errorReply, HTML } from './error-reply'
import type { Route } from './parse-url'
import { renderWithNext } from './render'
import { headersForNext } from './request-headers'
import { stripScripts, type StrippedHtml } from './strip-scripts'

/** The page that says, in the site's frame, that there is no such page. */
const NOT_FOUND_PAGE = '/not-found'

/** Whether a route is the page itself, which then is a 404 too. */
export function isNotFoundPage({ path, locale }: Route): boolean {
  return path === `/${String(locale)}${NOT_FOUND_PAGE}`
}

/**
 * The reply for a URL that there is nothing at.
 *
 * Next answers `notFound()` with a page that is empty until a script fills it (16.4.6), so that page is
 * replaced by one that is rendered once per language. Being the same for all unknown URLs, it does not
 * tell hidden pages from those that never were.
 */
export async function notFoundReply(context: Context, route: Route): Promise<Reply> {
  const { locale } = route
  // URLs for programs have no language, and get JSON.
  if (!locale) return errorReply(context, 404, route)
  let page = context.notFoundPages.get(locale)
  if (!page) {
    page = renderNotFoundPage(context, locale)
    context.notFoundPages.set(locale, page)
    page.catch(() => context.notFoundPages.delete(locale))
  }
  const body = await page.catch(() => null)
  return body
    ? { kind: 'page', status: 404, contentType: HTML, body }
    : errorReply(context, 404, route)
}

async function renderNotFoundPage(context: Context, locale: Locale): Promise<Buffer | null> {
  const request = {
    method: 'GET',
    target: `/${locale}${NOT_FOUND_PAGE}`,
    headers: headersForNext({}, 'page', context.origin, newErrorId()),
    body: null,
  }
  const rendered = await renderWithNext(context.handle, request, new AbortController().signal)
  if (rendered.status !== 200) return null
  const { html, hasContent } = stripAndLog(context, rendered.body)
  return hasContent ? Buffer.from(html) : null
}

/** Strips the scripts of a public page; what can't be stripped is logged once for each reason. */
export function stripAndLog({ shapesLogged, log }: Context, body: Buffer): StrippedHtml {
  const stripped = stripScripts(body.toString('utf8'))
  if (stripped.shape !== 'known' && !shapesLogged.has(stripped.shape)) {
    shapesLogged.add(stripped.shape)
    log.warn({ event: 'scriptStrippingFailed', reason: stripped.shape })
  }
  return stripped
}
