import { filterLabels } from '@/components/directory/filter-labels'
import { parseFilters, type Filters } from '@/lib/directory/filters'
import { streamProfiles } from '@/lib/directory/queries'
import { routing, type Locale } from '@/lib/i18n/routing'
import { translator } from '@/lib/i18n/translator'
import type { PublicProfile } from '@/lib/organisations/public'
import { slugFrom } from '@/lib/organisations/slug'

export type Context = { params: Promise<{ locale: string }> }

/** The language that an address names; null where it is none of the interface. */
export function localeOf(named: string): Locale | null {
  return routing.locales.find((one) => one === named) ?? null
}

/**
 * Reads what is asked for. A filter that cannot be used is refused in words: a file that holds more
 * than was asked for would be taken for the answer.
 */
export function parseListRequest(
  locale: Locale,
  request: Request,
): { ok: true; filters: Filters } | { ok: false; response: Response } {
  const { filters, ignored } = parseFilters(new URL(request.url).searchParams)
  const [bad] = ignored
  if (bad === undefined) return { ok: true, filters: { ...filters, page: 1 } }
  const t = translator(locale, 'Download')
  const { parameter, value, allowed } = bad
  const words = [
    t('refused', { parameter, value: value.slice(0, 100).toWellFormed() }),
    ...(allowed === null ? [] : [t('allowed', { allowed: allowed.join(', ') })]),
  ]
  return {
    ok: false,
    response: new Response(`${words.join('\n')}\n`, {
      status: 400,
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    }),
  }
}

type DownloadFile = {
  locale: Locale
  filters: Filters
  extension: string
  /** Without its charset. */
  contentType: string
  beginning: string
  /** Writes organisations; called in their order. */
  piece: (profiles: PublicProfile[]) => string
  end?: string
}

/** Answers with a file of everything that is found, written piece by piece as it is sent. */
export async function download(file: DownloadFile): Promise<Response> {
  const { locale, filters, extension, contentType, beginning, piece, end = '' } = file
  const { pieces } = await streamProfiles(filters)
  async function* written() {
    yield beginning
    for await (const profiles of pieces) yield piece(profiles)
    yield end
  }
  const iterator = written()
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
      async cancel() {
        await iterator.return()
      },
    },
    // Nothing is read that nobody waits for.
    { highWaterMark: 0 },
  )
  return new Response(body, {
    headers: {
      'Content-Type': `${contentType}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="${fileName(locale, filters)}.${extension}"`,
      'X-Robots-Tag': 'noindex',
    },
  })
}

/** Says what is in the file, in letters that every system can keep: `organisations-africa-2026-11-25`. */
function fileName(locale: Locale, filters: Filters): string {
  const words = filterLabels(locale, filters).map(({ name }) => name)
  const what = slugFrom([translator(locale, 'Download')('fileName'), ...words].join(' '))
  return `${what}-${new Date().toISOString().slice(0, 10)}`
}
