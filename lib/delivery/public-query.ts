/**
 * The parameters that public addresses know, in the order in which they are written. One that is
 * missing here never reaches a page: whoever adds one to a page adds it here.
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
 * The query of a public address in one way of writing: known parameters only, in one order, empty
 * ones left out. So `?utm_source=x` and `?page=2&q=a` are no addresses of their own.
 *
 * @param query empty, or beginning with `?`
 * @returns likewise
 */
export function publicQuery(query: string): string {
  if (query === '') return ''
  const given = new URLSearchParams(query)
  const kept = new URLSearchParams()
  for (const name of PUBLIC_PARAMETERS) {
    for (const value of given.getAll(name)) if (value !== '') kept.append(name, value)
  }
  const written = kept.toString()
  return written === '' ? '' : `?${written}`
}
