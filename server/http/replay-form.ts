import type { IncomingHttpHeaders } from 'node:http'

/** A form that was submitted and refused, to be submitted again from the error page. */
export type SubmittedForm = {
  /** Path and query that it is submitted to. */
  address: string
  enctype: string
  fields: readonly (readonly [name: string, value: string])[]
}

const URL_ENCODED = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data'

/** Never written into a page, not even one that is never stored. */
const SECRET_FIELDS: ReadonlySet<string> = new Set(['password', 'current', 'code', 'secret'])

function enctypeOf(contentType: string): string | undefined {
  const type = contentType.toLowerCase()
  return [URL_ENCODED, MULTIPART].find((one) => type.startsWith(one))
}

/**
 * Counts the fields of a form without parsing them, because parsing many takes long.
 *
 * @returns at least as many as there are; 0 if it is no form
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

/** Next's scripts send a few levels of objects and lists beside a form. */
const DEEPEST = 32

/** React's markers of a text that begins with `$`, a form, and undefined; all others name more. */
const HARMLESS = /^\$(?:\$|K[0-9a-f]{1,4}$|undefined$)/

/**
 * Whether a form can be parsed: false if it is cut off, is no form, or holds arguments of an action that no
 * form of ours sends (deeply nested, or naming themselves).
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
 * Reads a form that was refused, for an error page from which it can be submitted again.
 *
 * @param address path and query that it was submitted to
 * @returns without passwords and codes; null if a page can't hold it: it is no form, contains a file, or
 *   was sent by a script, whose page is still there
 */
export async function readSubmittedForm(
  headers: IncomingHttpHeaders,
  body: Buffer,
  address: string,
): Promise<SubmittedForm | null> {
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
