import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { excerpt, findHits } from '@/lib/search/excerpt'
import { negatedMatch, matchExpression, parseQuery } from '@/lib/search/parse-query'
import { allStems } from '@/lib/search/stem'
import { SYNONYMS } from '@/lib/search/synonyms'
import { termsIn } from '@/lib/search/tokenize'

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
    expect(termsIn(text)).toEqual(expected)
  })

  test.each([
    ['travailleur·euse·s', ['travailleurs']],
    ['travailleur.euse.s du', ['travailleurs', 'du']],
    ['travailleur-euse-s', ['travailleurs']],
    ['travailleurs(euses)', ['travailleurs']],
    ['travailleur(euse)s', ['travailleurs']],
    ['frontaliers/ères', ['frontaliers']],
    ['allié·e·s', ['allies']],
    ['fin. Elle', ['fin', 'elle']],
    ['et/ou', ['et', 'ou']],
    ['donne-les', ['donne', 'les']],
    ['col·lectiu', ['col', 'lectiu']],
    ['Congo (Kinshasa)', ['congo', 'kinshasa']],
  ])('of %j, both forms in one', (text, expected) => {
    expect(termsIn(text)).toEqual(expected)
  })
})

describe('stems', () => {
  test.each([
    'travailleur travailleurs travailleuse travailleuses travailleurSEs travailleureuses',
    'acteur actrice acteurs actrices acteurrices',
    'nombreux nombreuse nombreuses',
    'migrantes migrants migrante',
    'violence violences',
    'decriminalised decriminalise',
    'organisation organisations',
  ])('%s find each other', (list) => {
    const [first = '', ...others] = termsIn(list)
    for (const other of others) {
      expect(
        allStems(other).some((one) => allStems(first).includes(one)),
        other,
      ).toBe(true)
    }
  })
})

describe('a search', () => {
  const units = (q: string) => parseQuery(q).clauses.map(({ kind, tokens: own }) => [kind, ...own])

  test.each([
    [
      'police locale',
      [
        ['word', 'police'],
        ['word', 'locale'],
      ],
    ],
    ['les droits de l’homme', [['concept', 'droits', 'de', 'l', 'homme']]],
    [
      'de la',
      [
        ['word', 'de'],
        ['word', 'la'],
      ],
    ],
    [
      '"sick pay" union',
      [
        ['phrase', 'sick', 'pay'],
        ['word', 'union'],
      ],
    ],
    [
      'sex workers Ivory Coast',
      [
        ['concept', 'sex', 'workers'],
        ['place', 'ivory', 'coast'],
      ],
    ],
    ['Congo-Kinshasa', [['place', 'congo', 'kinshasa']]],
    [
      '布隆迪性工作',
      [
        ['place', '布', '隆', '迪'],
        ['phrase', '性', '工', '作'],
      ],
    ],
    ['join us', [['word', 'join']]],
    ['US', [['place', 'us']]],
    ['a a b', [['word', 'b']]],
    ['" NEAR(', [['word', 'near']]],
  ])('%j asks for %j', (q, expected) => {
    expect(units(q)).toEqual(expected)
  })

  test.each([
    ['police -trans', [['trans']]],
    ['-"sick pay" x', [['sick', 'pay']]],
    ['-anti-trafficking police', [['anti', 'trafficking']]],
    ['Congo-Kinshasa', []],
    ['police - trans', []],
  ])('%j refuses %j', (q, expected) => {
    expect(parseQuery(q).excluded).toEqual(expected)
  })

  test('is cut to a number of words that nobody types', () => {
    const long = Array.from({ length: 10_000 }, (_, index) => `word${index}`).join(' ')
    expect(parseQuery(long).clauses).toHaveLength(24)
  })

  test('asks the index in quoted letters and digits alone, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (q) => {
        const { clauses: read, excluded } = parseQuery(q)
        for (const expression of [...read.map(matchExpression), ...excluded.map(negatedMatch)]) {
          const outside = expression.replaceAll(/"[§©¤]?[\p{L}\p{N}\p{M} ]+"/gu, '')
          expect(outside).toMatch(/^(?:[ ()*]|OR|AND|\{places\} :)*$/)
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the table of synonyms', () => {
  test('has sixty groups at the least, each with entries in both languages', () => {
    expect(Object.keys(SYNONYMS).length).toBeGreaterThanOrEqual(60)
    for (const { fr, en } of Object.values(SYNONYMS)) {
      for (const entry of [...fr.split('|'), ...en.split('|')]) {
        expect(termsIn(entry)).not.toEqual([])
      }
    }
  })

  test.each([
    ['VIH', 'HIV'],
    ['SIDA', 'AIDS'],
    ['travailleurSEs du sexe', 'sex workers'],
    ['travailleurs et travailleuses du sexe', 'sex worker'],
    ['IST', 'STDs'],
    ['droits humains', 'human rights'],
    ['traite', 'trafficking'],
    ['plaidoyer', 'advocacy'],
    ['préservatif', 'condoms'],
    ['dépénalisation', 'decriminalization'],
    ['violences', 'violence'],
    ['accès aux soins', 'access to health care'],
    ['migrantEs', 'migrants'],
    ['jeunes', 'youth'],
    ['stigmatisation', 'stigma'],
  ])('%s is %s', (french, english) => {
    const [one, other] = [french, english].map((q) => parseQuery(q).clauses[0]?.concepts ?? [])
    expect(one?.some((concept) => other?.includes(concept))).toBe(true)
  })

  test('takes no word for another that begins alike', () => {
    expect(parseQuery('traitement').clauses[0]?.concepts).toEqual([])
    expect(parseQuery('aide').clauses[0]?.concepts).toEqual([])
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

  test.each([
    [['sant|~solidarit'], ['solidarité']],
    [['~travailleur ~sex'], ['travailleurSEs du sexe']],
    [['=vih|=hiv', '=form'], ['VIH']],
    [['=droit'], []],
  ])('marks %j as %j', (marks, expected) => {
    const { hits } = findHits(text, marks)
    expect(hits.map(([start, end]) => text.slice(start, end))).toEqual(expected)
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
