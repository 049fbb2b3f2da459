import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { attribute, select, visit, type Element } from '@/tests/support/html'

type Catalog = { [key: string]: string | Catalog }

/** The sentences of a catalog, cut at their arguments; names of places and languages are no sentences. */
function sentences(locale: string): Set<string> {
  const {
    Countries: _c,
    Languages: _l,
    ...rest
  } = JSON.parse(readFileSync(`messages/${locale}.json`, 'utf8')) as Catalog
  const found = new Set<string>()
  const collect = (node: string | Catalog): void => {
    if (typeof node !== 'string') return Object.values(node).forEach(collect)
    for (const piece of node.split(/[{}<>#]/)) {
      const text = piece.trim()
      if (text.split(/\s+/).length >= 3) found.add(text)
    }
  }
  collect(rest)
  return found
}

const isHtml = (address: string) =>
  /^\/(fr|en)(\/|\?|#|$)/.test(address) && !/\.(xml|csv|json)(\?|$)/.test(address)

/** The words of an element without those that are of organisations, or marked as another language. */
function wordsIn(element: Element, locale: string): string {
  const language = attribute(element, 'lang')
  if (['script', 'mark'].includes(element.tagName)) return ''
  if (language !== null && language !== locale) return ''
  return element.childNodes
    .map((child) => {
      if ('value' in child) return child.value
      return 'tagName' in child ? wordsIn(child, locale) : ''
    })
    .join('')
}

test.each(['fr', 'en'] as const)(
  'every link leads somewhere, to this site, in this language: %s',
  async (locale) => {
    const other = locale === 'fr' ? 'en' : 'fr'
    const own = sentences(locale)
    const foreign = [...sentences(other)].filter((sentence) => !own.has(sentence))
    expect(foreign.length).toBeGreaterThan(50)

    const base = process.env['BASE_URL'] ?? ''
    const waiting = [`/${locale}`]
    const visited = new Set<string>()
    const problems: string[] = []
    while (waiting.length > 0 && visited.size < 150) {
      const address = waiting.shift() ?? ''
      if (visited.has(address)) continue
      visited.add(address)
      const { status, headers, document } = await visit(address)
      const isLedOn = [307, 308].includes(status)
      if (isLedOn) waiting.push(String(headers['location']))
      else if (status !== 200) problems.push(`${address}: ${status}`)
      if (isLedOn || !isHtml(address) || address.slice(1, 3) !== locale) continue

      const body = select(document, 'body')[0]
      const said = body ? wordsIn(body, locale) : ''
      for (const sentence of foreign) {
        if (said.includes(sentence)) problems.push(`${address}: ${other}: ${sentence}`)
      }
      for (const link of select(document, 'a[href]')) {
        // One that is not to be followed leads away.
        if (attribute(link, 'rel')?.includes('nofollow')) continue
        const url = new URL(attribute(link, 'href') ?? '', `${base}${address}`)
        // A published website of an organisation is theirs; it is not visited.
        if (url.origin === base) waiting.push(url.pathname + url.search)
      }
    }
    expect(problems).toEqual([])
    expect(visited.size).toBeGreaterThan(40)
  },
)
