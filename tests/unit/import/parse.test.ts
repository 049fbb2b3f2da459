import { beforeAll, describe, expect, it } from 'vitest'
import { loadLanguageDetector } from '@/lib/import/detect-language'
import type { DetectLanguage } from '@/lib/import/detect-language'
import { parsePage } from '@/lib/import/parse'
import { contentFromPage, initialStatus } from '@/lib/import/plan'
import type { ValidPage } from '@/lib/import/plan'
import { PRIORITY_AREAS, profileContentSchema } from '@/lib/organisations/schema'
import fr from '@/messages/fr.json'
import { AREA_LINES, page, seedPage } from '@/tests/support/pages'

let readLanguage: DetectLanguage
beforeAll(async () => {
  readLanguage = await loadLanguageDetector()
}, 60_000)

function parse(text: string): ValidPage {
  const parsed = parsePage(text, readLanguage)
  if (!parsed.ok) throw new Error(`refused: ${parsed.reason}`)
  return parsed
}

function who(text: string) {
  return parse(page({ who: text })).answers.who
}

const PLAIN = [
  {
    language: 'fr',
    provenance: 'original',
    text: 'Nous travaillons avec des femmes et des personnes trans.',
  },
  { language: 'en', provenance: 'translation', text: 'We work with women and trans people.' },
]

describe('the seed page', () => {
  it('comes out whole, verbatim, with nothing refused', () => {
    const seed = parse(seedPage())
    expect(seed).toMatchObject({
      name: 'SOLIDARITE POUR LES DROITS DES TRAVAILLEUSES DE SEXE',
      country: 'BI',
      region: 'africa',
      regionSuggested: true,
      email: null,
      priorityAreas: PRIORITY_AREAS,
      whole: true,
      refused: [],
    })
    expect(initialStatus(seed)).toBe('listed')
    for (const answers of Object.values(seed.answers)) {
      expect(answers).toMatchObject([
        { language: 'fr', provenance: 'original' },
        { language: 'en', provenance: 'translation' },
      ])
      for (const { text } of answers) expect(seedPage()).toContain(text)
    }
    expect(seed.answers.challenges.map(({ text }) => text.split('\n').length)).toEqual([2, 1])
    expect(profileContentSchema.safeParse(contentFromPage(seed)).success).toBe(true)
  })
})

describe('layouts', () => {
  it('today’s', () => {
    expect(parse(page())).toMatchObject({
      name: 'Collectif Lanterne',
      country: 'BI',
      priorityAreas: ['health'],
      answers: { who: PLAIN },
      refused: [],
    })
  })

  it.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['CR', (text: string) => text.replaceAll('\n', '\r')],
    ['byte order mark', (text: string) => `\uFEFF${text}`],
    ['white space around', (text: string) => `\n\u00A0 \n${text}\n\t\n`],
    ['no blank lines', (text: string) => text.replaceAll(/\n{2,}/g, '\n')],
    ['many blank lines', (text: string) => text.replaceAll('\n\n', '\n\u00A0\n \n\n')],
    [
      'lower-case labels',
      (text: string) => text.replace('Who do you', 'who do you').replace('Region', 'REGION'),
    ],
    [
      'labels with colon and no-break space',
      (text: string) =>
        text.replace(
          /^(Who.*\?|How.*\?|Which.*\?|What.*|Describe.*|Region|Country)$/gm,
          '$1:\u00A0',
        ),
    ],
    [
      'country on the line of its label',
      (text: string) => text.replace('Country\nBurundi', 'Country:\u00A0Burundi'),
    ],
    ['no region label', (text: string) => text.replace('Region\n', '')],
    ['curly quote', (text: string) => text.replace('Which of NSWP ', 'Which of NSWP’s ')],
    ['straight quote', (text: string) => text.replace('Which of NSWP ', "Which of NSWP's ")],
    [
      'American spelling',
      (text: string) => text.replace('your organisation?', 'your organization?'),
    ],
    [
      'a label twice in a row',
      (text: string) =>
        text.replace('Who do you work with?', 'Who do you work with?\n\nWho do you work with?'),
    ],
    [
      'labels in bold',
      (text: string) => text.replace('Who do you work with?', '**Who do you work with?**'),
    ],
  ])('%s', (_, change) => {
    const plain = parse(page())
    const { labels: _labels, ...expected } = plain
    expect(parse(change(page()))).toMatchObject(expected)
  })

  it('labels and areas in French', () => {
    const french = page({ areas: Object.values(fr.PriorityAreas).join('\n'), country: 'Burundi' })
      .replace('Who do you work with?', fr.Questions.who)
      .replace('How are sex workers involved in your organisation?', fr.Questions.involvement)
      .replace(
        'Which of NSWP priority areas does your organisation work on?',
        fr.Questions.priorityAreas,
      )
      .replace(
        'What are the two main challenges that the sex workers you work with face',
        fr.Questions.challenges,
      )
      .replace('Describe other areas of your work', fr.Questions.otherWork)
      .replace('Region\nCountry', 'Région\nPays')
    expect(parse(french)).toMatchObject({
      country: 'BI',
      priorityAreas: PRIORITY_AREAS,
      answers: parse(page()).answers,
      refused: [],
    })
  })

  it('the older one: e-mail label first, values after colon and no-break space', () => {
    const older = [
      'Collectif Lanterne',
      'Contact email:\u00A0lanterne@example.org',
      'Who do you work with?:\u00A0Nous travaillons avec des femmes et des personnes trans.',
      'We work with women and trans people.',
      'Which of NSWP’s priority areas does your organisation work on?:\u00A0',
      `${AREA_LINES[0]};`,
      `${AREA_LINES[4]}.`,
      'Region:\u00A0Africa',
      'Country:\u00A0Burundi',
    ].join('\n')
    expect(parse(older)).toMatchObject({
      email: 'lanterne@example.org',
      answers: { who: PLAIN },
      priorityAreas: ['decriminalisation', 'human-rights'],
      region: 'africa',
      regionSuggested: false,
      country: 'BI',
      refused: [],
    })
  })
})

describe('name', () => {
  it.each([
    ['no title', page({ name: '' })],
    ['two paragraphs', page({ name: 'Collectif Lanterne\nMembre depuis 2012' })],
    ['too long', page({ name: 'x'.repeat(151) })],
    ['first label missing', page().replace('Who do you work with?\n', '')],
    ['first label missing and a value for the e-mail', page({ email: 'a@example.org', name: '' })],
    ['a label only', 'Country\nBurundi'],
  ])('%s: noName', (_, text) => {
    expect(parsePage(text, readLanguage)).toEqual({
      ok: false,
      reason: 'noName',
      text: text.trim(),
    })
  })

  it('of 150 characters is kept', () => {
    expect(parse(page({ name: 'é'.repeat(150) })).name).toBe('é'.repeat(150))
  })

  it('without labels there is no page', () => {
    const letter = 'Bonjour,\n\nNous aimerions rejoindre le réseau. Who do you work with? Merci.'
    expect(parsePage(letter, readLanguage)).toEqual({ ok: false, reason: 'noLabels', text: letter })
  })

  it.each(['\u202E', '\u2066', '\uD800'])('with %j refuses the whole file', (character) => {
    const text = page({ name: `Collectif${character}Lanterne` })
    expect(parsePage(text, readLanguage)).toMatchObject({ ok: false, reason: 'unsafeCharacters' })
  })
})

describe('contact e-mail', () => {
  it.each([
    ['', null, []],
    ['lanterne@example.org', 'lanterne@example.org', []],
    ['<mailto:lanterne@example.org>', 'lanterne@example.org', []],
    ['lanterne (at) example.org', null, ['lanterne (at) example.org']],
    ['a@example.org\nb@example.org', 'a@example.org', ['b@example.org']],
    ['BP 12, Gitega\na@example.org', 'a@example.org', ['BP 12, Gitega']],
  ])('%j', (email, address, unplaced) => {
    const parsed = parse(page({ email }))
    expect(parsed.email).toBe(address)
    expect(parsed.refused).toEqual(unplaced.map((text) => ({ reason: 'unplacedText', text })))
    expect(contentFromPage(parsed).contacts.email?.published ?? false).toBe(false)
  })

  it.each<[string, string | null, string | null, string[]]>([
    ['Contact email: a@example.org, b@example.org', null, null, ['a@example.org, b@example.org']],
    ['Email: d@example.org', null, 'd@example.org', []],
    ['E-mail\nd@example.org', null, 'd@example.org', []],
    ['Contact email: f (at) example.org', null, null, ['f (at) example.org']],
    ['Contact email\nf (at) example.org', null, null, ['f (at) example.org']],
    [
      'Contact email:\ninfo@example.org / +254 700 000',
      null,
      null,
      ['info@example.org / +254 700 000'],
    ],
    ['Contact email\nc@example.org', '', 'c@example.org', []],
    ['Contact email\nc@example.org', 'a@example.org', 'a@example.org', ['c@example.org']],
    [
      'Contact email: a@example.org\nEmail: b@example.org',
      null,
      'a@example.org',
      ['b@example.org'],
    ],
  ])('%j never stands in an answer', (labelled, above, address, unplaced) => {
    const evening = 'We keep a drop-in open in the evening.'
    for (const question of ['who', 'otherWork'] as const) {
      const parsed = parse(page({ email: above, [question]: `${evening}\n${labelled}` }))
      expect(parsed.email).toBe(address)
      expect(parsed.answers[question].map(({ text }) => text)).toEqual([evening])
      expect(parsed.refused).toEqual(unplaced.map((text) => ({ reason: 'unplacedText', text })))
    }
  })

  it('as words of an answer stays there', () => {
    const who = 'We work with women.\nEmail: we answer within a day.'
    expect(parse(page({ who })).answers.who).toMatchObject([{ text: who }])
  })

  it('below the questions is hidden too, and the answer goes on after it', () => {
    const parsed = parse(
      page({
        otherWork:
          'We keep a drop-in open in the evening.\nContact email: a@example.org\nWe also run workshops for members.',
      }),
    )
    expect(parsed.email).toBe('a@example.org')
    expect(parsed.answers.otherWork).toEqual([
      {
        language: 'en',
        provenance: 'original',
        text: 'We keep a drop-in open in the evening.\nWe also run workshops for members.',
      },
    ])
  })
})

describe('cut off', { timeout: 30_000 }, () => {
  it('before region and country: a draft, the last paragraph named and kept', () => {
    const whole = page()
    const cut = whole.slice(0, whole.indexOf('in the evening'))
    const parsed = parse(cut)
    expect(parsed).toMatchObject({
      country: null,
      region: null,
      regionSuggested: false,
      whole: false,
    })
    expect(parsed.refused).toEqual([
      { reason: 'noCountry', text: '' },
      { reason: 'cutOff', text: 'We keep a drop-in open' },
    ])
    expect(parsed.answers.otherWork.at(-1)?.text).toBe('We keep a drop-in open')
    expect(initialStatus(parsed)).toBe('draft')
  })

  it('inside a priority area', () => {
    const parsed = parse(
      `X\nWho do you work with?\nWe work with women.\nWhich of NSWP priority areas does your organisation work on?\n${AREA_LINES[0]}\n${AREA_LINES[3].slice(0, 40)}`,
    )
    expect(parsed.priorityAreas).toEqual(['decriminalisation'])
    expect(parsed.refused.map(({ reason }) => reason)).toEqual([
      'unplacedText',
      'noCountry',
      'cutOff',
    ])
  })

  it('after the label of the region: the page is whole but names no country', () => {
    const parsed = parse(page().replace(/Country\nBurundi$/, ''))
    expect(parsed.refused).toEqual([{ reason: 'noCountry', text: '' }])
    expect(initialStatus(parsed)).toBe('draft')
  })

  it('anywhere: never an exception, never listed', () => {
    const seed = seedPage()
    const end = seed.indexOf('\nRegion\n')
    for (let length = 0; length <= end; length += 7) {
      const parsed = parsePage(seed.slice(0, length), () => ({ kind: 'certain', language: 'fr' }))
      if (parsed.ok) expect(initialStatus(parsed)).toBe('draft')
    }
  })
})

describe('languages of an answer', () => {
  it('one', () => {
    expect(who('We work with women and trans people.')).toEqual([
      { language: 'en', provenance: 'original', text: 'We work with women and trans people.' },
    ])
  })

  it('none: no answer', () => {
    expect(who('')).toEqual([])
  })

  it.each([
    [
      'es, en',
      'Trabajamos con mujeres trans que ejercen en la calle.',
      'We work with trans women on the streets.',
    ],
    [
      'pt, en',
      'Trabalhamos com mulheres e homens em toda a cidade.',
      'We work with women and men all over the city.',
    ],
    ['ru, en', 'Мы работаем с женщинами в трёх городах.', 'We work with women in three towns.'],
    ['zh, en', '我们为城里的女性性工作者提供服务。', 'We serve female sex workers in the city.'],
    ['ar, fr', 'نعمل مع النساء في العاصمة.', 'Nous travaillons avec les femmes de la capitale.'],
    [
      'en, fr',
      'We work with women in the capital.',
      'Nous travaillons avec les femmes de la capitale.',
    ],
  ])('%s', (languages, original, translation) => {
    expect(who(`${original}\n${translation}`)).toEqual([
      { language: languages.slice(0, 2), provenance: 'original', text: original },
      { language: languages.slice(4), provenance: 'translation', text: translation },
    ])
  })

  it('three', () => {
    expect(
      who(
        'Nous travaillons avec des femmes.\nWe work with women only.\nTrabajamos solo con mujeres.',
      ),
    ).toMatchObject([
      { language: 'fr', provenance: 'original' },
      { language: 'en', provenance: 'translation' },
      { language: 'es', provenance: 'translation' },
    ])
  })

  it.each([
    [
      'two to one',
      'Nous tenons une permanence.\nNous formons des paires.',
      'We keep a drop-in and train peers.',
    ],
    [
      'one to two',
      'Nous tenons une permanence et formons des paires.',
      'We keep a drop-in centre.\nWe train peer educators.',
    ],
    [
      'blank lines within',
      'Nous tenons une permanence.\n\nNous formons des paires.',
      'We keep a drop-in centre.\n\n\nWe train peers.',
    ],
  ])('%s', (_, french, english) => {
    expect(who(`${french}\n\n${english}`)).toEqual([
      { language: 'fr', provenance: 'original', text: french },
      { language: 'en', provenance: 'translation', text: english },
    ])
  })

  it('that alternate are joined by a blank line', () => {
    expect(
      who(
        'Nous tenons une permanence.\nWe keep a drop-in centre.\nNous formons des paires.\nWe train peer educators.',
      ),
    ).toEqual([
      {
        language: 'fr',
        provenance: 'original',
        text: 'Nous tenons une permanence.\n\nNous formons des paires.',
      },
      {
        language: 'en',
        provenance: 'translation',
        text: 'We keep a drop-in centre.\n\nWe train peer educators.',
      },
    ])
  })

  it('lists, numbered and dashed', () => {
    const french = '1. Les violences policières\n2. Le manque de moyens financiers'
    const english = '- Violence from the police\n- A lack of funding'
    expect(who(`${french}\n${english}`).map(({ text }) => text)).toEqual([french, english])
  })

  it('an uncertain paragraph between two of the same language belongs to them', () => {
    const text =
      'Nous intervenons sur trois thèmes.\nVIH/SIDA\nNous formons des paires éducatrices.'
    const parsed = parse(page({ who: text }))
    expect(parsed.answers.who).toEqual([{ language: 'fr', provenance: 'original', text }])
    expect(parsed.refused).toEqual([])
  })

  it('an uncertain paragraph elsewhere is kept and named', () => {
    const parsed = parse(page({ who: 'VIH/SIDA' }))
    expect(parsed.answers.who).toEqual([
      { language: 'und', provenance: 'unknown', text: 'VIH/SIDA' },
    ])
    expect(parsed.refused).toEqual([{ reason: 'uncertainLanguage', text: 'VIH/SIDA' }])
    expect(initialStatus(parsed)).toBe('listed')
  })

  it('what is not certain has no part in what is original', () => {
    expect(
      who('Kampala\nNous travaillons avec des femmes.\nWe work with women only.'),
    ).toMatchObject([
      { language: 'und', provenance: 'unknown' },
      { language: 'fr', provenance: 'original' },
      { language: 'en', provenance: 'translation' },
    ])
  })

  it('several uncertain ones are one entry', () => {
    const parsed = parse(
      page({ who: 'Kampala\nNous travaillons avec des femmes.\nWe work with women.\n2019' }),
    )
    expect(parsed.answers.who.filter(({ language }) => language === 'und')).toEqual([
      { language: 'und', provenance: 'unknown', text: 'Kampala\n\n2019' },
    ])
  })
})

describe('an answer is an answer', () => {
  it.each([
    'Oppose human rights abuses, including those that the city’s by-laws allow.',
    AREA_LINES[4],
    'Country offices work with women. Region: the Great Lakes.',
    'Who do you work with? people ask us. We work with everybody.',
    'Describe other areas of your work in one sentence was not easy.',
  ])('%s', (text) => {
    expect(who(text)[0]?.text).toBe(text)
  })

  it('that has “Country” and “Region” as headings of its own', () => {
    const text =
      'Region\nWe cover the whole of the Great Lakes region.\nCountry\nWe have an office in the capital.'
    for (const question of ['who', 'otherWork'] as const) {
      const parsed = parse(page({ [question]: text, region: 'Africa' }))
      expect(parsed).toMatchObject({ country: 'BI', region: 'africa', regionSuggested: false })
      expect(parsed.answers[question].map((answer) => answer.text).join('\n')).toBe(text)
    }
  })
})

describe('priority areas', () => {
  it.each<[string, string, string[]]>([
    ['bullets', `• ${AREA_LINES[0]}\n– ${AREA_LINES[5]}`, ['decriminalisation', 'stigma']],
    ['numbers', `1. ${AREA_LINES[0]}\n2) ${AREA_LINES[1]}`, ['decriminalisation', 'trafficking']],
    [
      'other order and twice',
      `${AREA_LINES[5]}\n${AREA_LINES[0]}\n${AREA_LINES[5]}`,
      ['decriminalisation', 'stigma'],
    ],
    ['on one line', `${AREA_LINES[0]}; ${AREA_LINES[1]}`, ['decriminalisation', 'trafficking']],
    ['over two lines', AREA_LINES[3].replace('while ', 'while\n'), ['violence']],
    ['without the examples', 'Advocate for universal access to health services', ['health']],
    [
      'American',
      AREA_LINES[0].replace('criminalisation', 'criminalization'),
      ['decriminalisation'],
    ],
    [
      'older wording',
      'Opposing human rights abuses\nEconomic empowerment of sex workers as sex workers',
      ['human-rights', 'empowerment'],
    ],
  ])('%s', (_, areas, codes) => {
    const parsed = parse(page({ areas }))
    expect(parsed.priorityAreas).toEqual(codes)
    expect(parsed.refused).toEqual([])
  })

  it.each([
    'We also defend housing rights',
    'Oppose human rights abuses, including evictions',
    'Advocate for',
    '•',
  ])('%s is no known wording', (line) => {
    const parsed = parse(page({ areas: `${AREA_LINES[2]}\n${line}\n${AREA_LINES[5]}` }))
    expect(parsed.priorityAreas).toEqual(['health', 'stigma'])
    expect(parsed.refused).toEqual([{ reason: 'unplacedText', text: line }])
  })
})

describe('country and region', () => {
  it.each([
    ['布隆迪', 'BI'],
    ["Côte d'Ivoire", 'CI'],
    ['Ivory Coast', 'CI'],
    ['RDC', 'CD'],
    ['Кыргызстан', 'KG'],
    ['República Dominicana', 'DO'],
  ])('%s', (country, code) => {
    expect(parse(page({ country }))).toMatchObject({ country: code, refused: [] })
  })

  it.each([
    ['', 'noCountry'],
    ['Ruritania', 'unknownCountry'],
    ['Congo', 'ambiguousCountry'],
  ])('%j: %s', (country, reason) => {
    const parsed = parse(page({ country }))
    expect(parsed).toMatchObject({ country: null, region: null, regionSuggested: false })
    expect(parsed.refused).toEqual([{ reason, text: country }])
    expect(initialStatus(parsed)).toBe('draft')
  })

  it.each([
    ['Africa', 'Burundi', 'africa', false],
    ['', 'Burundi', 'africa', true],
    ['Europe (including Eastern Europe and Central Asia)', 'Kyrgyzstan', 'europe', false],
    ['Latin America', 'Mexico', 'latin-america', false],
    ['', 'Mexico', null, false],
    ['', 'Guyana', null, false],
    ['North America and the Caribbean', '', 'north-america-and-the-caribbean', false],
  ] as const)('region %j, country %j → %s', (region, country, code, suggested) => {
    expect(parse(page({ region, country }))).toMatchObject({
      region: code,
      regionSuggested: suggested,
    })
  })

  it('a region that is none of the five is not placed, and suggested', () => {
    const parsed = parse(page({ region: 'Eastern Africa' }))
    expect(parsed).toMatchObject({ region: 'africa', regionSuggested: true })
    expect(parsed.refused).toEqual([{ reason: 'unplacedText', text: 'Eastern Africa' }])
  })

  it('in the other order', () => {
    const text = page().replace('Region\nCountry\nBurundi', 'Country\nBurundi\nRegion\nAfrica')
    expect(parse(text)).toMatchObject({ country: 'BI', region: 'africa', refused: [] })
  })

  it('what stands below the country is not placed', () => {
    const parsed = parse(`${page()}\nShare this page\nPrint`)
    expect(parsed.country).toBe('BI')
    expect(parsed.refused).toEqual([
      { reason: 'unplacedText', text: 'Share this page' },
      { reason: 'unplacedText', text: 'Print' },
    ])
  })

  it('a second page in the same file does not mix with the first', () => {
    const second = page({
      name: 'Aurora',
      who: 'We work with men.',
      country: 'Kenya',
      areas: AREA_LINES[0],
    })
    const parsed = parse(`${page()}\n\n${second}`)
    expect(parsed).toMatchObject({
      name: 'Collectif Lanterne',
      country: 'BI',
      priorityAreas: ['health'],
    })
    expect(parsed.answers).toEqual(parse(page()).answers)
    expect(parsed.refused).toEqual([
      { reason: 'unplacedText', text: 'Aurora' },
      { reason: 'unplacedText', text: second.slice(second.indexOf('Who')) },
    ])
  })
})

describe('characters', () => {
  it('that belong to writing stay as they are', () => {
    const text =
      "Nous aidons «\u00A0toutes\u00A0», l\u2019une et l'autre\u00A0; co\u00ADopération, e\u0301te\u0301, \u200Eok\u200F, 👩\u200D👧.\tFin\u2026"
    expect(who(text)).toEqual([{ language: 'fr', provenance: 'original', text }])
  })

  it('that reorder or end text are refused with their piece, the rest is kept', () => {
    const parsed = parse(
      page({
        who: 'Nous travaillons avec des femmes.\nWe work \u202Ewith women\u202C.',
        country: '\u2067Burundi\u2069',
        areas: `${AREA_LINES[0]}\n\u202A${AREA_LINES[1]} and more\u202C`,
      }),
    )
    expect(parsed.answers.who).toMatchObject([{ language: 'fr' }])
    expect(parsed.priorityAreas).toEqual(['decriminalisation'])
    expect(parsed.refused.map(({ reason }) => reason)).toEqual([
      'unsafeCharacters',
      'unsafeCharacters',
      'unsafeCharacters',
      'noCountry',
    ])
  })

  it('too many for an answer are not placed', () => {
    const text = 'We work with women and trans people in the city. '.repeat(500).trim()
    const parsed = parse(page({ who: text }))
    expect(parsed.answers.who).toEqual([])
    expect(parsed.refused).toEqual([{ reason: 'unplacedText', text }])
  })
})
