import { findLocale } from '@/lib/i18n/navigation'
import { download, parseListRequest, type Context } from '../download-list'

/** The whole list for programs: `{ "organisations": [ … ] }`, each in the public shape of the API. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const locale = findLocale((await params).locale)
  if (locale === null) return new Response(null, { status: 404 })
  const filter = parseListRequest(locale, request)
  if (!filter.ok) return filter.response
  let isFirst = true
  return download({
    ...{ locale, filters: filter.filters, extension: 'json', contentType: 'application/json' },
    beginning: '{"organisations":[',
    piece: (profiles) =>
      profiles
        .map((profile) => {
          const separator = isFirst ? '\n' : ',\n'
          isFirst = false
          return separator + JSON.stringify(profile)
        })
        .join(''),
    end: '\n]}\n',
  })
}
