import { download, localeOf, parseListRequest, type Context } from '../download-list'

/** The whole list for programs: `{ "organisations": [ … ] }`, each in the public shape of the API. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const locale = localeOf((await params).locale)
  if (locale === null) return new Response(null, { status: 404 })
  const asked = parseListRequest(locale, request)
  if (!asked.ok) return asked.response
  let isFirst = true
  return download({
    ...{ locale, filters: asked.filters, extension: 'json', contentType: 'application/json' },
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
