import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffContent, diffWords, type Segment } from '@/lib/revisions/diff'
import { TOMBSTONE } from '@/lib/revisions/record'
import { parseSnapshot, type Snapshot } from '@/lib/revisions/snapshot'

const without = (kind: Segment['kind'], segments: Segment[]) =>
  segments
    .filter((segment) => segment.kind !== kind)
    .map(({ text }) => text)
    .join('')

const written = (segments: Segment[]) =>
  segments.map(({ kind, text }) => ({ same: text, added: `+${text}`, removed: `-${text}` })[kind])

describe('word diff', () => {
  const words = fc.array(
    fc.constantFrom(
      'le ',
      'la',
      ' ',
      '\n',
      'travail',
      'É',
      '。',
      '性工作者',
      '<b>',
      '👩‍👩‍👧',
      '\uD800',
      ', ',
    ),
    { maxLength: 40 },
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    words.map((list) => list.join('')),
  )

  test('gives both texts back, character for character', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const segments = diffWords(before, after)
        expect(without('added', segments)).toBe(before)
        expect(without('removed', segments)).toBe(after)
        expect(segments.every((segment) => segment.text !== '')).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('equal texts have one segment, empty ones none', () => {
    expect(diffWords('a b', 'a b')).toEqual([{ kind: 'same', text: 'a b' }])
    expect(diffWords('', '')).toEqual([])
    expect(diffWords('', 'a')).toEqual([{ kind: 'added', text: 'a' }])
    expect(diffWords('a', '')).toEqual([{ kind: 'removed', text: 'a' }])
  })

  test('a changed word, and a rewritten stretch as one', () => {
    expect(written(diffWords('We work with women.', 'We work with men.'))).toEqual([
      'We work with ',
      '-women',
      '+men',
      '.',
    ])
    expect(written(diffWords('one two three four', 'one deux trois four'))).toEqual([
      'one ',
      '-two three',
      '+deux trois',
      ' four',
    ])
  })

  test('a script without blanks is compared by words too', () => {
    const segments = diffWords('我们支持性工作者的权利。', '我们捍卫性工作者的权利。')
    expect(segments.filter(({ kind }) => kind === 'same').length).toBeGreaterThan(1)
  })

  test('texts above 50 kB, and two with nothing in common, are shown whole', () => {
    const long = 'é'.repeat(25_001)
    expect(diffWords(long, `${long} a`)).toEqual([
      { kind: 'removed', text: long },
      { kind: 'added', text: `${long} a` },
    ])
    const [one, other] = ['a', 'b'].map((letter) =>
      Array.from({ length: 2_000 }, (_, index) => `${letter}${index}`).join('\n'),
    ) as [string, string]
    expect(diffWords(one, other)).toHaveLength(2)
  })
})

function snapshot(changes: Partial<Snapshot> = {}): Snapshot {
  return {
    slug: 'lanterne',
    status: 'listed',
    confirmedAt: null,
    name: 'Lanterne',
    aliases: [],
    country: 'BI',
    region: 'africa',
    regionSuggested: true,
    priorityAreas: ['health'],
    contacts: { email: null, website: null, telephone: null },
    answers: { who: [], involvement: [], challenges: [], otherWork: [] },
    ...changes,
  }
}

const french = {
  language: 'fr',
  text: 'Nous aidons.',
  provenance: 'original' as const,
  changedIn: 1,
  source: null,
}

describe('differences between two snapshots', () => {
  test('equal ones have none, whatever revision their texts changed in', () => {
    const who = [french]
    const later = [{ ...french, changedIn: 2 }]
    const answers = { ...snapshot().answers, who }
    expect(diffContent(snapshot(), snapshot())).toEqual([])
    expect(
      diffContent(snapshot({ answers }), snapshot({ answers: { ...answers, who: later } })),
    ).toEqual([])
  })

  test('every field in the order of the form', () => {
    const after = snapshot({
      slug: 'lanterne-2',
      status: 'hidden',
      confirmedAt: '2026-11-24T00:00:00.000Z',
      name: 'La Lanterne',
      aliases: ['CL'],
      country: null,
      regionSuggested: false,
      priorityAreas: ['stigma'],
      contacts: { email: { value: 'a@b.org', published: false }, website: null, telephone: null },
      answers: { ...snapshot().answers, who: [french] },
    })
    expect(diffContent(snapshot(), after)).toEqual([
      { field: 'status', before: 'listed', after: 'hidden' },
      { field: 'slug', before: 'lanterne', after: 'lanterne-2' },
      { field: 'confirmed', before: null, after: '2026-11-24T00:00:00.000Z' },
      {
        field: 'name',
        segments: [
          { kind: 'added', text: 'La ' },
          { kind: 'same', text: 'Lanterne' },
        ],
      },
      { field: 'aliases', removed: [], added: ['CL'] },
      { field: 'country', before: 'BI', after: null },
      {
        field: 'region',
        before: { code: 'africa', suggested: true },
        after: { code: 'africa', suggested: false },
      },
      { field: 'priorityAreas', removed: ['health'], added: ['stigma'] },
      {
        field: 'contacts',
        contact: 'email',
        before: null,
        after: { value: 'a@b.org', published: false },
      },
      {
        field: 'answers',
        question: 'who',
        language: 'fr',
        segments: [{ kind: 'added', text: 'Nous aidons.' }],
        before: null,
        after: { provenance: 'original', from: null },
      },
    ])
  })
})

describe('reading a revision', () => {
  test('an erased one says so, an unknown format is a fault', () => {
    expect(parseSnapshot({ format: 1, content: TOMBSTONE })).toBe('erased')
    expect(parseSnapshot({ format: 1, content: JSON.stringify(snapshot()) })).toEqual(snapshot())
    expect(() => parseSnapshot({ format: 2, content: '{}' })).toThrow()
    expect(() => parseSnapshot({ format: 1, content: '{}' })).toThrow()
  })
})
