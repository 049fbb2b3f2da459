import type { IncomingHttpHeaders } from 'node:http'

/** What somebody has sent, to be sent once more from another page. */
export type SentForm = {
  /** Where to: path and query. */
  address: string
  enctype: string
  fields: readonly (readonly [name: string, value: string])[]
}

const URL_ENCODED = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data'

/** A page is no place to keep them, not even one that is never stored: the form asks for them again. */
const SECRET_FIELDS: ReadonlySet<string> = new Set(['password', 'current', 'code', 'secret'])

function enctypeOf(contentType: string): string | undefined {
  const type = contentType.toLowerCase()
  return [URL_ENCODED, MULTIPART].find((one) => type.startsWith(one))
}

/**
 * Counts the fields of a form without reading them: reading many costs time.
 *
 * @returns at least as many as there are; 0 where it is no form
 */
export function countFields(contentType: string, body: Buffer): number {
  const enctype = enctypeOf(contentType)
  if (enctype === undefined || body.length === 0) return 0
  if (enctype === URL_ENCODED) return count(body, '&') + 1
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? []
  return count(body, `--${quoted ?? bare ?? ''}`)
}

function count(body: Buffer, words: string): number {
  let found = 0
  for (let at = body.indexOf(words); at !== -1; at = body.indexOf(words, at + words.length)) {
    found += 1
  }
  return found
}

/**
 * Reads a form that could not be taken, for a page from which it is sent again.
 *
 * @param address path and query that it was sent to
 * @returns without passwords and codes; null where a page cannot hold it: it is none, has a file in it,
 *   or was sent by a script, which has kept its own page
 */
export async function readSentForm(
  headers: IncomingHttpHeaders,
  body: Buffer,
  address: string,
): Promise<SentForm | null> {
  const contentType = headers['content-type'] ?? ''
  const enctype = enctypeOf(contentType)
  const isByScript = 'next-action' in headers || headers.accept === 'application/json'
  if (enctype === undefined || isByScript) return null
  const request = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
  const form = await request.formData().catch(() => null)
  if (!form) return null
  const fields: [string, string][] = []
  for (const [name, value] of form) {
    if (typeof value !== 'string') {
      if (value.size > 0) return null
    } else if (!SECRET_FIELDS.has(name)) fields.push([name, value])
  }
  return { address, enctype, fields }
}
