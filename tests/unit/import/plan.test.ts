import { describe, expect, it } from 'vitest'
import { contentFromPage, planOrganisation, rejectedFile, initialStatus } from '@/lib/import/plan'
import type { ValidPage } from '@/lib/import/plan'

const PAGE: ValidPage = {
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
    expect(initialStatus(PAGE)).toBe('listed')
    expect(initialStatus({ ...PAGE, whole: false })).toBe('draft')
    expect(initialStatus({ ...PAGE, country: null })).toBe('draft')
    expect(initialStatus({ ...PAGE, answers: nothing })).toBe('draft')
    const one = { ...nothing, otherWork: PAGE.answers.involvement }
    expect(initialStatus({ ...PAGE, answers: one })).toBe('listed')
  })

  it('says what its page says, the address hidden, translations made from the original', () => {
    const content = contentFromPage(PAGE)
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
    expect(contentFromPage({ ...PAGE, email: null }).contacts.email).toBeNull()
  })
})

describe('the plan', () => {
  it('shows every field, answers without their source', () => {
    expect(planOrganisation(contentFromPage(PAGE), 'collectif-lanterne', 'listed')).toEqual({
      ...{ name: 'Collectif Lanterne', slug: 'collectif-lanterne', status: 'listed' },
      ...{ country: 'BI', region: 'africa', regionSuggested: true },
      ...{ contact: { email: 'a@example.org' }, priorityAreas: ['health'], answers: PAGE.answers },
    })
    const silent = contentFromPage({ ...PAGE, email: null })
    expect(planOrganisation(silent, 'a', 'draft').contact).toEqual({ email: null })
  })

  it('names why a file is refused, with the text where there is one', () => {
    const refused = { file: 'a.txt', outcome: 'refused', organisation: null }
    expect(rejectedFile('a.txt', 'empty')).toEqual({
      ...{ ...refused, refused: [{ reason: 'empty', text: '' }] },
    })
    expect(rejectedFile('a.txt', 'noName', 'Lanterne').refused).toEqual([
      { reason: 'noName', text: 'Lanterne' },
    ])
  })
})
