import { describe, expect, test } from 'vitest'
import { excerpt, findHits } from '@/lib/search/excerpt'
import { queryTokens } from '@/lib/search/query'
import { tokens } from '@/lib/search/words'

describe('tokens', () => {
  test.each([
    ['Réseau', ['reseau']],
    ['Œuvre de l’Été', ['oeuvre', 'de', 'l', 'ete']],
    ['Straße', ['strasse']],
    ['VIH/SIDA', ['vih', 'sida']],
    ['travailleurSEs', ['travailleurses']],
    ['socio-économique', ['socio', 'economique']],
    ['布隆迪', ['布', '隆', '迪']],
    ['Бурунди', ['бурунди']],
    ['e\u0301t\u00E9', ['ete']],
    ['" * NEAR( ^ :', ['near']],
    ['', []],
  ])('of %j', (text, expected) => {
    expect(tokens(text)).toEqual(expected)
  })

  test('of a search are cut to a number that nobody types, without repeats', () => {
    expect(queryTokens('a b a')).toEqual(['a', 'b'])
    const long = Array.from({ length: 10_000 }, (_, index) => `word${index}`).join(' ')
    expect(queryTokens(long)).toHaveLength(24)
  })
})

describe('an excerpt', () => {
  const text =
    'Nous intervenons dans les domaines des droits humains, de la lutte contre le VIH/SIDA et du ' +
    'renforcement socio-économique, avec des séances d’écoute, des formations et une caisse de ' +
    'solidarité pour les travailleurSEs du sexe de toutes les provinces du pays.'

  test('marks whole words that begin with a word of the search', () => {
    const { hits, found } = findHits(text, ['solidar', 'econom'])
    expect(found).toBe(2)
    expect(hits.map(([start, end]) => text.slice(start, end))).toEqual(['économique', 'solidarité'])
  })

  test('stands around its first hit, cut between words', () => {
    const { hits } = findHits(text, ['travailleurses'])
    const passage = excerpt(text, hits)
    expect(passage.text).toMatch(/^… \S/)
    expect(passage.hits.map(([start, end]) => passage.text.slice(start, end))).toEqual([
      'travailleurSEs',
    ])
    for (const word of passage.text.replaceAll('…', '').trim().split(' ')) {
      expect(text).toContain(word)
    }
  })

  test('is the beginning where nothing was searched, and whole where it is short', () => {
    expect(excerpt('Une phrase.')).toEqual({ text: 'Une phrase.', hits: [] })
    expect(excerpt(text).text).toMatch(/^Nous intervenons .* …$/)
    expect(excerpt('x'.repeat(500)).text).toHaveLength(182)
  })
})
