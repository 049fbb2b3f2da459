import { filterLabels } from '@/components/directory/filter-labels'
import { parseFilters, type Filters } from '@/lib/directory/filters'
import { streamProfiles } from '@/lib/directory/queries'
import type { Locale } from '@/lib/i18n/routing'
import { translator } from '@/lib/i18n/translator'
import type { PublicProfile } from '@/lib/organisations/public'
import { slugFrom } from '@/lib/organisations/slug'
import { fileResponse } from '../file-response'

export type Context = { params: Promise<{ locale: string }> }

/**
 * Parses the filters of a download. An invalid filter is refused with a message, because a file with more
 * than the requested organisations would be mistaken for the right one.
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
  const message = [
    t('refused', { parameter, value: value.slice(0, 100).toWellFormed() }),
    ...(allowed === null ? [] : [t('allowed', { allowed: allowed.join(', ') })]),
  ]
  return {
    ok: false,
    response: new Response(`${message.join('\n')}\n`, {
      status: 400,
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    }),
  }
}

type DownloadFile = {
  locale: Locale
  filters: Filters
  extension: string
  /** Without the character set. */
  contentType: string
  beginning: string
  /** Serialises a batch of organisations; called in order. */
  piece: (profiles: PublicProfile[]) => string
  end?: string
}

/** Streams a file of all matching organisations, written batch by batch as the client reads. */
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
    // Read from the database only what the client is ready to receive.
    { highWaterMark: 0 },
  )
  return fileResponse(body, {
    name: `${fileName(locale, filters)}.${extension}`,
    contentType,
    headers: { 'X-Robots-Tag': 'noindex' },
  })
}

/** Describes the content of the file in ASCII: `organisations-africa-2026-11-25`. */
function fileName(locale: Locale, filters: Filters): string {
  const labels = filterLabels(locale, filters).map(({ name }) => name)
  const what = slugFrom([translator(locale, 'Download')('fileName'), ...labels].join(' '))
  return `${what}-${new Date().toISOString().slice(0, 10)}`
}
