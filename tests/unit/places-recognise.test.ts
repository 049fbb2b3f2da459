import { describe, expect, it } from 'vitest'
import en from '@/messages/en.json'
import fr from '@/messages/fr.json'
import { COUNTRIES, isCountry } from '@/lib/places/countries'
import { OTHER_LANGUAGES, SETTLING_LANGUAGES } from '@/lib/places/country-names'
import { recogniseCountry, recogniseRegion, suggestCountries } from '@/lib/places/recognise'
import { REGIONS } from '@/lib/places/regions'
import { suggestRegion } from '@/lib/places/suggested-region'

describe('countries', () => {
  it('are the 249 of ISO 3166-1 and Kosovo, each with a name in both languages', () => {
    expect(COUNTRIES).toHaveLength(250)
    expect(new Set(COUNTRIES).size).toBe(250)
    expect(Object.keys(en.Countries).sort()).toEqual([...COUNTRIES].sort())
    expect(Object.keys(fr.Countries).sort()).toEqual([...COUNTRIES].sort())
  })

  it.each(['UK', 'EU', 'AN', 'bi', '', null, 4])('%j is not one', (value) => {
    expect(isCountry(value)).toBe(false)
  })

  it('have typographic apostrophes and one name each', () => {
    for (const names of [en.Countries, fr.Countries]) {
      expect(Object.values(names).join()).not.toMatch(/['&]/)
      expect(new Set(Object.values(names)).size).toBe(250)
    }
  })
})

describe('suggestRegion', () => {
  it.each([
    ['BI', 'africa'],
    ['TN', 'africa'],
    ['KG', 'europe'],
    ['RU', 'europe'],
    ['JM', 'north-america-and-the-caribbean'],
    ['CA', 'north-america-and-the-caribbean'],
    ['NZ', 'asia-and-the-pacific'],
    ['PE', 'latin-america'],
  ] as const)('%s → %s', (country, region) => {
    expect(suggestRegion(country)).toBe(region)
  })

  it.each(['MX', 'GY', 'SR', 'BZ', 'GF', 'LB', 'IL', 'YE', 'AQ'] as const)(
    '%s → null',
    (country) => {
      expect(suggestRegion(country)).toBeNull()
    },
  )
})

describe('recogniseCountry', { timeout: 30_000 }, () => {
  it.each([
    ['Burundi', 'BI'],
    ['BURUNDI', 'BI'],
    ['布隆迪', 'BI'],
    ['Бурунди', 'BI'],
    ['بوروندي', 'BI'],
    ['ブルンジ', 'BI'],
    ['บุรุนดี', 'BI'],
    ['BI', 'BI'],
    ['🇧🇮 Burundi', 'BI'],
    ['Burundi (Bujumbura)', 'BI'],
    ['Burundi / 布隆迪', 'BI'],
    ['- Burundi.', 'BI'],
    ['Côte d’Ivoire', 'CI'],
    ["Cote d'ivoire", 'CI'],
    ['Cote Divoire', 'CI'],
    ['Ivory Coast', 'CI'],
    ['RDC', 'CD'],
    ['DRC', 'CD'],
    ['DR Congo', 'CD'],
    ['Congo (Kinshasa)', 'CD'],
    ['Congo-Brazzaville', 'CG'],
    ['Congo, Democratic Republic of the', 'CD'],
    ['Zaïre', 'CD'],
    ['UK', 'GB'],
    ['Angleterre', 'GB'],
    ['Scotland', 'GB'],
    ['USA', 'US'],
    ['EE. UU.', 'US'],
    ['США', 'US'],
    ['Burma', 'MM'],
    ['Myanmar (Burma)', 'MM'],
    ['Swaziland', 'SZ'],
    ['Macedonia', 'MK'],
    ['Czech Republic', 'CZ'],
    ['Cape Verde', 'CV'],
    ['East Timor', 'TL'],
    ['Holland', 'NL'],
    ['Les Pays-Bas', 'NL'],
    ['Pays Bas', 'NL'],
    ['L’Ouganda', 'UG'],
    ['The Gambia', 'GM'],
    ['Gambia, The', 'GM'],
    ['Russian Federation', 'RU'],
    ['Российская Федерация', 'RU'],
    ['South Korea', 'KR'],
    ['Korea, Republic of', 'KR'],
    ['Viet Nam', 'VN'],
    ['Vietnam', 'VN'],
    ['Kirghizistan', 'KG'],
    ['Kyrgyz Republic', 'KG'],
    ['Bielorussie', 'BY'],
    ['Guinea', 'GN'],
    ['Guinée Conakry', 'GN'],
    ['Guinea Bissau', 'GW'],
    ['Niger', 'NE'],
    ['Nigeria', 'NG'],
    ['Dominica', 'DM'],
    ['República Dominicana', 'DO'],
    ['Republic of Kenya', 'KE'],
    ['République du Bénin', 'BJ'],
    ['Royaume du Maroc', 'MA'],
    ['República Federativa do Brasil', 'BR'],
    ['Tanzania, United Republic of', 'TZ'],
    ['Iran (Islamic Republic of)', 'IR'],
    ['Trinidad and Tobago', 'TT'],
    ['St Lucia', 'LC'],
    ['Saint Lucia', 'LC'],
    ['Guyane', 'GF'],
    ['Kosovo', 'XK'],
    ['State of Palestine', 'PS'],
    ['State of Israel', 'IL'],
    ['Türkiye', 'TR'],
    ['Turkey', 'TR'],
    ['台灣', 'TW'],
    ['مصر', 'EG'],
  ])('%s → %s', (text, country) => {
    expect(recogniseCountry(text)).toEqual({ ok: true, country })
  })

  it.each([
    'Congo',
    'Конго',
    'Korea',
    'Corée',
    'Kenya, Uganda',
    'Niger (Nigeria)',
    'Republic of China',
  ])('%s is ambiguous', (text) => {
    expect(recogniseCountry(text)).toEqual({ ok: false, reason: 'ambiguousCountry' })
  })

  it.each([
    '',
    ' . ',
    'Kampala',
    'it',
    'XX',
    'constructor',
    'State of Georgia',
    'Nous travaillons au Burundi',
    '🇧🇮',
    '12',
  ])('%j is unknown', (text) => {
    expect(recogniseCountry(text)).toEqual({ ok: false, reason: 'unknownCountry' })
  })

  it('knows every name that the interface shows', () => {
    for (const names of [en.Countries, fr.Countries]) {
      for (const [country, name] of Object.entries(names)) {
        expect([name, recogniseCountry(name)]).toEqual([name, { ok: true, country }])
      }
    }
  })

  it('knows the name of every country in every language of CLDR, unless languages disagree', () => {
    const elsewhere: string[] = []
    let ambiguous = 0
    const languages = Intl.DisplayNames.supportedLocalesOf([
      ...SETTLING_LANGUAGES,
      ...OTHER_LANGUAGES,
    ])
    for (const language of languages) {
      const display = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
      for (const country of COUNTRIES) {
        const name = display.of(country)
        if (name === undefined) continue
        const found = recogniseCountry(name)
        if (!found.ok && found.reason === 'ambiguousCountry') ambiguous += 1
        else if (!found.ok || found.country !== country)
          elsewhere.push(`${language} ${country} ${name}`)
      }
    }
    expect(languages.length).toBeGreaterThan(200)
    expect(ambiguous).toBeLessThan(150)
    // French settles « Guyane »; nothing else may be somebody else's name.
    expect(elsewhere.filter((name) => !name.endsWith(' GY Guyane'))).toEqual([])
  })
})

describe('suggestCountries', { timeout: 30_000 }, () => {
  it.each([
    ['布隆', 'BI'],
    ['Бурунди', 'BI'],
    ['Ivory C', 'CI'],
    ['RDC', 'CD'],
    ['cote d', 'CI'],
    ['Sakartv', 'GE'],
    // In none of the languages that settle a name.
    ['Sveri', 'SE'],
    // Within a name.
    ['herzegov', 'BA'],
  ])('%s: first %s', (typed, country) => {
    expect(suggestCountries(typed)[0]).toBe(country)
  })

  it('names both countries of a name that is ambiguous', () => {
    expect(suggestCountries('Congo')).toEqual(expect.arrayContaining(['CD', 'CG']))
  })

  it.each(['', '  ', '?!', 'zzzz', '\u202E', '%'])('%j: none', (typed) => {
    expect(suggestCountries(typed)).toEqual([])
  })

  it('gives eight at most, each once, however much is typed', () => {
    for (const typed of ['a', 'an', 's'.repeat(100_000)]) {
      const suggested = suggestCountries(typed)
      expect(suggested.length).toBeLessThanOrEqual(8)
      expect(new Set(suggested).size).toBe(suggested.length)
    }
  })
})

describe('recogniseRegion', () => {
  it('knows every name that the interface shows', () => {
    for (const region of REGIONS) {
      expect(recogniseRegion(en.Regions[region])).toBe(region)
      expect(recogniseRegion(fr.Regions[region])).toBe(region)
    }
  })

  it.each([
    ['Asia Pacific', 'asia-and-the-pacific'],
    ['asia & the pacific', 'asia-and-the-pacific'],
    ['Europe', 'europe'],
    ['North America & Caribbean', 'north-america-and-the-caribbean'],
    ['AMERIQUE LATINE', 'latin-america'],
    ['Africa.', 'africa'],
    ['Eastern Africa', null],
    ['', null],
  ])('%j → %s', (text, region) => {
    expect(recogniseRegion(text)).toBe(region)
  })
})
