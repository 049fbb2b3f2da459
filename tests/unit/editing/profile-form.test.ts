import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formValues } from '@/lib/forms/state'
import { COUNTRIES } from '@/lib/geo/countries'
import { REGIONS } from '@/lib/geo/regions'
import {
  FIELD_ERROR_CODES,
  addLanguage,
  answerInputName,
  emptyContent,
  languagesInForm,
  valuesFromContent,
  newProfileValues,
  isProfileField,
} from '@/lib/editing/profile-form'
import { parseProfileForm } from '@/lib/editing/read-profile-form'
import {
  PRIORITY_AREAS,
  PROVENANCES,
  profileContentSchema,
  type AnswerContent,
  type ProfileContent,
} from '@/lib/organisations/schema'
import { hasUnsafeCharacters } from '@/lib/text/text-field'
import { content } from '@/tests/support/profiles'

const trimmed = (maxLength: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength })
    .map((text) => text.replaceAll(/[\r\n]/g, ' ').trim())
    .filter((text) => text !== '' && text.length <= 150 && text.isWellFormed())
    .filter((text) => !hasUnsafeCharacters(text))

const LANGUAGES = ['fr', 'en', 'es', 'und', 'zh-Hans', 'pt-BR'] as const

const answers = fc.uniqueArray(fc.constantFrom(...LANGUAGES), { maxLength: 5 }).chain((languages) =>
  fc.tuple(
    ...languages.map((language) =>
      fc.record({
        language: fc.constant(language as string),
        text: fc
          .array(trimmed(20), { minLength: 1, maxLength: 3 })
          .map((lines) => lines.join('\n')),
        provenance: fc.constantFrom(...PROVENANCES),
        source: fc.option(
          fc.record({
            language: fc.constantFrom(...LANGUAGES.filter((other) => other !== language)),
            revision: fc.integer({ min: 1, max: 9 }),
          }),
        ),
      }),
    ),
  ),
)

const contents: fc.Arbitrary<ProfileContent> = fc
  .record({
    name: trimmed(40),
    aliases: fc.array(trimmed(20), { maxLength: 4 }),
    country: fc.option(fc.constantFrom(...COUNTRIES)),
    region: fc.option(fc.constantFrom(...REGIONS)),
    regionSuggested: fc.boolean(),
    priorityAreas: fc
      .subarray([...PRIORITY_AREAS])
      .map((codes) => PRIORITY_AREAS.filter((code) => codes.includes(code))),
    contacts: fc.record({
      email: fc.option(fc.record({ value: fc.constant('a@b.org'), published: fc.boolean() })),
      website: fc.option(
        fc.record({ value: fc.constant('https://b.org/x'), published: fc.boolean() }),
      ),
      telephone: fc.option(
        fc.record({ value: fc.constant('+257 22 00'), published: fc.boolean() }),
      ),
    }),
    answers: fc.record({
      who: answers,
      involvement: answers,
      challenges: answers,
      otherWork: answers,
    }),
  })
  // A region that nobody gave cannot be a suggestion.
  .map((made) => (made.region === null ? { ...made, regionSuggested: false } : made))

/** As a browser sends it: line breaks as CRLF, in the order of the fields. */
function sent(values: Record<string, readonly string[]>): Record<string, string[]> {
  const form = new FormData()
  for (const [name, list] of Object.entries(values)) {
    for (const value of list) form.append(name, value.replaceAll('\n', '\r\n'))
  }
  return formValues(form)
}

test('a form that nobody touched is the profile it was made from', () => {
  fc.assert(
    fc.property(contents, (made) => {
      expect(profileContentSchema.safeParse(made).success).toBe(true)
      const outcome = parseProfileForm(sent(valuesFromContent(made)), made)
      expect(outcome).toEqual({ ok: true, content: made })
    }),
  )
})

test('whatever is sent, there is a content that holds or faults with known codes', () => {
  const names = fc.oneof(
    fc.constantFrom(...Object.keys(valuesFromContent(content())), '__proto__', 'constructor'),
    fc.string({ maxLength: 40 }),
  )
  const values = fc.dictionary(
    names,
    fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 3 }),
    { noNullPrototype: true },
  )
  fc.assert(
    fc.property(values, (typed) => {
      const outcome = parseProfileForm(typed, content())
      if (outcome.ok) expect(profileContentSchema.safeParse(outcome.content).success).toBe(true)
      else {
        expect(outcome.errors.length).toBeGreaterThan(0)
        for (const { code } of outcome.errors) expect(FIELD_ERROR_CODES).toContain(code)
      }
    }),
  )
})

test('a field may bear the name of a property of every object', () => {
  const form = new FormData()
  for (const name of ['__proto__', 'constructor', 'toString']) form.append(name, 'x')
  expect(Object.entries(formValues(form))).toEqual([
    ['__proto__', ['x']],
    ['constructor', ['x']],
    ['toString', ['x']],
  ])
  expect(({} as Record<string, unknown>)['x']).toBeUndefined()
})

test('unknown keys are no fields of the form and change nothing', () => {
  const foreign = {
    role: ['administrator'],
    status: ['listed'],
    version: ['9'],
    'answers.ledBy.fr.text': ['x'],
    'contacts.street.value': ['x'],
  }
  const values = valuesFromContent(content())
  expect(Object.keys(foreign).filter(isProfileField)).toEqual([])
  expect(Object.keys(values).filter((name) => !isProfileField(name))).toEqual([])
  expect(parseProfileForm({ ...values, ...foreign }, content())).toEqual({
    ok: true,
    content: content(),
  })
})

test('keys that were not sent stay as they stand: a form from before a deployment', () => {
  expect(parseProfileForm({ name: ['Autre nom'] }, content())).toEqual({
    ok: true,
    content: content({ name: 'Autre nom' }),
  })
})

describe('the region', () => {
  const saved = (values: Record<string, string[]>, base = content()) => {
    const outcome = parseProfileForm({ ...valuesFromContent(base), ...values }, base)
    return outcome.ok
      ? { region: outcome.content.region, regionSuggested: outcome.content.regionSuggested }
      : null
  }

  test('of a new profile is what the country suggests, to be confirmed', () => {
    const outcome = parseProfileForm(
      { ...newProfileValues(), name: ['Lanterne'], countryName: ['布隆迪'] },
      emptyContent(),
    )
    expect(outcome).toMatchObject({
      ok: true,
      content: { country: 'BI', region: 'africa', regionSuggested: true },
    })
  })

  test('is none where the network has placed the country differently', () => {
    expect(saved({ country: ['MX'], region: ['country'] })).toEqual({
      region: null,
      regionSuggested: false,
    })
  })

  test('is confirmed by a tick, and only by it', () => {
    const suggested = content({ regionSuggested: true })
    expect(saved({}, suggested)).toEqual({ region: 'africa', regionSuggested: true })
    expect(saved({ regionConfirmed: ['', 'yes'] }, suggested)).toEqual({
      region: 'africa',
      regionSuggested: false,
    })
  })
})

describe('the country', () => {
  test.each([
    ['Kongo', { ok: false, errors: [{ field: 'countryName', code: 'ambiguousCountry' }] }],
    ['Atlantis', { ok: false, errors: [{ field: 'countryName', code: 'unknownCountry' }] }],
    ["cote d'ivoire", { ok: true, content: { country: 'CI' } }],
  ])('typed as %s', (typed, expected) => {
    const values = { ...valuesFromContent(content()), countryName: [typed] }
    expect(parseProfileForm(values, content())).toMatchObject(expected)
  })
})

describe('an answer', () => {
  const base = content()
  const stored: AnswerContent = {
    language: 'en',
    text: 'We work with women and trans people.',
    provenance: 'translation',
    source: { language: 'fr', revision: 1 },
  }
  const french = base.answers.who[0] as AnswerContent
  const before = content({ answers: { ...base.answers, who: [french, stored] } })
  const who = (changes: Record<string, string[]>) => {
    const outcome = parseProfileForm({ ...valuesFromContent(before), ...changes }, before)
    return outcome.ok ? outcome.content.answers.who : outcome.errors
  }

  test('that is empty is removed', () => {
    expect(who({ [answerInputName('who', 'en', 'text')]: [' \n '] })).toEqual([french])
  })

  test('in translation stays behind until it is declared as checked', () => {
    const text = { [answerInputName('who', 'en', 'text')]: ['We work with everyone.'] }
    expect(who(text)).toEqual([french, { ...stored, text: 'We work with everyone.' }])
    expect(who({ ...text, [answerInputName('who', 'en', 'checked')]: ['', 'yes'] })).toEqual([
      french,
      {
        ...stored,
        text: 'We work with everyone.',
        source: { language: 'fr', revision: 'current' },
      },
    ])
  })

  test('that is new as a translation was made from what stands beside it', () => {
    const start = content({ answers: { ...base.answers, who: [french] } })
    const values = {
      ...valuesFromContent(start),
      [answerInputName('who', 'en', 'text')]: ['We work with women.'],
    }
    const outcome = parseProfileForm(values, start)
    expect(outcome.ok && outcome.content.answers.who[1]).toEqual({
      language: 'en',
      text: 'We work with women.',
      provenance: 'translation',
      source: { language: 'fr', revision: 'current' },
    })
  })

  test('can be no translation of itself, and no two stand in one language', () => {
    expect(who({ [answerInputName('who', 'en', 'source')]: ['en'] })).toEqual([
      { field: 'answers.who.en.source', code: 'sameLanguage' },
    ])
    expect(
      who({
        [answerInputName('who', 'und', 'text')]: ['x'],
        [answerInputName('who', 'und', 'language')]: ['fr'],
        [answerInputName('who', 'und', 'provenance')]: ['original'],
      }),
    ).toEqual([{ field: 'answers.who.und.language', code: 'duplicateLanguage' }])
  })

  test('names its own field when it is at fault', () => {
    expect(
      who({
        [answerInputName('who', 'fr', 'text')]: [''],
        [answerInputName('who', 'en', 'text')]: ['a\u202Eb'],
        [answerInputName('who', 'en', 'provenance')]: ['invented'],
      }),
    ).toEqual([
      { field: 'answers.who.en.text', code: 'unsafeCharacters' },
      { field: 'answers.who.en.provenance', code: 'invalid' },
    ])
  })

  test('in a further language is offered for every question', () => {
    const values = addLanguage(valuesFromContent(before), 'es')
    expect(languagesInForm(values, 'otherWork')).toEqual(['fr', 'en', 'es'])
    expect(parseProfileForm(values, before)).toEqual({ ok: true, content: before })
  })
})
