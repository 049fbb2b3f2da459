import { describe, expect, test } from 'vitest'
import {
  ACTIONS,
  ADMIN_ACTIONS,
  FIELDS,
  STATES,
  actorName,
  can,
  canAdmin,
  type Actor,
  type Subject,
} from '@/lib/permissions/permissions'

const subject = (changes: Partial<Subject>): Subject => ({
  id: 'own',
  region: 'africa',
  state: 'listed',
  fictional: false,
  held: false,
  ...changes,
})

const actors: Record<string, Actor> = {
  nobody: { kind: 'anonymous' },
  administrator: { kind: 'user', id: 'a', role: 'administrator' },
  editor: { kind: 'user', id: 'e', role: 'editor', regions: ['africa'] },
  translator: {
    kind: 'user',
    id: 't',
    role: 'translator',
    organisations: ['own'],
    languages: [],
  },
  'translator of a language': {
    kind: 'user',
    id: 'l',
    role: 'translator',
    organisations: [],
    languages: ['es'],
  },
  member: { kind: 'user', id: 'm', role: 'member', organisations: ['own'] },
  link: { kind: 'link', id: 'k', organisation: 'own' },
  import: { kind: 'system', name: 'import' },
  demo: { kind: 'system', name: 'demo' },
  'command line': { kind: 'system', name: 'command-line' },
}

/** The whole of the rights, written a second time on purpose: a change of the rules shows here. */
const expected: Record<string, string[]> = {
  nobody: [],
  administrator: [
    'new: create list',
    'draft: view download save review rename confirm list hide withdraw erase',
    'listed: view download save review rename confirm hide withdraw erase',
    'hidden: view download save review rename confirm list hide withdraw erase',
    'withdrawn: view download save review rename confirm list withdraw erase',
  ],
  editor: [
    'new: create list',
    'draft: view download save review rename confirm list hide withdraw',
    'listed: view download save review rename confirm hide withdraw',
    'hidden: view download save review rename confirm list hide withdraw',
  ],
  translator: ['draft: view save', 'listed: view save', 'hidden: view save'],
  'translator of a language': ['draft: view save', 'listed: view save', 'hidden: view save'],
  member: [
    'draft: view download propose',
    'listed: view download propose confirm hide',
    'hidden: view download propose list hide',
  ],
  link: ['draft: view propose', 'listed: view propose', 'hidden: view propose'],
  import: ['new: create list', 'draft: save', 'listed: save'],
  demo: [],
  'command line': [],
}

/** Who may change which field of a listed profile; `answers` in Spanish. */
const expectedFields: Record<string, readonly string[]> = {
  administrator: FIELDS,
  editor: FIELDS,
  translator: ['answers'],
  'translator of a language': ['answers'],
  import: FIELDS,
}

const expectedAtDesk: Record<string, readonly string[]> = {
  administrator: ['manageUsers', 'readAudit', 'importPages'],
  editor: ['importPages'],
  'command line': ['manageUsers', 'transferSite'],
}

describe.each(Object.entries(actors))('%s', (name, actor) => {
  test('may do exactly what is written', () => {
    const rights = STATES.flatMap((state) => {
      const acts = ACTIONS.filter((act) => can(actor, act, subject({ state })))
      return acts.length > 0 ? [`${state}: ${acts.join(' ')}`] : []
    })
    expect(rights).toEqual(expected[name])
  })

  test('may change exactly the fields that are written, by every act and in every state', () => {
    for (const state of STATES) {
      for (const act of ACTIONS) {
        const isAllowed = can(actor, act, subject({ state }))
        const fields = FIELDS.filter((field) =>
          can(actor, act, subject({ state }), [
            field === 'answers' ? { field, language: 'es' } : { field },
          ]),
        )
        const some = act === 'save' ? (expectedFields[name] ?? []) : FIELDS
        const isLanguage = name === 'translator of a language' && act === 'view'
        expect([act, state, fields]).toEqual([
          act,
          state,
          isAllowed ? (isLanguage ? ['answers'] : some) : [],
        ])
      }
    }
  })

  test('may do beside the profiles exactly what is written', () => {
    expect(ADMIN_ACTIONS.filter((act) => canAdmin(actor, act))).toEqual(expectedAtDesk[name] ?? [])
  })
})

test('a translator of a language touches answers in that language and no other', () => {
  const translator = actors['translator of a language'] as Actor
  const inLanguages = (...languages: string[]) =>
    can(
      translator,
      'save',
      subject({ id: 'other' }),
      languages.map((language) => ({ field: 'answers' as const, language })),
    )
  expect(inLanguages('es')).toBe(true)
  expect(inLanguages('fr')).toBe(false)
  expect(inLanguages('es', 'fr')).toBe(false)
})

test('one field that is not allowed is enough to refuse all', () => {
  const translator = actors['translator'] as Actor
  const changes = [{ field: 'answers' as const, language: 'es' }, { field: 'name' as const }]
  expect(can(translator, 'save', subject({}), changes)).toBe(false)
  expect(can(translator, 'save', subject({ id: 'other' }), [])).toBe(false)
})

test('an editor has no rights outside their regions, nor where there is no region', () => {
  const editor = actors['editor'] as Actor
  for (const region of ['europe', null]) {
    for (const state of STATES) {
      for (const act of ACTIONS) expect(can(editor, act, subject({ region, state }))).toBe(false)
    }
  }
})

test('an editor of several regions has rights in each of them', () => {
  const regions = ['europe', 'africa'] as const
  const editor: Actor = { kind: 'user', id: 'e', role: 'editor', regions }
  for (const region of regions) expect(can(editor, 'save', subject({ region }))).toBe(true)
  expect(can(editor, 'save', subject({ region: 'latin-america' }))).toBe(false)
})

test('a member has no rights over another organisation, nor over one that is not there', () => {
  const member = actors['member'] as Actor
  for (const id of ['other', null]) {
    for (const act of ACTIONS) expect(can(member, act, subject({ id }))).toBe(false)
    const link = actors['link'] as Actor
    for (const act of ACTIONS) expect(can(link, act, subject({ id }))).toBe(false)
  }
})

test('the demonstration touches what it invented and nothing else', () => {
  const demo = actors['demo'] as Actor
  const rights = (fictional: boolean, state: Subject['state']) =>
    ACTIONS.filter((act) => can(demo, act, subject({ fictional, state })))
  expect(rights(true, 'new')).toEqual(['create', 'list'])
  expect(rights(true, 'listed')).toEqual(['save', 'remove'])
  expect(rights(false, 'listed')).toEqual([])
})

test('actors have names for the history', () => {
  expect(Object.values(actors).map(actorName)).toEqual([
    'anonymous',
    'user:a',
    'user:e',
    'user:t',
    'user:l',
    'user:m',
    'link:k',
    'system:import',
    'system:demo',
    'system:command-line',
  ])
})

test('a profile that is held is listed by an administrator alone', () => {
  const listers = (held: boolean) =>
    Object.keys(actors).filter((name) =>
      can(actors[name] ?? { kind: 'anonymous' }, 'list', subject({ state: 'hidden', held })),
    )
  expect(listers(false)).toEqual(['administrator', 'editor', 'member'])
  expect(listers(true)).toEqual(['administrator'])
})
