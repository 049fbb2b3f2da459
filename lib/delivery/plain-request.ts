/** What is asked for by a request that says nothing else of meaning to this site. */
export type PlainRequest = {
  url: string
  headers: { 'accept-encoding'?: string | undefined }
}

const requestLine = /^GET (\/[\x21-\x7e]*) HTTP\/1\.1$/
// RFC 9110 5.1 and 5.5, without what is only allowed for the sake of old programs.
const field = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e]*)$/

/** Longer heads than any browser sends without cookies from elsewhere. */
const LONGEST = 8 * 1024

/** Fields that change where a request ends, what becomes of its connection, or what the answer is. */
const fieldsOfMeaning = new Set([
  ...['content-length', 'expect', 'http2-settings', 'if-none-match', 'proxy-connection', 'te'],
  ...['trailer', 'transfer-encoding', 'upgrade'],
])

/**
 * Reads a request that is as plain as nearly all are: GET, HTTP/1.1, no body, a connection that stays
 * open, nothing unusual in how it is written.
 *
 * @param chunk what has come in on a connection, from the beginning of a request
 * @returns null for everything else, also for a part of a request and for more than one: that is not
 *   wrong, a full parser has to read it
 */
export function readPlainRequest(chunk: Buffer): PlainRequest | null {
  if (chunk.length > LONGEST) return null
  const text = chunk.toString('latin1')
  if (!text.startsWith('GET /') || !text.endsWith('\r\n\r\n')) return null
  const [first = '', ...lines] = text.slice(0, -4).split('\r\n')
  const url = requestLine.exec(first)?.[1]
  if (url === undefined) return null
  const headers: PlainRequest['headers'] = {}
  for (const line of lines) {
    const [, written = '', value = ''] = field.exec(line) ?? []
    const name = written.toLowerCase()
    if (name === '' || fieldsOfMeaning.has(name)) return null
    if (name === 'connection' && value.trimEnd().toLowerCase() !== 'keep-alive') return null
    if (name !== 'accept-encoding') continue
    if (headers[name] !== undefined) return null
    headers[name] = value.trimEnd()
  }
  return { url, headers }
}
