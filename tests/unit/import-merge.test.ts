import { describe, expect, it } from 'vitest'
import { keepFields, mergePage, readFields } from '@/lib/import/merge'
import type { ImportedFields } from '@/lib/import/merge'
import { contentOf } from '@/lib/import/plan'
import type { WholePage } from '@/lib/import/plan'
import type { ProfileContent } from '@/lib/profile/schema'

const PAGE: WholePage = {
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

function fields(page: WholePage): ImportedFields {
  const kept = readFields(keepFields(page).content)
  if (!kept) throw new Error('not readable')
  return kept
}

// As it stands after the first import of PAGE.
function stored(changes: Partial<ProfileContent> = {}): ProfileContent {
  const content = contentOf(PAGE)
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

function who(...answers: [string, string][]): WholePage {
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

function texts(content: ProfileContent): [string, string][] {
  return content.answers.who.map(({ language, text }) => [language, text])
}

const again = (page: WholePage, current = stored(), last: ImportedFields | null = fields(PAGE)) =>
  mergePage(page, last, current)

describe('keepFields', () => {
  it('tells equal pages by their hash, whatever was not placed on them', () => {
    const other: WholePage = { ...PAGE, refused: [{ reason: 'unplacedText', text: 'Print' }] }
    expect(keepFields(other)).toEqual(keepFields(PAGE))
    expect(keepFields({ ...PAGE, email: null }).contentHash).not.toBe(keepFields(PAGE).contentHash)
  })

  it.each(['', '{}', '{"erased":true}', 'null'])('%j is not readable', (content) => {
    expect(readFields(content)).toBeNull()
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
    it.each<[string, Partial<WholePage>]>([
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
})
