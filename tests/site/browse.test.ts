import { describe, expect, test } from 'vitest'
import {
  attribute,
  attributes,
  select,
  selectOne,
  textOf,
  textsOf,
  visit,
} from '@/tests/support/html'

const NAMES = ['.entries h2 a', '.entries h3 a']

describe.each(['fr', 'en'] as const)('in %s', (locale) => {
  const list = `/${locale}/organisations`

  test('a search of the first page leads to the list, and the list marks its hits', async () => {
    const { document: home } = await visit(`/${locale}`)
    const form = select(home, 'form').find((one) => select(one, '[name=q]').length > 0)
    expect(form && attribute(form, 'action')).toBe(list)
    // A form without a method sends its fields in the address.
    expect(form && (attribute(form, 'method') ?? 'get')).toBe('get')
    const { document } = await visit(`${list}?q=JURIDICA`)
    expect(textsOf(document, 'mark')).toEqual(['jurídica'])
    expect(textOf(selectOne(document, 'main'))).toContain(locale === 'fr' ? 'espagnol' : 'Spanish')
  })

  test('filters can be combined and taken back one by one', async () => {
    const { document } = await visit(`${list}?region=europe&country=GB&area=stigma`)
    expect(namesOf(document)).toEqual(['Fictional English Only'])
    const removals = attributes(document, '.active a', 'href')
    expect(removals.length).toBeGreaterThanOrEqual(3)
    expect(removals).toContain(`${list}?country=GB&area=stigma`)
    expect(removals).toContain(`${list}?region=europe&area=stigma`)
    const fewer = await visit(removals[0] ?? '')
    expect(namesOf(fewer.document)).toContain('Fictional English Only')
  })

  test('the form keeps what was chosen and asks by address', async () => {
    const { document } = await visit(`${list}?q=fictional&region=africa&area=health&sort=newest`)
    const form = select(document, 'main form').at(-1)
    if (!form) throw new Error('no form')
    expect((attribute(form, 'method') ?? 'get').toLowerCase()).toBe('get')
    expect(attribute(selectOne(form, '[name=q]'), 'value')).toBe('fictional')
    expect(attributes(form, '[name=area][checked]', 'value')).toEqual(['health'])
    expect(attributes(form, '[name=sort] option[selected]', 'value')).toEqual(['newest'])
  })

  test('what cannot be understood is left out, and the page says so', async () => {
    const { document } = await visit(`${list}?region=mars&page=1`)
    expect(textOf(selectOne(document, 'main'))).toContain('mars')
    expect(namesOf(document)).toContain('Fictional Circle 01')
  })

  test('pages follow one another without gaps', async () => {
    const found: string[] = []
    let address = list
    for (let number = 1; ; number++) {
      const { document } = await visit(address)
      found.push(...namesOf(document))
      const next = attributes(document, 'a[rel=next]', 'href')[0]
      if (next === undefined || next === null) break
      expect(next).toContain(`page=${number + 1}`)
      address = next
    }
    expect(new Set(found).size).toBe(found.length)
    expect(found.length).toBeGreaterThan(24)
  })

  test('a page past the end is not there', async () => {
    const { status, document } = await visit(`${list}?page=99`)
    expect(status).toBe(404)
    expect(attributes(document, 'a[href]', 'href')).toContain(list)
  })

  test('nothing found says what to do next', async () => {
    const { document } = await visit(`${list}?q=zzzzzz&region=africa`)
    expect(select(document, 'main a[href*="/organisations"]')).not.toEqual([])
    expect(select(document, 'main mark')).toEqual([])
    expect(namesOf(document)).toEqual([])
  })

  test('the language switch keeps the filters', async () => {
    const other = locale === 'fr' ? 'en' : 'fr'
    const { document } = await visit(`${list}?q=fictional&area=health`)
    expect(attributes(document, `header a[hreflang=${other}]`, 'href')).toEqual([
      `/${other}/organisations?q=fictional&area=health`,
    ])
  })
})

function namesOf(document: Parameters<typeof select>[0]): string[] {
  return NAMES.flatMap((selector) => textsOf(document, selector))
}
