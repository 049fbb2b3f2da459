import { notFoundResponse } from '../json-response'

export function GET(): Response {
  return notFoundResponse()
}
