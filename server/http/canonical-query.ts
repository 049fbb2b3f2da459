/**
 * The parameters that public pages know, in canonical order. A parameter that is missing here never
 * reaches a page.
 */
const PUBLIC_PARAMETERS = [
  'view',
  'q',
  'region',
  'country',
  'area',
  'lang',
  'sort',
  'page',
  'after',
  'before',
] as const

/**
 * The canonical form of a public page's query: known parameters only, in one order, without empty ones.
 * So `?utm_source=x` and `?page=2&q=a` make no further entries in the cache.
 *
 * @param query empty, or beginning with `?`
 * @returns likewise
 */
export function canonicalQuery(query: string): string {
  if (query === '') return ''
  const given = new URLSearchParams(query)
  const kept = new URLSearchParams()
  for (const name of PUBLIC_PARAMETERS) {
    for (const value of given.getAll(name)) if (value !== '') kept.append(name, value)
  }
  const written = kept.toString()
  return written === '' ? '' : `?${written}`
}
