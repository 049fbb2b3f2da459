/** Why the API could not answer; `allowed` names what would have been understood. */
type ApiError = {
  code: 'badValue' | 'pastTheEnd' | 'notFound'
  parameter: string | null
  value: string | null
  allowed: readonly string[] | null
}

const HEADERS = { 'Access-Control-Allow-Origin': '*' }

/** A body that programs anywhere may read. */
export function answer(body: unknown): Response {
  return Response.json(body, { headers: HEADERS })
}

/** The one shape of an error: `{ error: { code, parameter, value, allowed } }`. */
export function refuse(status: 400 | 404, error: ApiError): Response {
  return Response.json({ error }, { status, headers: HEADERS })
}

/** Nothing at this address, and nothing is said about why. */
export function nothingHere(): Response {
  return refuse(404, { code: 'notFound', parameter: null, value: null, allowed: null })
}
