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

async function fieldsOf(contentType: string, body: Buffer): Promise<FormData | null> {
  const request = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
  return request.formData().catch(() => null)
}

/** Of what the framework's scripts send beside a form, a few levels of objects and lists. */
const DEEPEST = 32

/** In it, what begins so is a text that begins with `$`, a form, or nothing; all else reaches further. */
const HARMLESS = /^\$(?:\$|K[0-9a-f]{1,4}$|undefined$)/

/**
 * Tells a form that can be read from one that breaks off, is none at all, or holds arguments for an
 * action that none of our own forms sends: nested without end, or naming themselves.
 */
export async function isReadable(headers: IncomingHttpHeaders, body: Buffer): Promise<boolean> {
  const contentType = headers['content-type'] ?? ''
  const isByScript = 'next-action' in headers
  if (enctypeOf(contentType) !== MULTIPART) return !isByScript || areArguments(body.toString())
  const form = await fieldsOf(contentType, body)
  if (!form) return false
  if (!isByScript) return true
  return [...form].every(
    ([name, value]) => !/^\d+$/.test(name) || (typeof value === 'string' && areArguments(value)),
  )
}

function areArguments(text: string): boolean {
  try {
    return isPlain(JSON.parse(text), 0)
  } catch {
    return false
  }
}

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return !value.startsWith('$') || HARMLESS.test(value)
  if (typeof value !== 'object' || value === null) return true
  return depth < DEEPEST && Object.values(value).every((one) => isPlain(one, depth + 1))
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
  const form = await fieldsOf(contentType, body)
  if (!form) return null
  const fields: [string, string][] = []
  for (const [name, value] of form) {
    if (typeof value !== 'string') {
      if (value.size > 0) return null
    } else if (!SECRET_FIELDS.has(name)) fields.push([name, value])
  }
  return { address, enctype, fields }
}
