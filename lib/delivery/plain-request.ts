/** What is asked for by a request that says nothing else of meaning to this site. */
export type PlainRequest = {
  url: string
  headers: { 'accept-encoding'?: string | undefined }
}

/** Longer heads than any browser sends without cookies from elsewhere. */
const LONGEST = 8 * 1024

// RFC 9112 3 and 5, without what is only allowed for the sake of old programs.
const plainHead =
  /^GET (\/[\x21-\x7e]*) HTTP\/1\.1\r\n(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e]*\r\n)*\r\n$/

// Fields that change where a request ends, what becomes of its connection, or what the answer is.
const fieldOfMeaning =
  /\n(accept-encoding|connection|content-length|expect|http2-settings|if-none-match|proxy-connection|te|trailer|transfer-encoding|upgrade):([^\r]*)/gi

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
  const url = plainHead.exec(text)?.[1]
  if (url === undefined) return null
  const headers: PlainRequest['headers'] = {}
  fieldOfMeaning.lastIndex = 0
  for (let field = fieldOfMeaning.exec(text); field; field = fieldOfMeaning.exec(text)) {
    const [, name = '', written = ''] = field
    const value = written.trim()
    switch (name.toLowerCase()) {
      case 'accept-encoding':
        if (headers['accept-encoding'] !== undefined) return null
        headers['accept-encoding'] = value
        break
      case 'connection':
        if (value.toLowerCase() !== 'keep-alive') return null
        break
      default:
        return null
    }
  }
  return { url, headers }
}
