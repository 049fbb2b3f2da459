import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/access/rules'
import { importAtDesk, PAGES_AT_ONCE } from '@/lib/import/in-child'
import { hideProfile } from '@/lib/profile/commands'
import { freshDatabase, rows } from '@/tests/support/database'
import { administrator, givenProfile } from '@/tests/support/profiles'

const editorIn = (region: 'africa' | 'europe'): Actor => ({
  ...{ kind: 'person', id: 'ann', role: 'editor' },
  regions: [region],
})
const SEED = readFileSync('prisma/seed/000_70a62e442eda0162.txt', 'utf8')
const page = (text: string, given = {}) => ({ file: 'page', text, given })

beforeEach(freshDatabase)

const written = () => rows<{ name: string; status: string }>('SELECT * FROM "Organisation"')

async function run(actor: Actor, pages: ReturnType<typeof page>[], dryRun = false) {
  const answer = await importAtDesk(actor, { pages, dryRun })
  if (!answer.ok) throw new Error(answer.reason)
  return answer.outcomes
}

describe('importing at the desk', () => {
  test('the seed: the plan writes nothing, applying it writes what the plan said', async () => {
    const planned = await run(editorIn('africa'), [page(SEED)], true)
    expect(planned).toMatchObject([
      { plan: { outcome: 'create', organisation: { country: 'BI' } }, before: null, denied: false },
    ])
    expect(written()).toEqual([])
    const applied = await run(editorIn('africa'), [page(SEED)])
    expect(applied).toEqual(planned)
    expect(written()).toMatchObject([{ status: 'listed', country: 'BI' }])
    expect(rows('SELECT "actor", "reason" FROM "Revision"')).toEqual([
      { actor: 'person:ann', reason: 'import' },
    ])
    expect(rows(`SELECT "act", "detail" FROM "AuditEntry" WHERE "act" = 'imported'`)).toEqual([
      { act: 'imported', detail: '{"created":1,"updated":0,"refused":0}' },
    ])
    const again = await run(editorIn('africa'), [page(SEED)])
    expect(again).toMatchObject([{ plan: { outcome: 'unchanged' } }])
  })

  test('an editor writes organisations of their regions only, and learns of no other', async () => {
    const { id } = await givenProfile({
      name: 'Collectif Lanterne',
      country: 'BI',
      region: 'africa',
    })
    await hideProfile(administrator, { id, reason: 'hide' })
    const hidden = 'Collectif Lanterne\n\nWho do you work with?\nWomen.\n\nCountry\nBurundi\n'
    const before = JSON.stringify(written())
    const outcomes = await run(editorIn('europe'), [page(SEED), page(hidden)])
    expect(outcomes).toMatchObject([
      { denied: true, before: null, after: null, plan: { outcome: 'refused' } },
      { denied: true, before: null, after: null, plan: { outcome: 'refused' } },
    ])
    expect(JSON.stringify(written())).toBe(before)
    expect(await run(editorIn('africa'), [page(hidden)])).toMatchObject([
      { denied: false, plan: { refused: [{ reason: 'notListed' }] } },
    ])
  })

  test.each<[string, Actor]>([
    ['nobody', { kind: 'nobody' }],
    ['a member', { kind: 'person', id: 'mia', role: 'member', organisations: [] }],
    [
      'a translator',
      { kind: 'person', id: 'tom', role: 'translator', organisations: [], languages: ['fr'] },
    ],
    ['a mailed link', { kind: 'link', id: 'x', organisation: 'y' }],
  ])('not by %s', async (_, actor) => {
    expect(await importAtDesk(actor, { pages: [page(SEED)], dryRun: false })).toEqual({
      ok: false,
      reason: 'denied',
    })
    expect(written()).toEqual([])
    const refusals = rows(`SELECT * FROM "AuditEntry" WHERE "act" = 'actRefused'`)
    expect(refusals).toHaveLength(actor.kind === 'person' ? 1 : 0)
  })

  test('a missing name and country are given, and a piece is put where it belongs', async () => {
    const text =
      'Nous sommes une association.\n\nWho do you work with?\nNous travaillons avec des femmes et des personnes trans dans tout le pays.\n\n' +
      'Which of NSWP priority areas does your organisation work on?\nSomething of our own\n\nCountry\nNowhereland\n'
    const [refused] = await run(administrator, [page(text, {})], true)
    expect(refused?.plan.refused.map(({ reason }) => reason)).not.toContain('noName')
    const given = {
      name: 'Association Lanterne',
      country: 'BI' as const,
      placed: [
        { text: 'Something of our own', question: 'otherWork' as const, language: 'en' },
        { text: 'Nous sommes une association.', question: 'who' as const, language: 'fr' },
      ],
    }
    const [outcome] = await run(administrator, [page(text, given)])
    expect(outcome?.plan.refused).toEqual([])
    expect(outcome?.after).toMatchObject({
      name: 'Association Lanterne',
      country: 'BI',
      answers: {
        who: [{ language: 'fr', text: expect.stringMatching(/association\.$/) as string }],
        otherWork: [{ language: 'en', text: 'Something of our own', provenance: 'unknown' }],
      },
    })
    expect(written()).toMatchObject([{ name: 'Association Lanterne' }])
  })

  test('hostile pages are each refused with a reason, and the others are placed', async () => {
    const outcomes = await run(administrator, [
      page('no labels at all'),
      page(`a\u202Eb\n\nWho do you work with?\nx\n\nCountry\nBurundi`),
      page('Who do you work with?\nx'),
      page(SEED),
      page(`${'x'.repeat(200_000)}\n\nWho do you work with?\nx`),
    ])
    expect(outcomes.map(({ plan }) => [plan.outcome, plan.refused[0]?.reason])).toEqual([
      ['refused', 'noLabels'],
      ['refused', 'unsafeCharacters'],
      ['refused', 'noName'],
      ['create', undefined],
      ['refused', 'noName'],
    ])
    expect(written()).toHaveLength(1)
  })

  test('what is no request, too many pages, and a process that takes too long', async () => {
    const request = { pages: [page(SEED)], dryRun: false }
    const many = Array.from({ length: PAGES_AT_ONCE + 1 }, () => page(SEED))
    expect(await importAtDesk(administrator, { ...request, pages: many })).toEqual({
      ok: false,
      reason: 'tooMany',
    })
    const wrong = [page(SEED, { name: 'x'.repeat(151) }), page(SEED, { country: 'ZZ' })]
    for (const one of wrong) {
      expect(await importAtDesk(administrator, { pages: [one], dryRun: false })).toEqual({
        ok: false,
        reason: 'invalid',
      })
    }
    expect(await importAtDesk(administrator, request, 1)).toEqual({ ok: false, reason: 'failed' })
    expect(written()).toEqual([])
  })
})
