import { describe, expect, it } from 'vitest'
import { serializeFields, mergePage, parseFields } from '@/lib/import/merge-page'
import type { ImportedFields } from '@/lib/import/merge-page'
import { contentFromPage } from '@/lib/import/plan'
import type { ValidPage } from '@/lib/import/plan'
import { PRIORITY_AREAS } from '@/lib/organisations/schema'
import type { ProfileContent } from '@/lib/organisations/schema'

const PAGE: ValidPage = {
  ok: true,
  name: 'Collectif Lanterne',
  country: 'BI',
  region: 'africa',
  regionSuggested: true,
  email: 'a@example.org',
  priorityAreas: ['health'],
  answers: {
    who: [
      { language: 'fr', provenance: 'original', text: 'Des femmes.' },
      { language: 'en', provenance: 'translation', text: 'Women.' },
    ],
    involvement: [],
    challenges: [{ language: 'fr', provenance: 'original', text: 'La police.' }],
    otherWork: [],
  },
  unclearCountry: null,
  incomplete: [],
  labels: [
    'email',
    'who',
    'involvement',
    'priorityAreas',
    'challenges',
    'otherWork',
    'region',
    'country',
  ],
  whole: true,
  lastParagraph: null,
  refused: [],
}

function fields(page: ValidPage): ImportedFields {
  const kept = parseFields(serializeFields(page).content)
  if (!kept) throw new Error('not readable')
  return kept
}

// As it stands after the first import of PAGE.
function stored(changes: Partial<ProfileContent> = {}): ProfileContent {
  const content = contentFromPage(PAGE)
  const [french, english] = content.answers.who
  if (!french || !english) throw new Error('no answers')
  return {
    ...content,
    answers: {
      ...content.answers,
      who: [french, { ...english, source: { language: 'fr', revision: 1 } }],
    },
    ...changes,
  }
}

function who(...answers: [string, string][]): ValidPage {
  return {
    ...PAGE,
    answers: {
      ...PAGE.answers,
      who: answers.map(([language, text], order) => ({
        language,
        text,
        provenance: order === 0 ? 'original' : 'translation',
      })),
    },
  }
}

const byForm = (one: string, other: string) =>
  PRIORITY_AREAS.findIndex((area) => area === one) -
  PRIORITY_AREAS.findIndex((area) => area === other)

function texts(content: ProfileContent): [string, string][] {
  return content.answers.who.map(({ language, text }) => [language, text])
}

const again = (page: ValidPage, current = stored(), last: ImportedFields | null = fields(PAGE)) =>
  mergePage(page, last, current)

describe('keepFields', () => {
  it('tells equal pages by their hash, whatever was not placed on them', () => {
    const other: ValidPage = { ...PAGE, refused: [{ reason: 'unplacedText', text: 'Print' }] }
    expect(serializeFields(other)).toEqual(serializeFields(PAGE))
    expect(serializeFields({ ...PAGE, email: null }).contentHash).not.toBe(
      serializeFields(PAGE).contentHash,
    )
  })

  it.each(['', '{}', '{"erased":true}', 'null'])('%j is not readable', (content) => {
    expect(parseFields(content)).toBeNull()
  })
})

describe('keepFields after an earlier page', () => {
  const after = (changes: Partial<ValidPage>, last = fields(PAGE)) => {
    const kept = parseFields(serializeFields({ ...PAGE, ...changes }, last).content)
    if (!kept) throw new Error('not readable')
    return kept
  }
  const spanish = { language: 'es', provenance: 'translation', text: 'Mujeres.' } as const

  it('keeps the page of today where it speaks', () => {
    const today = { name: 'Lanterne', country: 'RW', email: 'c@example.org' } as const
    const kept = after({
      ...{ ...today, region: 'europe', regionSuggested: false, priorityAreas: ['stigma'] },
      answers: { ...PAGE.answers, who: [spanish] },
    })
    expect(kept).toMatchObject({ ...today, region: 'europe', regionSuggested: false })
    expect(kept.priorityAreas).toEqual(['stigma'])
    expect(kept.answers.who).toEqual([spanish])
    expect(kept.answers.challenges).toEqual(PAGE.answers.challenges)
  })

  it('keeps the last word on each field of which it does not speak', () => {
    const empty = { who: [], involvement: [], challenges: [], otherWork: [] }
    const kept = after({
      ...{ country: null, region: null, regionSuggested: false, email: null },
      ...{ priorityAreas: [], answers: empty, labels: ['region'] },
    })
    expect(kept).toEqual(fields(PAGE))
  })

  it('keeps what was there and adds what is new where the page breaks off', () => {
    const cut = { whole: false, labels: ['email', 'priorityAreas', 'who'] } as const
    const answers = { ...PAGE.answers, who: [{ ...spanish, language: 'fr', text: 'Des' }, spanish] }
    const kept = after({ ...cut, labels: [...cut.labels], answers })
    expect(kept.answers.who).toEqual([...PAGE.answers.who, spanish])
    const areas = { incomplete: ['priorityAreas' as const], priorityAreas: ['stigma' as const] }
    expect(after(areas).priorityAreas).toEqual(['stigma', 'health'].sort(byForm))
    expect(after({ priorityAreas: ['stigma'] }).priorityAreas).toEqual(['stigma'])
  })

  it('hashes the page of today alone', () => {
    const silent: ValidPage = { ...PAGE, email: null }
    const { contentHash } = serializeFields(silent, fields(PAGE))
    expect(contentHash).toBe(serializeFields(silent).contentHash)
    expect(contentHash).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('mergePage', () => {
  it('changes nothing where page and profile agree', () => {
    expect(again(PAGE)).toEqual({ content: stored(), editedSince: [] })
    expect(again(PAGE, stored(), null)).toEqual({ content: stored(), editedSince: [] })
  })

  it('takes what the page changed', () => {
    const merged = again({
      ...who(['fr', 'Des femmes et des hommes.'], ['en', 'Women and men.']),
      name: 'COLLECTIF LANTERNE',
      priorityAreas: ['health', 'stigma'],
      region: 'africa',
      regionSuggested: false,
    })
    expect(merged.editedSince).toEqual([])
    expect(merged.content).toMatchObject({
      name: 'COLLECTIF LANTERNE',
      regionSuggested: false,
      priorityAreas: ['health', 'stigma'],
    })
    expect(merged.content.answers.who).toEqual([
      { language: 'fr', provenance: 'original', text: 'Des femmes et des hommes.', source: null },
      {
        language: 'en',
        provenance: 'translation',
        text: 'Women and men.',
        source: { language: 'fr', revision: 'current' },
      },
    ])
  })

  it('leaves a translation behind when only the original changed', () => {
    const merged = again(who(['fr', 'Des femmes et des hommes.'], ['en', 'Women.']))
    expect(merged.content.answers.who[1]?.source).toEqual({ language: 'fr', revision: 1 })
  })

  it('adds a language and takes one away', () => {
    const merged = again(who(['fr', 'Des femmes.'], ['es', 'Mujeres.']))
    expect(texts(merged.content)).toEqual([
      ['fr', 'Des femmes.'],
      ['es', 'Mujeres.'],
    ])
    expect(merged.editedSince).toEqual([])
  })

  describe('what a person changed', () => {
    const edited = stored()
    edited.name = 'Collectif La Lanterne'
    edited.priorityAreas = ['health', 'violence']
    edited.contacts = { ...edited.contacts, email: { value: 'b@example.org', published: true } }
    edited.answers = {
      ...edited.answers,
      who: edited.answers.who.map((answer) =>
        answer.language === 'en' ? { ...answer, text: 'Women only.' } : answer,
      ),
    }

    it('stays, silently, where the page is as it was', () => {
      expect(again(PAGE, edited)).toEqual({ content: edited, editedSince: [] })
    })

    it('stays and is named where the page changed too', () => {
      const merged = again(
        {
          ...who(['fr', 'Des femmes et des hommes.'], ['en', 'Women and men.']),
          email: 'c@example.org',
          priorityAreas: ['stigma'],
        },
        edited,
      )
      expect(merged.editedSince.map(({ page }) => page)).toEqual([
        'c@example.org',
        'stigma',
        'Women and men.',
      ])
      expect(texts(merged.content)).toEqual([
        ['fr', 'Des femmes et des hommes.'],
        ['en', 'Women only.'],
      ])
      expect(merged.content).toMatchObject({
        name: 'Collectif La Lanterne',
        priorityAreas: ['health', 'violence'],
        contacts: { email: { value: 'b@example.org', published: true } },
      })
    })

    it('is no conflict where the page says the same', () => {
      const merged = again(who(['fr', 'Des femmes.'], ['en', 'Women only.']), edited)
      expect(merged.editedSince).toEqual([])
    })

    it('is everything in a profile that was never imported', () => {
      const merged = again(who(['fr', 'Des hommes.'], ['es', 'Hombres.']), stored(), null)
      expect(merged.editedSince.map(({ page }) => page)).toEqual(['Des hommes.'])
      expect(texts(merged.content)).toEqual([
        ['fr', 'Des femmes.'],
        ['en', 'Women.'],
        ['es', 'Hombres.'],
      ])
      // Not a translation of the French that stands there.
      expect(merged.content.answers.who[2]?.source).toBeNull()
    })

    it('stays when the page drops it', () => {
      const merged = again(who(['fr', 'Des femmes.']), edited)
      expect(texts(merged.content)).toContainEqual(['en', 'Women only.'])
      expect(merged.editedSince.map(({ page }) => page)).toEqual([''])
    })
  })

  describe('what the page is silent on stays', () => {
    it.each<[string, Partial<ValidPage>]>([
      ['no country', { country: null, region: null, regionSuggested: false }],
      ['no e-mail', { email: null }],
      ['no label', { labels: ['email', 'who', 'priorityAreas', 'challenges', 'country'] }],
    ])('%s', (_, changes) => {
      expect(again({ ...PAGE, ...changes }).content).toEqual(stored())
    })

    it('a label that is missing with its answers', () => {
      const merged = again({
        ...PAGE,
        labels: ['email', 'who', 'country'],
        priorityAreas: [],
        answers: { ...PAGE.answers, challenges: [] },
      })
      expect(merged).toEqual({ content: stored(), editedSince: [] })
    })

    it('where the page breaks off', () => {
      const cut = who(['fr', 'Des fem'])
      const merged = again({
        ...cut,
        whole: false,
        labels: ['email', 'who'],
        country: null,
        answers: { ...cut.answers, challenges: [] },
        priorityAreas: [],
      })
      expect(merged).toEqual({ content: stored(), editedSince: [] })
    })

    it('a label without an answer is not silent', () => {
      expect(again(who()).content.answers.who).toEqual([])
    })
  })

  it('a region that a person confirmed is not made a suggestion again', () => {
    const confirmed = stored({ region: 'europe', regionSuggested: false })
    expect(again(PAGE, confirmed)).toEqual({ content: confirmed, editedSince: [] })
    expect(again(PAGE, confirmed, null)).toEqual({ content: confirmed, editedSince: [] })
  })

  it('another address than the published one is hidden', () => {
    const published = stored()
    published.contacts = {
      ...published.contacts,
      email: { value: 'a@example.org', published: true },
    }
    expect(again(PAGE, published).content.contacts.email?.published).toBe(true)
    expect(again({ ...PAGE, email: 'c@example.org' }, published).content.contacts.email).toEqual({
      value: 'c@example.org',
      published: false,
    })
  })

  it('a former name does not rename', () => {
    const renamed = stored({ name: 'Réseau Aurore', aliases: ['Collectif Lanterne'] })
    expect(again({ ...PAGE, name: 'collectif lanterne' }, renamed).content.name).toBe(
      'Réseau Aurore',
    )
  })

  it('a former name does not rename, even where the last page was under the present one', () => {
    const current = stored({ name: 'Réseau Aurore', aliases: ['Aurore', 'Collectif Lanterne'] })
    const last = fields({ ...PAGE, name: 'Réseau Aurore' })
    expect(again(PAGE, current, last)).toEqual({ content: current, editedSince: [] })
    const other = { ...PAGE, name: 'Réseau Crépuscule' }
    expect(again(other, current, last).content.name).toBe('Réseau Crépuscule')
    // Another spelling of the present name is no former one.
    const spelled = stored({ aliases: ['Collectif Lanterne'] })
    expect(again({ ...PAGE, name: 'COLLECTIF LANTERNE' }, spelled).content.name).toBe(
      'COLLECTIF LANTERNE',
    )
  })

  it('takes another country, region and address where nobody changed them', () => {
    const moved = { country: 'FR', region: 'europe', email: 'c@example.org' } as const
    const merged = again({ ...PAGE, ...moved })
    expect(merged.editedSince).toEqual([])
    expect(merged.content).toMatchObject({ country: 'FR', region: 'europe' })
    expect(merged.content.contacts.email).toEqual({ value: 'c@example.org', published: false })
  })

  it('names the country, the region and the name that a person has changed since', () => {
    const edited = stored({
      name: 'Autre',
      country: 'RW',
      region: 'europe',
      regionSuggested: false,
    })
    const merged = again(
      { ...PAGE, name: 'Lanterne', country: 'FR', region: 'latin-america', regionSuggested: false },
      edited,
    )
    expect(merged.content).toEqual(edited)
    expect(merged.editedSince.map(({ page }) => page)).toEqual(['Lanterne', 'FR', 'latin-america'])
  })

  it('a region that a person suggested otherwise gives way to what the page says, not to its guess', () => {
    const none = stored({ region: null, regionSuggested: false })
    const last = fields({ ...PAGE, region: null, regionSuggested: false })
    expect(again(PAGE, none, last).content).toMatchObject({
      region: 'africa',
      regionSuggested: true,
    })
    const suggested = stored({ region: 'europe', regionSuggested: true })
    expect(again(PAGE, suggested, fields({ ...PAGE, region: 'europe' })).content.region).toBe(
      'africa',
    )
    expect(again({ ...PAGE, region: null }, suggested).content.region).toBe('europe')
  })

  it('an address that a person took away is not brought back, and a first one is taken, hidden', () => {
    const without = stored()
    without.contacts = { ...without.contacts, email: null }
    expect(again(PAGE, without)).toEqual({ content: without, editedSince: [] })
    const first = again(PAGE, without, fields({ ...PAGE, email: null }))
    expect(first.content.contacts.email).toEqual({ value: 'a@example.org', published: false })
    expect(again({ ...PAGE, email: null }, without).content.contacts.email).toBeNull()
  })

  it('priority areas that were refused in part add and take nothing away', () => {
    const page: ValidPage = { ...PAGE, priorityAreas: ['stigma'], incomplete: ['priorityAreas'] }
    const merged = again(page)
    expect([...merged.content.priorityAreas].sort()).toEqual(['health', 'stigma'])
    expect(merged.editedSince).toEqual([])
    const edited = stored({ priorityAreas: ['violence'] })
    const conflict = again({ ...PAGE, priorityAreas: ['stigma', 'violence'] }, edited)
    expect(conflict.content.priorityAreas).toEqual(['violence'])
    expect(conflict.editedSince[0]?.page.split('\n').sort()).toEqual(['stigma', 'violence'])
  })

  it('an answer that breaks off adds a language and changes none', () => {
    const page: ValidPage = { ...who(['fr', 'Des'], ['es', 'Mujeres.']), incomplete: ['who'] }
    const merged = again(page)
    expect(texts(merged.content)).toEqual([
      ['fr', 'Des femmes.'],
      ['en', 'Women.'],
      ['es', 'Mujeres.'],
    ])
    expect(merged.editedSince).toEqual([])
    // Made from a French text that does not stand there.
    expect(merged.content.answers.who[2]?.source).toBeNull()
  })

  it('only the last label of a page that breaks off is cut', () => {
    const page: ValidPage = {
      ...who(['fr', 'Des hommes.']),
      ...{ whole: false, labels: ['email', 'who', 'challenges'] },
      answers: { ...who(['fr', 'Des hommes.']).answers, challenges: [] },
    }
    const merged = again(page)
    expect(texts(merged.content)).toEqual([['fr', 'Des hommes.']])
    expect(merged.content.answers.challenges).toHaveLength(1)
  })

  it('a piece that a person put below a question whose label the page lacks is never lost', () => {
    const labels: ValidPage['labels'] = ['email', 'who', 'country']
    const put = (language: string, text: string): ValidPage => ({
      ...{ ...PAGE, labels },
      answers: { ...PAGE.answers, challenges: [{ language, provenance: 'unknown', text }] },
    })
    const standing = stored().answers.challenges
    const added = again(put('en', 'The police.'))
    expect(added.content.answers.challenges).toEqual([
      ...standing,
      { language: 'en', provenance: 'unknown', text: 'The police.', source: null },
    ])
    expect(added.editedSince).toEqual([])
    const kept = parseFields(serializeFields(put('en', 'The police.'), fields(PAGE)).content)
    expect(kept?.answers.challenges.map(({ language }) => language)).toEqual(['fr', 'en'])
    // Where something else stands in that language it is named, where the same stands there it is not.
    expect(again(put('fr', 'Le logement.'))).toEqual({
      content: stored(),
      editedSince: [
        {
          ...{ field: 'answers.challenges.fr', page: 'Le logement.', stands: 'La police.' },
          isTaken: false,
        },
      ],
    })
    expect(again(put('fr', 'La police.'))).toEqual({ content: stored(), editedSince: [] })
  })
})
