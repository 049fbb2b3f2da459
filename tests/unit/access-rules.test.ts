import { describe, expect, test } from 'vitest'
import { ACTS, STATES, actorName, may, type Actor, type Subject } from '@/lib/access/rules'

const subject = (changes: Partial<Subject>): Subject => ({
  id: 'own',
  region: 'africa',
  state: 'listed',
  fictional: false,
  ...changes,
})

const actors: Record<string, Actor> = {
  nobody: { kind: 'nobody' },
  administrator: { kind: 'person', id: 'a', role: 'administrator' },
  editor: { kind: 'person', id: 'e', role: 'editor', regions: ['africa'] },
  member: { kind: 'person', id: 'm', role: 'member', organisations: ['own'] },
  import: { kind: 'system', name: 'import' },
  demo: { kind: 'system', name: 'demo' },
}

/** The whole of the rights, written a second time on purpose: a change of the rules shows here. */
const expected: Record<string, string[]> = {
  nobody: [],
  administrator: [
    'new: create list',
    'draft: save rename confirm list hide withdraw',
    'listed: save rename confirm hide withdraw',
    'hidden: save rename confirm list hide withdraw',
    'withdrawn: save rename confirm list withdraw',
  ],
  editor: [
    'new: create list',
    'draft: save rename confirm list hide withdraw',
    'listed: save rename confirm hide withdraw',
    'hidden: save rename confirm list hide withdraw',
  ],
  member: ['listed: confirm hide', 'hidden: list hide'],
  import: ['new: create list', 'draft: save', 'listed: save'],
  demo: [],
}

describe.each(Object.entries(actors))('%s', (name, actor) => {
  test('may do exactly what is written', () => {
    const rights = STATES.flatMap((state) => {
      const acts = ACTS.filter((act) => may(actor, act, subject({ state })))
      return acts.length > 0 ? [`${state}: ${acts.join(' ')}`] : []
    })
    expect(rights).toEqual(expected[name])
  })
})

test('an editor has no rights outside their regions, nor where there is no region', () => {
  const editor = actors['editor'] as Actor
  for (const region of ['europe', null]) {
    for (const state of STATES) {
      for (const act of ACTS) expect(may(editor, act, subject({ region, state }))).toBe(false)
    }
  }
})

test('a member has no rights over another organisation, nor over one that is not there', () => {
  const member = actors['member'] as Actor
  for (const id of ['other', null]) {
    for (const act of ACTS) expect(may(member, act, subject({ id }))).toBe(false)
  }
})

test('the demonstration touches what it invented and nothing else', () => {
  const demo = actors['demo'] as Actor
  const rights = (fictional: boolean, state: Subject['state']) =>
    ACTS.filter((act) => may(demo, act, subject({ fictional, state })))
  expect(rights(true, 'new')).toEqual(['create', 'list'])
  expect(rights(true, 'listed')).toEqual(['save', 'remove'])
  expect(rights(false, 'listed')).toEqual([])
})

test('actors have names for the history', () => {
  expect(Object.values(actors).map(actorName)).toEqual([
    'nobody',
    'person:a',
    'person:e',
    'person:m',
    'system:import',
    'system:demo',
  ])
})
