import { readFileSync } from 'node:fs'
import { expect, test } from '@/tests/support/test'

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

test('every link leads somewhere, to this site, in this language', async ({ page, locale }) => {
  test.setTimeout(300_000)
  const other = locale === 'fr' ? 'en' : 'fr'
  const own = sentences(locale)
  const foreign = [...sentences(other)].filter((sentence) => !own.has(sentence))
  expect(foreign.length).toBeGreaterThan(50)

  const waiting = [`/${locale}`]
  const visited = new Set<string>()
  const problems: string[] = []
  while (waiting.length > 0 && visited.size < 150) {
    const address = waiting.shift() ?? ''
    if (visited.has(address)) continue
    visited.add(address)
    if (!/^\/(fr|en)(\/|\?|#|$)/.test(address) || /\.(xml|csv|json)(\?|$)/.test(address)) {
      const { status } = await page.request
        .get(address)
        .then((answer) => ({ status: answer.status() }))
      if (status !== 200) problems.push(`${address}: ${status}`)
      continue
    }
    const response = await page.goto(address)
    if (response?.status() !== 200) problems.push(`${address}: ${response?.status()}`)
    const language = address.slice(1, 3)
    if (language !== locale) continue

    const seen = await page.locator('body').evaluate((body, language) => {
      const clone = body.cloneNode(true) as typeof body
      // What is marked as another language, and what organisations say or are called, is theirs.
      for (const theirs of clone.querySelectorAll(
        `[lang]:not([lang="${language}"]), script, mark`,
      )) {
        theirs.remove()
      }
      // One that is not to be followed leads away.
      const links = [...body.querySelectorAll('a[href]:not([rel~="nofollow"])')].map(
        (link) => link.getAttribute('href') ?? '',
      )
      return { text: clone.textContent ?? '', links }
    }, locale)
    for (const sentence of foreign) {
      if (seen.text.includes(sentence)) problems.push(`${address}: ${other}: ${sentence}`)
    }
    for (const link of seen.links) {
      const url = new URL(link, response?.url() ?? page.url())
      if (url.protocol === 'mailto:' || url.protocol === 'tel:') continue
      // A published website of an organisation is theirs; it is not visited.
      if (url.origin !== new URL(page.url()).origin) continue
      waiting.push(url.pathname + url.search)
    }
  }
  expect(problems).toEqual([])
  expect(visited.size).toBeGreaterThan(40)
})
