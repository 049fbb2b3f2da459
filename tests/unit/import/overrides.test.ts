import { describe, expect, it } from 'vitest'
import type { DetectLanguage } from '@/lib/import/detect-language'
import type { PageOverrides } from '@/lib/import/page-overrides'
import { parsePage } from '@/lib/import/parse'
import type { ValidPage } from '@/lib/import/plan'
import { ANSWER_LIMIT } from '@/lib/organisations/schema'
import { page, type PageParts } from '@/tests/support/pages'

// Paragraphs that say their language themselves: what is tested is where they go.
const readLanguage: DetectLanguage = (paragraph) => {
  const [, sure, language = ''] = /^([?]?)(fr|en|es): /.exec(paragraph.trim()) ?? []
  if (sure === undefined) return { kind: 'foreign' }
  return sure === ''
    ? { kind: 'certain', language }
    : { kind: 'uncertain', evidence: new Map([[language, 1]]) }
}

const PARTS: Partial<PageParts> = {
  who: 'fr: des femmes\nen: women',
  involvement: 'fr: élues',
  challenges: 'fr: la police',
  otherWork: 'fr: une permanence\nen: a drop-in',
}

function parse(changes: Partial<PageParts> = {}, given: PageOverrides = {}): ValidPage {
  return read(page({ ...PARTS, ...changes }), given)
}

function read(text: string, given: PageOverrides = {}): ValidPage {
  const parsed = parsePage(text, readLanguage, given)
  if (!parsed.ok) throw new Error(`refused: ${parsed.reason}`)
  return parsed
}

/** The page up to and with some words. */
function cutAfter(words: string, changes: Partial<PageParts> = {}): string {
  const whole = page({ ...PARTS, ...changes })
  return whole.slice(0, whole.indexOf(words) + words.length)
}

const texts = (answers: { language: string; text: string }[]) =>
  answers.map(({ language, text }) => `${language} ${text}`)

describe('a name that is given', () => {
  it('is taken where the page has none, and nothing is refused for it', () => {
    expect(parse({ name: '' }, { name: 'Réseau Boussole' })).toMatchObject({
      name: 'Réseau Boussole',
      refused: [],
    })
  })

  it('stands for what is above the labels, which is named but for the name itself', () => {
    const above = '  Membre depuis 2012 \n Réseau Boussole \nune\u202Eligne '
    const parsed = parse({ name: above }, { name: 'Réseau Boussole' })
    expect(parsed.name).toBe('Réseau Boussole')
    expect(parsed.refused).toEqual([
      { reason: 'unplacedText', text: 'Membre depuis 2012' },
      { reason: 'unsafeCharacters', text: 'une\u202Eligne' },
    ])
  })

  it('heads a page whose first question is missing', () => {
    const text = page(PARTS).replace('Who do you work with?', '')
    expect(read(text, { name: 'Réseau Boussole' }).name).toBe('Réseau Boussole')
  })
})

describe('the name of the page', () => {
  it('is taken without the white space around it', () => {
    expect(parse({ name: 'Collectif Lanterne \t' }).name).toBe('Collectif Lanterne')
  })

  it('is none where the first of the questions is missing below it', () => {
    const text = page(PARTS).replace(/Who do you[^]*(?=How are)/, '')
    expect(text).toMatch(/^Collectif Lanterne\s+How are/)
    expect(parsePage(text, readLanguage)).toMatchObject({ ok: false, reason: 'noName' })
  })
})

describe('a country that is given', () => {
  it('stands for one that is not understood, which is no longer refused', () => {
    const before = parse({ country: 'Atlantide' })
    expect(before).toMatchObject({ country: null, unclearCountry: 'Atlantide' })
    expect(before.refused).toEqual([{ reason: 'unknownCountry', text: 'Atlantide' }])
    expect(parse({ country: 'Atlantide' }, { country: 'KE' })).toMatchObject({
      country: 'KE',
      region: 'africa',
      regionSuggested: true,
      unclearCountry: null,
      refused: [],
    })
  })

  it('stands for one that has several meanings', () => {
    expect(parse({ country: 'Congo' }).refused).toMatchObject([{ reason: 'ambiguousCountry' }])
    expect(parse({ country: 'Congo' }, { country: 'CD' })).toMatchObject({
      country: 'CD',
      refused: [],
    })
  })

  it('stands where the page has none, and takes nothing else off the list', () => {
    const text = page(PARTS).replace(/Country\nBurundi$/, 'Country')
    expect(read(text).refused).toEqual([{ reason: 'noCountry', text: '' }])
    expect(read(text, { country: 'BI' })).toMatchObject({ country: 'BI', refused: [] })
    const odd = parse({ areas: 'jardinage', country: 'Atlantide' }, { country: 'BI' })
    expect(odd.refused).toEqual([{ reason: 'unplacedText', text: 'jardinage' }])
  })
})

describe('a piece that is given its place', () => {
  const piece = { text: 'jardinage', question: 'otherWork', language: 'fr' } as const

  it('goes to the end of the answer in its language and off the list', () => {
    const parsed = parse({ areas: piece.text }, { assigned: [piece] })
    expect(texts(parsed.answers.otherWork)).toEqual([
      'fr fr: une permanence\n\njardinage',
      'en en: a drop-in',
    ])
    expect(parsed.refused).toEqual([])
  })

  it('is an answer of its own where nobody answered in that language', () => {
    const parsed = parse({ areas: piece.text }, { assigned: [{ ...piece, language: 'es' }] })
    expect(parsed.answers.otherWork.at(-1)).toEqual({
      language: 'es',
      provenance: 'unknown',
      text: 'jardinage',
    })
    expect(parsed.answers.otherWork).toHaveLength(3)
  })

  it('that the page does not have changes nothing', () => {
    const parsed = parse({ areas: 'couture' }, { assigned: [piece] })
    expect(parsed).toEqual(parse({ areas: 'couture' }))
  })

  it('is taken from what was not placed alone, never from what is unsafe or uncertain', () => {
    const changes = { who: 'sans langue' }
    const placed = [{ ...piece, text: 'sans langue' }]
    expect(parse(changes, { assigned: placed })).toEqual(parse(changes))
  })

  it('stays on the list where the answer would be too long, up to the last character', () => {
    const room = ANSWER_LIMIT - 'fr: '.length - `\n\n${piece.text}`.length
    const full = { areas: piece.text, otherWork: `fr: ${'x'.repeat(room)}` }
    const fits = parse(full, { assigned: [piece] })
    expect(fits.answers.otherWork[0]?.text).toHaveLength(ANSWER_LIMIT)
    expect(fits.refused).toEqual([])
    const longer = { ...full, otherWork: `${full.otherWork}x` }
    expect(parse(longer, { assigned: [piece] })).toEqual(parse(longer))
    expect(parse(longer).refused).toEqual([{ reason: 'unplacedText', text: 'jardinage' }])
  })
})

describe('a language that is given', () => {
  it('settles the piece that it was said of and no other', () => {
    const changes = { who: 'fr: des femmes\nmots clés\nen: women\nautres mots' }
    expect(texts(parse(changes).answers.who)).toEqual([
      'fr fr: des femmes',
      'und mots clés\n\nautres mots',
      'en en: women',
    ])
    const parsed = parse(changes, { languages: [{ text: 'mots clés', language: 'fr' }] })
    expect(texts(parsed.answers.who)).toEqual([
      'fr fr: des femmes\nmots clés',
      'en en: women',
      'und autres mots',
    ])
    expect(parsed.refused).toEqual([{ reason: 'uncertainLanguage', text: 'autres mots' }])
    expect(parsed.answers.who.map(({ provenance }) => provenance)).toEqual([
      'original',
      'translation',
      'unknown',
    ])
  })

  it('is not asked where the page tells it', () => {
    const languages = [{ text: 'fr: des femmes', language: 'es' }]
    expect(parse({}, { languages })).toEqual(parse())
  })
})

describe('the last paragraph of a page that was cut off', () => {
  it('is told with its place, and left out where a person says so', () => {
    const cut = cutAfter('en: a dr', { otherWork: 'fr: une permanence\nen: a room\nen: a drop-in' })
    const parsed = read(cut)
    expect(parsed.lastParagraph).toEqual({
      question: 'otherWork',
      language: 'en',
      text: 'en: a dr',
    })
    expect(texts(parsed.answers.otherWork)).toEqual([
      'fr fr: une permanence',
      'en en: a room\nen: a dr',
    ])
    expect(texts(read(cut, { omitLastParagraph: true }).answers.otherWork)).toEqual([
      'fr fr: une permanence',
      'en en: a room',
    ])
  })

  it('takes its answer with it where it was all of it', () => {
    const parsed = read(cutAfter('en: a dr'), { omitLastParagraph: true })
    expect(texts(parsed.answers.otherWork)).toEqual(['fr fr: une permanence'])
    expect(texts(parsed.answers.who)).toEqual(['fr fr: des femmes', 'en en: women'])
  })

  it('is in no answer where the page is whole, ends among the areas or begins anew', () => {
    expect(parse().lastParagraph).toBeNull()
    expect(read(cutAfter('including primary')).lastParagraph).toBeNull()
    expect(read(cutAfter('Describe other areas of your work')).lastParagraph).toBeNull()
    const again = `${cutAfter('en: a drop-in')}\nWho do you work with?\nfr: des femmes`
    expect(read(again)).toMatchObject({ whole: false, lastParagraph: null })
  })

  it('is in no answer where it was not safe or an address', () => {
    const unsafe = cutAfter('en: a dr\u202Eop', {
      otherWork: 'fr: une permanence\nen: a dr\u202Eop',
    })
    expect(read(unsafe)).toMatchObject({ lastParagraph: null, incomplete: ['otherWork'] })
    const address = cutAfter('a@example.org', {
      otherWork: 'fr: une permanence\nContact email: a@example.org',
    })
    expect(read(address)).toMatchObject({ lastParagraph: null, email: 'a@example.org' })
  })

  it('stays where nobody says that it goes', () => {
    const cut = cutAfter('en: a dr')
    expect(read(cut, { omitLastParagraph: false })).toEqual(read(cut))
    expect(parse({}, { omitLastParagraph: true })).toEqual(parse())
  })
})

describe('what is missing under a label', () => {
  it('is told where a line was unsafe, named without the white space around it', () => {
    const parsed = parse({ who: 'fr: des femmes\n  en: wo\u202Emen ' })
    expect(parsed.incomplete).toEqual(['who'])
    expect(parsed.refused).toEqual([{ reason: 'unsafeCharacters', text: 'en: wo\u202Emen' }])
    expect(texts(parsed.answers.who)).toEqual(['fr fr: des femmes'])
  })

  it('is told where an answer is too long, in full', () => {
    const long = `fr: ${'x'.repeat(ANSWER_LIMIT)}`
    const parsed = parse({ who: `${long}\nen: women` })
    expect(parsed.incomplete).toEqual(['who'])
    expect(parsed.refused).toEqual([{ reason: 'unplacedText', text: long }])
    expect(parsed.answers.who).toEqual([
      { language: 'en', provenance: 'original', text: 'en: women' },
    ])
  })

  it('is told where an area is not understood', () => {
    expect(parse({ areas: 'jardinage' }).incomplete).toEqual(['priorityAreas'])
  })

  it('is nothing where only a language is uncertain, or nothing is wrong', () => {
    expect(parse({ who: 'sans langue' }).incomplete).toEqual([])
    expect(parse().incomplete).toEqual([])
  })
})

describe('what tells the languages of a page', () => {
  it('is the answers: no other part is read for it', () => {
    const asked: string[] = []
    parsePage(page({ ...PARTS, email: 'en: nobody' }), (paragraph) => {
      asked.push(paragraph)
      return readLanguage(paragraph)
    })
    expect(asked).toEqual([
      'fr: des femmes',
      'en: women',
      'fr: élues',
      'fr: la police',
      'fr: une permanence',
      'en: a drop-in',
    ])
  })

  it('settles what is uncertain by itself, in whatever question it is certain', () => {
    const uncertain = '?en: drop-in'
    expect(texts(parse({ who: uncertain }).answers.who)).toEqual([`en ${uncertain}`])
    const french = { involvement: 'fr: élues', otherWork: 'fr: une permanence' }
    expect(texts(parse({ ...french, who: uncertain }).answers.who)).toEqual([`und ${uncertain}`])
  })
})

describe('a value under a label', () => {
  it('is that of its label alone', () => {
    expect(parse({ email: 'Africa' })).toMatchObject({
      email: null,
      region: 'africa',
      regionSuggested: true,
      refused: [{ reason: 'unplacedText', text: 'Africa' }],
    })
    expect(parse({ country: 'Burundi\na@example.org' })).toMatchObject({
      email: null,
      country: 'BI',
      refused: [{ reason: 'unplacedText', text: 'a@example.org' }],
    })
  })

  it('counts where it is the first that is understood', () => {
    expect(parse({ region: 'Africa\nEurope' })).toMatchObject({
      region: 'africa',
      regionSuggested: false,
      refused: [{ reason: 'unplacedText', text: 'Europe' }],
    })
  })
})

describe('an address', () => {
  it.each([
    ['<a@example.org>', 'a@example.org'],
    ['mailto:a@example.org', 'a@example.org'],
    ['MAILTO:a@example.org', 'a@example.org'],
    ['<a@example.org> x', null],
    ['x <a@example.org>', null],
    ['x mailto:a@example.org', null],
  ])('%j is read as %j', (email, address) => {
    const parsed = parse({ email })
    expect(parsed.email).toBe(address)
    expect(parsed.refused.map(({ text }) => text)).toEqual(address === null ? [email] : [])
  })
})

describe('the word “Region” after the last question', () => {
  const withoutLabel = (otherWork: string) =>
    read(page({ ...PARTS, otherWork }).replace('\nRegion\nCountry', '\nCountry'))

  it.each(['Region\nfr: nous\nfr: vous', 'Region: nulle part\nfr: nous\nfr: vous'])(
    '%j is a word of the answer: more stands below it than a region',
    (words) => {
      const parsed = withoutLabel(`fr: une permanence\n${words}`)
      expect(parsed).toMatchObject({ region: 'africa', regionSuggested: true })
      expect(parsed.labels).not.toContain('region')
      expect(texts(parsed.answers.otherWork).join('\n')).toContain(words.split('\n')[0])
    },
  )

  it.each(['Region\nEurope\nun\ndeux', 'Region: Europe\nun\ndeux'])(
    '%j is a label: a region stands first, and the rest is named',
    (words) => {
      const parsed = withoutLabel(`fr: une permanence\n${words}`)
      expect(parsed).toMatchObject({ region: 'europe', regionSuggested: false, country: 'BI' })
      expect(texts(parsed.answers.otherWork)).toEqual(['fr fr: une permanence'])
      expect(parsed.refused.map(({ text }) => text)).toEqual(['un', 'deux'])
    },
  )

  it('is a label with nothing or one thing below it, whatever that is', () => {
    expect(withoutLabel('fr: une permanence\nRegion').labels).toContain('region')
    const parsed = withoutLabel('fr: une permanence\nRegion\nnulle part')
    expect(parsed.labels).toContain('region')
    expect(parsed.refused).toEqual([{ reason: 'unplacedText', text: 'nulle part' }])
  })
})

describe('a question that comes again', () => {
  it.each([
    ['another page', 'unplacedText', 'fr: encore'],
    ['another page that is not safe', 'unsafeCharacters', 'fr: en\u202Ecore'],
  ])('begins %s, which is named whole', (_, reason, answer) => {
    const parsed = read(`${page(PARTS)}\n\n  Who do you work with?\n${answer}`)
    expect(texts(parsed.answers.who)).toEqual(['fr fr: des femmes', 'en en: women'])
    expect(parsed.refused).toEqual([{ reason, text: `Who do you work with?\n${answer}` }])
  })

  it('begins it below another question without an answer too', () => {
    const [, end] = page(PARTS).split('élues')
    const text = cutAfter('in your organisation?')
    const parsed = read(`${text}\nWho do you work with?\nfr: encore${end ?? ''}`)
    expect(texts(parsed.answers.who)).toEqual(['fr fr: des femmes', 'en en: women'])
    expect(parsed.answers.involvement).toEqual([])
    expect(parsed.refused[0]?.text).toMatch(/^Who do you work with\?\nfr: encore\n/)
  })
})

it('the last paragraph of a page that was cut off is named without the white space around it', () => {
  const parsed = read(
    cutAfter('   en: a dr', { otherWork: 'fr: une permanence\n   en: a drop-in' }),
  )
  expect(parsed.lastParagraph?.text).toBe('en: a dr')
  expect(parsed.refused).toContainEqual({ reason: 'cutOff', text: 'en: a dr' })
})
