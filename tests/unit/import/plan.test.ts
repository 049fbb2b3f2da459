import { describe, expect, it } from 'vitest'
import { contentOf, planOrganisation, refuseFile, startingStatus } from '@/lib/import/plan'
import type { WholePage } from '@/lib/import/plan'

const PAGE: WholePage = {
  ...{ ok: true, name: 'Collectif Lanterne', country: 'BI', region: 'africa' },
  ...{ regionSuggested: true, email: 'a@example.org', priorityAreas: ['health'] },
  answers: {
    who: [
      { language: 'und', provenance: 'unknown', text: '…' },
      { language: 'fr', provenance: 'original', text: 'Des femmes.' },
      { language: 'en', provenance: 'translation', text: 'Women.' },
    ],
    involvement: [{ language: 'fr', provenance: 'original', text: 'Elles décident.' }],
    challenges: [{ language: 'en', provenance: 'translation', text: 'The police.' }],
    otherWork: [],
  },
  ...{ unclearCountry: null, labels: ['who', 'country'], incomplete: [], whole: true, refused: [] },
  lastParagraph: null,
}
const nothing = { who: [], involvement: [], challenges: [], otherWork: [] }

describe('a new organisation', () => {
  it('is listed where its page is whole, with a country and at least one answer', () => {
    expect(startingStatus(PAGE)).toBe('listed')
    expect(startingStatus({ ...PAGE, whole: false })).toBe('draft')
    expect(startingStatus({ ...PAGE, country: null })).toBe('draft')
    expect(startingStatus({ ...PAGE, answers: nothing })).toBe('draft')
    const one = { ...nothing, otherWork: PAGE.answers.involvement }
    expect(startingStatus({ ...PAGE, answers: one })).toBe('listed')
  })

  it('says what its page says, the address hidden, translations made from the original', () => {
    const content = contentOf(PAGE)
    expect(content).toMatchObject({
      ...{ name: 'Collectif Lanterne', aliases: [], country: 'BI', region: 'africa' },
      ...{ regionSuggested: true, priorityAreas: ['health'] },
      contacts: {
        email: { value: 'a@example.org', published: false },
        ...{ website: null, telephone: null },
      },
    })
    expect(content.answers.who.map(({ source }) => source)).toEqual([
      null,
      null,
      { language: 'fr', revision: 'current' },
    ])
    // Without an original on the page there is nothing it was made from.
    expect(content.answers.challenges).toEqual([{ ...PAGE.answers.challenges[0], source: null }])
    expect(contentOf({ ...PAGE, email: null }).contacts.email).toBeNull()
  })
})

describe('the plan', () => {
  it('shows every field, answers without their source', () => {
    expect(planOrganisation(contentOf(PAGE), 'collectif-lanterne', 'listed')).toEqual({
      ...{ name: 'Collectif Lanterne', slug: 'collectif-lanterne', status: 'listed' },
      ...{ country: 'BI', region: 'africa', regionSuggested: true },
      ...{ contact: { email: 'a@example.org' }, priorityAreas: ['health'], answers: PAGE.answers },
    })
    const silent = contentOf({ ...PAGE, email: null })
    expect(planOrganisation(silent, 'a', 'draft').contact).toEqual({ email: null })
  })

  it('names why a file is refused, with the text where there is one', () => {
    const refused = { file: 'a.txt', outcome: 'refused', organisation: null }
    expect(refuseFile('a.txt', 'empty')).toEqual({
      ...{ ...refused, refused: [{ reason: 'empty', text: '' }] },
    })
    expect(refuseFile('a.txt', 'noName', 'Lanterne').refused).toEqual([
      { reason: 'noName', text: 'Lanterne' },
    ])
  })
})
