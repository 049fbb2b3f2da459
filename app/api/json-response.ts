/** Why the API could not answer; `allowed` names what would have been understood. */
type ApiError = {
  code: 'badValue' | 'pastTheEnd' | 'notFound'
  parameter: string | null
  value: string | null
  allowed: readonly string[] | null
}

const HEADERS = { 'Access-Control-Allow-Origin': '*' }

/**
 * A body that programs anywhere may read.
 *
 * @param links addresses of what goes with it, by their relation (RFC 8288)
 */
export function jsonResponse(body: unknown, links: Record<string, string> = {}): Response {
  const written = Object.entries(links).map(([rel, address]) => `<${address}>; rel="${rel}"`)
  if (written.length === 0) return Response.json(body, { headers: HEADERS })
  const headers = { ...HEADERS, Link: written.join(', '), 'Access-Control-Expose-Headers': 'Link' }
  return Response.json(body, { headers })
}

/** The one shape of an error: `{ error: { code, parameter, value, allowed } }`. */
export function jsonError(status: 400 | 404, error: ApiError): Response {
  return Response.json({ error }, { status, headers: HEADERS })
}

/** Nothing at this address, and nothing is said about why. */
export function notFoundResponse(): Response {
  return jsonError(404, { code: 'notFound', parameter: null, value: null, allowed: null })
}
