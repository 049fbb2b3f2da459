import { nothingHere } from '../answer'

export function GET(): Response {
  return nothingHere()
}
