import { describe, expect, test } from 'vitest'
import { attributes, select, selectOne, textOf, textsOf, visit } from '@/tests/support/html'

describe.each(['fr', 'en'] as const)('in %s', (locale) => {
  const search = (query: string) => visit(`/${locale}/organisations?q=${query}`)

  test('a country that is named is offered as a filter', async () => {
    const { document } = await search('Angleterre')
    expect(textsOf(document, '.entries a')).toContain('Fictional English Only')
    const offers = select(document, '.search-notes a')
    const name = locale === 'fr' ? 'Royaume-Uni' : 'United Kingdom'
    const offer = offers.findIndex((link) => textOf(link).includes(name))
    const href = attributes(document, '.search-notes a', 'href')[offer]
    expect(href).toBe(`/${locale}/organisations?country=GB`)
    const filtered = await visit(href ?? '')
    expect(textsOf(filtered.document, '.entries a')).toContain('Fictional English Only')
    expect(select(filtered.document, '.search-notes')).toEqual([])
  })

  test('a word put right is found at once and can be asked for', async () => {
    const { document } = await search('Fictiional')
    expect(textsOf(document, '.entries a').join(' ')).toContain('Fictional')
    const offers = select(document, '.search-notes a').filter(
      (link) => textOf(link) === 'fictional',
    )
    expect(offers).toHaveLength(1)
    expect(attributes(document, '.search-notes a', 'href')).toContainEqual(
      expect.stringMatching(/q=fictional$/),
    )
  })

  test('results that lack a word are said to lack it', async () => {
    const { document } = await search('fictional+zzzzzzzz')
    expect(textOf(selectOne(document, '.search-notes strong'))).toMatch(
      locale === 'fr' ? /Aucune organisation ne réunit/ : /No organisation has all/,
    )
    expect(textsOf(document, '.entries a').join(' ')).toContain('Fictional')
  })

  test('what was looked for besides is said', async () => {
    const { document } = await search('VIH')
    expect(textsOf(document, '.search-notes').join(' ')).toContain('HIV')
  })
})
