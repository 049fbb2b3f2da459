import { describe, expect, it, vi } from 'vitest'
import en from '@/messages/en.json'
import fr from '@/messages/fr.json'
import { COUNTRIES, isCountry } from '@/lib/geo/countries'
import {
  alternativeNames,
  findNamedPlace,
  parseCountry,
  parseRegion,
  suggestCountries,
} from '@/lib/geo/parse-country'
import { REGIONS } from '@/lib/geo/regions'
import { suggestRegion } from '@/lib/geo/suggest-region'

/** The module as a process finds it that has just started: no name is read yet. */
async function anew() {
  vi.resetModules()
  return import('@/lib/geo/parse-country')
}

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

describe('parseCountry', { timeout: 30_000 }, () => {
  it('reads no more than a name can have', () => {
    expect(parseCountry(`Kenya${'.'.repeat(190)}`)).toEqual({ ok: true, country: 'KE' })
    expect(parseCountry(`Kenya${'.'.repeat(200)}`)).toMatchObject({ ok: false })
    expect(parseCountry(`${' '.repeat(500)}Kenya`)).toEqual({ ok: true, country: 'KE' })
  })

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
    ['Korea (Republic of)', 'KR'],
    ['Korea (Democratic People’s Republic of)', 'KP'],
    ['Corée (République populaire démocratique de)', 'KP'],
    ['Congo (République démocratique du)', 'CD'],
    ['Congo (la République démocratique du)', 'CD'],
    ['Congo (Democratic Republic of the)', 'CD'],
    ['Sudan (South)', 'SS'],
    ['Guinea (Equatorial)', 'GQ'],
    ['Micronesia (Federated States of)', 'FM'],
    ['Tanzanie (République-Unie de)', 'TZ'],
    ['Kenya (Republic of)', 'KE'],
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
    [' BI\n', 'BI'],
    ['Burundi(Bujumbura)', 'BI'],
    ['Côte d’Ivoire (Ivory Coast)', 'CI'],
    ['The[former]Zaire', 'CD'],
    ['The (whole) Kenya', 'KE'],
    ['Myanmar（Birmanie）', 'MM'],
    ['Burundi/布隆迪', 'BI'],
    ['Burundi // 布隆迪', 'BI'],
    ['Kenya and Kenia and 肯尼亚', 'KE'],
    ['« Republic of Rwanda »', 'RW'],
    ['Korea, Republic of,;', 'KR'],
  ])('%s → %s', (text, country) => {
    expect(parseCountry(text)).toEqual({ ok: true, country })
  })

  it.each([
    'Congo',
    'Конго',
    'Korea',
    'Corée',
    'Kenya, Uganda',
    'Kenya, Uganda, Kenya',
    'Niger (Nigeria)',
    'Republic of China',
  ])('%s is ambiguous', (text) => {
    expect(parseCountry(text)).toEqual({ ok: false, reason: 'ambiguousCountry' })
  })

  it.each([
    '',
    ' . ',
    'Kampala',
    'Kampala, Uganda',
    'Uganda, Kampala',
    'Kampala (Uganda)',
    'Seoul, Korea, Republic of',
    'Korea, Republic of, Seoul',
    // The other name is missing.
    'Kenya and',
    // Misspelt: without the article in the middle, it would be Kenya.
    'Keonya',
    // A vowel of चीन (China) is missing.
    'चन',
    'it',
    'XX',
    'constructor',
    'State of Georgia',
    'Nous travaillons au Burundi',
    '🇧🇮',
    '12',
  ])('%j is unknown', (text) => {
    expect(parseCountry(text)).toEqual({ ok: false, reason: 'unknownCountry' })
  })

  it('knows the names in all languages, spellings and forms as soon as the first is asked for', async () => {
    const known = [
      // Names of a language that settles, with their spellings.
      ['Germany', 'DE'],
      ['Allemagne', 'DE'],
      ['德国', 'DE'],
      ['Trinidad and Tobago', 'TT'],
      ['Trinidad & Tobago', 'TT'],
      ['Saint Kitts & Nevis', 'KN'],
      ['St-Pierre-et-Miquelon', 'PM'],
      // Names that no runtime has.
      ['Burma', 'MM'],
      ['Zaïre', 'CD'],
      ['Aotearoa', 'NZ'],
      // Another language's name, and its short one of three letters.
      ['Sverige', 'SE'],
      ['บุรุนดี', 'BI'],
      ['ABŞ', 'US'],
      ['Britujo', 'GB'],
      ['Гонконг', 'HK'],
      ['Палестин', 'PS'],
      ['マカオ', 'MO'],
      // Articles and forms of state.
      ['The Kenya', 'KE'],
      ['Le Kenya', 'KE'],
      ['Les Kenya', 'KE'],
      ['L’Ouganda', 'UG'],
      ['La República de Colombia', 'CO'],
      ['Federal Republic of Nigeria', 'NG'],
      ['Co-operative Republic of Guyana', 'GY'],
      ['Hashemite Kingdom of Jordan', 'JO'],
      ['République du Bénin', 'BJ'],
      ['République islamique de Mauritanie', 'MR'],
      ['República Federativa do Brasil', 'BR'],
      ['Republic of the Marshall Islands', 'MH'],
      ['Республика Казахстан', 'KZ'],
      ['Grand Duchy of Luxembourg', 'LU'],
    ]
    const ambiguous = [
      'Congo',
      'Korea',
      'Virgin Islands',
      // Qatar in one language and Croatia, or Tonga and Togo, in another.
      'Kata',
      'Toga',
    ]
    // The last two are too short to say which language they are: the United States, and Svalbard.
    const unknown = [
      'Kampala',
      'Kenya Republic of',
      'A Republic of Kenya Uganda',
      'Keonya',
      'चन',
      'Mỹ',
      'sj',
    ]

    const read = await anew()
    expect(known.map(([name = '']) => [name, read.parseCountry(name)])).toEqual(
      known.map(([name, country]) => [name, { ok: true, country }]),
    )
    expect(ambiguous.map((name) => read.parseCountry(name))).toEqual(
      ambiguous.map(() => ({ ok: false, reason: 'ambiguousCountry' })),
    )
    expect(unknown.map((name) => [name, read.parseCountry(name)])).toEqual(
      unknown.map((name) => [name, { ok: false, reason: 'unknownCountry' }]),
    )
  })

  it('knows every name that the interface shows', () => {
    for (const names of [en.Countries, fr.Countries]) {
      for (const [country, name] of Object.entries(names)) {
        expect([name, parseCountry(name)]).toEqual([name, { ok: true, country }])
      }
    }
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
    // The code, before the shorter name BiH of Bosnia.
    [' BI ', 'BI'],
    ['CD', 'CD'],
    // The shortest name that begins so: « Inde » before Indonesia.
    ['Ind', 'IN'],
    ['Nor', 'NO'],
    ['Sam', 'WS'],
    // Marks without a letter.
    ['\u0301\u0302Burundi', 'BI'],
    // What follows the hundredth character is not looked at.
    [`Burundi${' '.repeat(100)}is not a name`, 'BI'],
  ])('%s: first %s', (typed, country) => {
    expect(suggestCountries(typed)[0]).toBe(country)
  })

  it('names both countries of a name that is ambiguous', () => {
    expect(suggestCountries('Congo')).toEqual(expect.arrayContaining(['CD', 'CG']))
    expect(suggestCountries('Congo').every(isCountry)).toBe(true)
  })

  it('looks for a single letter at the beginning of names only', () => {
    expect(suggestCountries('q')).toContain('QA')
    expect(suggestCountries('q')).not.toContain('IQ')
    expect(suggestCountries('ra')).toContain('IQ')
  })

  it('leaves the less known languages out where a name in another begins so', () => {
    // « Sam » is the United States in Irish.
    expect(parseCountry('Sam')).toEqual({ ok: true, country: 'US' })
    expect(suggestCountries('Sam')).not.toContain('US')
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

describe('parseRegion', () => {
  it('knows every name that the interface shows', () => {
    for (const region of REGIONS) {
      expect(parseRegion(en.Regions[region])).toBe(region)
      expect(parseRegion(fr.Regions[region])).toBe(region)
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
    expect(parseRegion(text)).toBe(region)
  })

  it('knows the names in every language of the network’s site, and older ones', () => {
    const named = {
      africa: ['Africa', 'África', 'Африка', '非洲', 'أفريقيا'],
      'asia-and-the-pacific': [
        'Asia & Pacific',
        'Asie et le Pacifique',
        'Asia y Pacífico',
        'Азиатско-Тихоокеанский регион',
        '亚太',
        'آسيا والمحيط الهادئ',
      ],
      europe: [
        'Europe (including Eastern Europe and Central Asia)',
        'Europe and Central Asia',
        'Europe & Central Asia',
        'Eastern Europe and Central Asia',
        'Europe (y compris l’Europe de l’Est et l’Asie centrale)',
        'Europe et Asie centrale',
        'Европа',
      ],
      'latin-america': ['Amérique latine', 'Latinoamérica', '拉丁美洲'],
      'north-america-and-the-caribbean': [
        'North America and Caribbean',
        'North America & Caribbean',
        'Amérique du Nord et Caraïbes',
        'Amérique du Nord & Caraïbes',
        'América do Norte e Caribe',
        '北美和加勒比',
      ],
    }
    for (const [region, names] of Object.entries(named)) {
      expect(names.map((name) => [name, parseRegion(name)])).toEqual(
        names.map((name) => [name, region]),
      )
    }
  })
})

describe('furtherNames', () => {
  it('are each of the names that no runtime knows, and none where there is no such name', () => {
    expect(alternativeNames('CC')).toEqual([
      'Cocos Islands',
      'Keeling Islands',
      'Îles Cocos (Keeling)',
    ])
    expect(alternativeNames('BI')).toEqual([])
  })
})

describe('findNamedPlace', { timeout: 30_000 }, () => {
  it.each([
    [['burundi'], { country: 'BI' }],
    [['cote', 'd', 'ivoire'], { country: 'CI' }],
    [
      ['north', 'america', 'and', 'the', 'caribbean'],
      { region: 'north-america-and-the-caribbean' },
    ],
    [['europe'], { region: 'europe' }],
    // A short name of a language that many read.
    [['usa'], { country: 'US' }],
    [['rdc'], { country: 'CD' }],
    // In none of the languages that settle a name: four letters or more, or another script.
    [['sverige'], { country: 'SE' }],
    [['kuba'], { country: 'CU' }],
    [['미국'], { country: 'US' }],
    [['สเปน'], { country: 'ES' }],
  ])('%j: %j', (tokens, place) => {
    expect(findNamedPlace(tokens)).toEqual(place)
  })

  it.each([
    [[]],
    [['kampala']],
    [['congo']],
    [['kata']],
    // Italy and Russia in Vietnamese, and the United States in Irish.
    [['y']],
    [['nga']],
    [['sam']],
    // The article and the form of state are for a text that is nothing but a name.
    [['the', 'kenya']],
  ])('%j: nothing', (tokens) => {
    expect(findNamedPlace(tokens)).toBeNull()
  })
})
