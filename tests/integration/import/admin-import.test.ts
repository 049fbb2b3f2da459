import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/permissions/permissions'
import { reader } from '@/lib/database/client'
import { importPages, type PageResult } from '@/lib/import/apply'
import { importRequestSchema } from '@/lib/import/read-pages'
import { importFromAdmin, MAX_PAGES } from '@/lib/import/run-in-child'
import { hideProfile } from '@/lib/organisations/publish'
import { saveProfile } from '@/lib/organisations/save'
import { toProfileContent } from '@/lib/organisations/load-content'
import { ANSWER_LIMIT } from '@/lib/organisations/schema'
import { loadStoredProfile } from '@/lib/organisations/stored'
import { freshDatabase, rows } from '@/tests/support/database'
import { administrator, givenProfile } from '@/tests/support/profiles'

const editorIn = (region: 'africa' | 'europe'): Actor => ({
  ...{ kind: 'user', id: 'ann', role: 'editor' },
  regions: [region],
})
const SEED = readFileSync('prisma/seed/000_70a62e442eda0162.txt', 'utf8')
const page = (text: string, overrides = {}) => ({ file: 'page', text, overrides })
const WOMEN = 'Nous travaillons avec des femmes dans tout le pays.'
const pageOf = (who: string) =>
  `Collectif Lanterne\n\nWho do you work with?\n${who}\n\nCountry\nBurundi\n`

beforeEach(freshDatabase)

const written = () => rows<{ name: string; status: string }>('SELECT * FROM "Organisation"')

async function stored() {
  const [{ id } = { id: '' }] = rows<{ id: string }>('SELECT "id" FROM "Organisation"')
  const profile = await loadStoredProfile(reader(), id)
  if (!profile) throw new Error('no profile')
  return profile
}

const languages = async () => (await stored()).answers.who.map(({ language }) => language)

/** Somebody corrects the answer by hand. */
async function edit(text: string): Promise<void> {
  const profile = await stored()
  const content = toProfileContent(profile)
  const who = content.answers.who.map((answer) => ({ ...answer, text }))
  const outcome = await saveProfile(administrator, {
    profile: { id: profile.id, version: profile.version },
    content: { ...content, answers: { ...content.answers, who } },
    ...{ reason: 'edit', status: 'listed' },
  })
  if (!outcome.ok) throw new Error(outcome.reason)
}

/** Imports pages in this process, with what the other one would receive and give back. */
async function run(actor: Actor, pages: ReturnType<typeof page>[], dryRun = false) {
  const request = importRequestSchema.parse(JSON.parse(JSON.stringify({ actor, pages, dryRun })))
  const outcomes = await importPages(request.actor, request.pages, { dryRun })
  return JSON.parse(JSON.stringify(outcomes)) as PageResult[]
}

/** Imports pages as the site does it: in a process of its own. */
async function runInChild(actor: Actor, pages: ReturnType<typeof page>[], dryRun = false) {
  const answer = await importFromAdmin(actor, { pages, dryRun })
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
    const applied = await runInChild(editorIn('africa'), [page(SEED)])
    expect(applied).toEqual(planned)
    expect(written()).toMatchObject([{ status: 'listed', country: 'BI' }])
    expect(rows('SELECT "actor", "reason" FROM "Revision"')).toEqual([
      { actor: 'user:ann', reason: 'import' },
    ])
    expect(rows(`SELECT "action", "detail" FROM "AuditEntry" WHERE "action" = 'imported'`)).toEqual(
      [{ action: 'imported', detail: '{"created":1,"updated":0,"refused":0}' }],
    )
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
    ['nobody', { kind: 'anonymous' }],
    ['a member', { kind: 'user', id: 'mia', role: 'member', organisations: [] }],
    [
      'a translator',
      { kind: 'user', id: 'tom', role: 'translator', organisations: [], languages: ['fr'] },
    ],
    ['a mailed link', { kind: 'link', id: 'x', organisation: 'y' }],
  ])('not by %s', async (_, actor) => {
    expect(await importFromAdmin(actor, { pages: [page(SEED)], dryRun: false })).toEqual({
      ok: false,
      reason: 'denied',
    })
    expect(written()).toEqual([])
    const refusals = rows(`SELECT * FROM "AuditEntry" WHERE "action" = 'permissionDenied'`)
    expect(refusals).toHaveLength(actor.kind === 'user' ? 1 : 0)
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
      assigned: [
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

  test('a piece of uncertain language is put under the one that it is in, for good', async () => {
    const RUNDI = 'Dukorana n’abakenyezi, abagabo n’abandi bose mu gihugu cacu.'
    const text = pageOf(
      `Nous travaillons avec des femmes et des personnes trans dans tout le pays.\n\n${RUNDI}`,
    )
    const [planned] = await run(administrator, [page(text)], true)
    expect(planned?.plan.refused).toEqual([{ reason: 'uncertainLanguage', text: RUNDI }])
    // As the command line would have imported it.
    await run(administrator, [page(text)])
    expect(await languages()).toEqual(['fr', 'und'])

    const given = { languages: [{ text: RUNDI, language: 'rn' }] }
    const [outcome] = await run(administrator, [page(text, given)])
    expect(outcome?.plan).toMatchObject({ outcome: 'update', refused: [] })
    expect(await languages()).toEqual(['fr', 'rn'])
    expect(await run(administrator, [page(text, given)])).toMatchObject([
      { plan: { outcome: 'unchanged', refused: [] } },
    ])
    // The same page and a later one by themselves do not undo what a person decided.
    await run(administrator, [page(text)])
    await run(administrator, [page(text.replace('le pays', 'la région'))])
    expect(await languages()).toEqual(['fr', 'rn'])
  })

  test('a field that a person changed since is taken from the page only where that was chosen', async () => {
    await run(administrator, [page(pageOf(WOMEN))])
    await edit('Nous travaillons avec des femmes. Corrigé.')
    const later = pageOf('Nous travaillons avec des femmes et avec des hommes dans tout le pays.')
    const [kept] = await run(administrator, [page(later)], true)
    expect(kept?.plan.refused).toMatchObject([{ reason: 'editedSince' }])
    expect(kept?.edited).toEqual([
      {
        ...{ field: 'answers.who.fr', stands: 'Nous travaillons avec des femmes. Corrigé.' },
        ...{ page: expect.stringContaining('hommes') as string, isTaken: false },
      },
    ])
    const taken = (kept?.edited ?? []).map(({ field, stands }) => ({ field, stands }))

    // Somebody changes it between the plan and the import: what nobody saw is not replaced.
    await edit('Nous travaillons avec des femmes. Corrigé deux fois.')
    const [stale] = await run(administrator, [page(later, { taken })])
    expect(stale?.plan.refused).toMatchObject([{ reason: 'editedSince' }])
    expect((await stored()).answers.who[0]?.text).toContain('Corrigé deux fois')

    const latest = later.replace('des hommes', 'des personnes trans')
    const now = [{ field: 'answers.who.fr', stands: (await stored()).answers.who[0]?.text ?? '' }]
    const [planned] = await run(administrator, [page(latest, { taken: now })], true)
    expect(planned).toMatchObject({ plan: { refused: [] }, edited: [{ isTaken: true }] })
    expect((await stored()).answers.who[0]?.text).toContain('Corrigé deux fois')
    await run(administrator, [page(latest, { taken: now })])
    expect((await stored()).answers.who.map(({ text }) => text)).toEqual([
      'Nous travaillons avec des femmes et avec des personnes trans dans tout le pays.',
    ])
  })

  test('the page’s text is not taken by an editor of other regions', async () => {
    await run(administrator, [page(pageOf(WOMEN))])
    await edit('Nous travaillons avec des femmes. Corrigé.')
    const taken = [
      { field: 'answers.who.fr', stands: 'Nous travaillons avec des femmes. Corrigé.' },
    ]
    const later = pageOf('Nous travaillons avec des femmes et avec des hommes dans tout le pays.')
    expect(await run(editorIn('europe'), [page(later, { taken })])).toMatchObject([
      { denied: true, edited: [], after: null },
    ])
    expect((await stored()).answers.who[0]?.text).toContain('Corrigé')
  })

  test('the last paragraph of a page that was cut off is kept, or left out', async () => {
    const cut = pageOf(`${WOMEN}\n\nNous avons aussi`).replace(/\n+Country[^]*/, '')
    const [planned] = await run(administrator, [page(cut, { country: 'BI' })], true)
    expect(planned?.plan.refused).toEqual([{ reason: 'cutOff', text: 'Nous avons aussi' }])
    expect(planned?.lastParagraph).toEqual({
      ...{ question: 'who', language: 'fr', text: 'Nous avons aussi' },
    })
    expect(planned?.after?.answers.who).toMatchObject([{ text: `${WOMEN}\n\nNous avons aussi` }])
    const given = { country: 'BI' as const, omitLastParagraph: true }
    const [outcome] = await run(administrator, [page(cut, given)])
    expect(outcome?.plan).toMatchObject({
      organisation: { status: 'draft' },
      refused: [{ reason: 'cutOff' }],
    })
    expect((await stored()).answers.who).toMatchObject([{ text: WOMEN }])
    await run(administrator, [page(cut, { country: 'BI' })])
    expect((await stored()).answers.who).toMatchObject([{ text: WOMEN }])
  })

  test('an answer that was only the last paragraph is left out whole, and what stands nowhere is no choice', async () => {
    const alone = pageOf('Nous avons aussi').replace(/\n+Country[^]*/, '')
    const [outcome] = await run(administrator, [page(alone, { omitLastParagraph: true })], true)
    expect(outcome?.after?.answers.who).toEqual([])
    const withAddress = `${alone}\n\nContact email\nlanterne@example.org`
    const [address] = await run(
      administrator,
      [page(withAddress, { omitLastParagraph: true })],
      true,
    )
    expect(address?.lastParagraph).toBeNull()
    expect(address?.after?.answers.who).toMatchObject([{ text: 'Nous avons aussi' }])
  })

  test('a piece that would make an answer too long stays where it was', async () => {
    const text = pageOf('x'.repeat(ANSWER_LIMIT + 1))
    const [planned] = await run(administrator, [page(text)], true)
    const piece = planned?.plan.refused.find(({ reason }) => reason === 'unplacedText')
    expect(piece?.text).toHaveLength(ANSWER_LIMIT + 1)
    const placed = [{ text: piece?.text ?? '', question: 'who' as const, language: 'fr' }]
    const [outcome] = await run(administrator, [page(text, { placed })])
    expect(outcome?.plan.refused.map(({ reason }) => reason)).toContain('unplacedText')
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
    const many = Array.from({ length: MAX_PAGES + 1 }, () => page(SEED))
    expect(await importFromAdmin(administrator, { ...request, pages: many })).toEqual({
      ok: false,
      reason: 'tooMany',
    })
    const wrong = [page(SEED, { name: 'x'.repeat(151) }), page(SEED, { country: 'ZZ' })]
    for (const one of wrong) {
      expect(await importFromAdmin(administrator, { pages: [one], dryRun: false })).toEqual({
        ok: false,
        reason: 'invalid',
      })
    }
    expect(await importFromAdmin(administrator, request, 1)).toEqual({
      ok: false,
      reason: 'failed',
    })
    expect(written()).toEqual([])
  })
})
