import type { State, Subject } from './permissions'

/**
 * The subject of a permission check, from the row of an existing organisation.
 *
 * @param row anything that carries these five columns; the others are left out
 */
export function subjectOf(row: {
  id: string
  region: string | null
  status: Exclude<State, 'new'>
  fictional: boolean
  held: boolean
}): Subject & { id: string } {
  const { id, region, status, fictional, held } = row
  return { id, region, state: status, fictional, held }
}
