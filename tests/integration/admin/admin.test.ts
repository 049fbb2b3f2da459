import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { can, type Actor } from '@/lib/permissions/permissions'
import { confirmProfile, hideProfile, withdrawProfile } from '@/lib/organisations/publish'
import { editProfile } from '@/lib/organisations/save'
import type { CommandOk } from '@/lib/organisations/result'
import { parseAdminFilters } from '@/lib/admin/filters'
import {
  contentAtVersion,
  openProfile,
  loadPreview,
  loadVisibleProfile,
} from '@/lib/admin/open-profile'
import { loadAdminOverview } from '@/lib/admin/overview'
import { namesVisibleTo } from '@/lib/admin/queries'
import {
  deleteDraft,
  saveDraft,
  signDraftToken,
  verifyDraftToken,
  listDrafts,
  pickDraft,
  idempotencyKeyOf,
} from '@/lib/editing/drafts'
import type { AnswerContent } from '@/lib/organisations/schema'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import { createUser } from '@/tests/support/people'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

type Person = Extract<Actor, { kind: 'user' }>

const ada = administrator as Person
const editor: Person = { kind: 'user', id: 'ann', role: 'editor', regions: ['africa'] }
const member = (...organisations: string[]): Person => ({
  ...{ kind: 'user', id: 'mia', role: 'member' },
  organisations,
})
const translator = (organisations: string[], languages: string[] = []): Person => ({
  ...{ kind: 'user', id: 'tom', role: 'translator' },
  organisations,
  languages,
})

const all = parseAdminFilters({})
const [french, english] = content().answers.who as [AnswerContent, AnswerContent]
const answers = (...who: AnswerContent[]) => ({ ...content().answers, who: [...who] })

beforeEach(freshDatabase)

describe('the overview', () => {
  /** One profile in each state in each of two regions, and one without a region. */
  async function everyProfile(): Promise<CommandOk[]> {
    const made: CommandOk[] = []
    for (const region of ['africa', 'europe', null] as const) {
      for (const state of ['draft', 'listed', 'hidden', 'withdrawn'] as const) {
        const name = `${region ?? 'nowhere'} ${state}`
        const one = await givenProfile({ name, region }, state === 'draft' ? 'draft' : 'listed')
        if (state === 'hidden') await hideProfile(ada, { id: one.id, reason: 'test' })
        if (state === 'withdrawn') await withdrawProfile(ada, { id: one.id, reason: 'test' })
        made.push(one)
      }
    }
    return made
  }

  test('shows to everybody exactly what they may view, in the list and in every count', async () => {
    const made = await everyProfile()
    const own = made.map(({ id }) => id).filter((_, index) => index % 2 === 1)
    const people = [
      ada,
      editor,
      { ...editor, regions: [] },
      member(...own),
      member(),
      translator(own),
      translator([], ['es']),
      translator([]),
    ]
    for (const actor of people) {
      const stored = rows<{ id: string; region: string | null; status: 'listed' }>(
        'SELECT "id", "region", "status" FROM "Organisation"',
      )
      const seen = stored.filter(({ id, region, status }) =>
        can(actor, 'view', { id, region, state: status, fictional: false, held: false }),
      )
      const overview = await loadAdminOverview(actor, all)
      const ids = seen.map(({ id }) => id).sort()
      expect(overview.organisations.map(({ id }) => id).sort()).toEqual(ids)
      expect(overview.total).toBe(ids.length)
      for (const state of ['draft', 'listed', 'hidden', 'withdrawn'] as const) {
        expect(overview.statusCounts[state]).toBe(
          seen.filter(({ status }) => status === state).length,
        )
      }
      expect(overview.todoCounts['missing-en']).toBe(0)
      const named = await namesVisibleTo(actor, [...made.map(({ id }) => id), 'nowhere'])
      expect(named.map(({ id }) => id).sort()).toEqual(ids)
    }
  })

  test('counts what needs attention, and each count is what its filter lists', async () => {
    await givenProfile({ name: 'Suggested', regionSuggested: true })
    await givenProfile({ name: 'French only', answers: answers(french) })
    const behind = await givenProfile({ name: 'Behind' })
    await editProfile(ada, {
      profile: behind,
      content: content({
        name: 'Behind',
        answers: answers(
          { ...french, text: 'Autre chose.' },
          { ...english, source: { language: 'fr', revision: 1 } },
        ),
      }),
      idempotencyKey: randomUUID(),
    })
    const old = await givenProfile({ name: 'Old' })
    execute(
      `UPDATE "Organisation" SET "listedAt" = '2020-01-01T00:00:00.000+00:00' WHERE "id" = '${old.id}'`,
    )
    const waiting = await givenProfile({ name: 'Waiting' })
    execute(`INSERT INTO "Proposal" ("id", "organisationId", "baseVersion", "content", "author",
      "authorEmail", "authorLocale", "message", "status", "createdAt", "updatedAt") VALUES
      ('p', '${waiting.id}', 1, '{}', 'user:mia', 'mia@fictional.example', 'fr', '', 'waiting',
      '2026-01-01T00:00:00.000+00:00', '2026-01-01T00:00:00.000+00:00')`)

    const expected = {
      proposals: ['Waiting'],
      suggested: ['Suggested'],
      'missing-fr': [],
      'missing-en': ['French only'],
      behind: ['Behind'],
      unconfirmed: ['Old'],
    }
    for (const [attention, names] of Object.entries(expected)) {
      const overview = await loadAdminOverview(ada, parseAdminFilters({ attention }))
      expect(overview.organisations.map(({ name }) => name)).toEqual(names)
      expect(overview.todoCounts[attention as 'behind']).toBe(names.length)
    }
    await confirmProfile(ada, { id: old.id, reason: 'confirm' })
    expect((await loadAdminOverview(ada, all)).todoCounts.unconfirmed).toBe(0)
  })

  test('finds by name and former name, whatever the accents and signs', async () => {
    await givenProfile({ name: 'Réseau Œillet', aliases: ['100 % Nous_autres'] })
    await givenProfile({ name: 'Autre' })
    const found = async (q: string) =>
      (await loadAdminOverview(ada, parseAdminFilters({ q }))).organisations.map(({ name }) => name)
    expect(await found('reseau oei')).toEqual(['Réseau Œillet'])
    expect(await found('% nous_')).toEqual(['Réseau Œillet'])
    expect(await found('nous%')).toEqual([])
    expect(await found(`' OR 1=1 --`)).toEqual([])
  })

  test('says who else has a profile open, and never that oneself has', async () => {
    const person = async (name: string): Promise<Person> => ({
      ...{ kind: 'user', role: 'administrator' },
      id: await createUser('administrator', { email: `${name}@fictional.example` }),
    })
    const [one, two] = [await person('one'), await person('two')]
    const { id } = await givenProfile()
    expect((await openProfile(one, id))?.editors).toEqual([])
    expect((await openProfile(two, id))?.editors).toMatchObject([
      { name: 'Fictional administrator', minutes: 0 },
    ])
    // A member reads that somebody of the staff is at it, and not who.
    const three = await createUser('member', { organisations: [id] })
    const own: Person = { kind: 'user', id: three, role: 'member', organisations: [id] }
    const seen = (await openProfile(own, id))?.editors ?? []
    expect(seen.map(({ name, role }) => [name, role])).toEqual([
      [null, 'administrator'],
      [null, 'administrator'],
    ])
    execute(`DELETE FROM "EditingPresence" WHERE "userId" = '${three}'`)
    const opened = async (minutesAgo: number) => {
      const at = new Date(Date.now() - minutesAgo * 60_000 - 1000).toISOString()
      execute(`UPDATE "EditingPresence" SET "openedAt" = '${at}' WHERE "userId" = '${one.id}'`)
      const [entry] = (await loadAdminOverview(two, all)).organisations
      return entry?.editors.map(({ minutes }) => minutes)
    }
    expect(await opened(0)).toEqual([0])
    expect(await opened(3)).toEqual([3])
    expect(await opened(14)).toEqual([14])
    // Whoever opened it longer ago is not likely to be at it.
    expect(await opened(15)).toEqual([])
  })
})

describe('one profile (A4)', () => {
  test.each([
    ['an editor of another region', { ...editor, regions: ['europe'] as const }],
    ['a member of another organisation', member('other')],
    ['a translator of another organisation', translator(['other'])],
  ])('is not there for %s, like one that never was', async (_, actor) => {
    const { id } = await givenProfile({}, 'draft')
    for (const asked of [id, 'nowhere']) {
      expect(await openProfile(actor, asked)).toBeNull()
      expect(await loadVisibleProfile(actor, asked)).toBeNull()
      expect(await loadPreview(actor, asked)).toBeNull()
      expect(await contentAtVersion(actor, asked, 1)).toBeNull()
      expect(await namesVisibleTo(actor, [asked])).toEqual([])
    }
    expect(rows('SELECT * FROM "EditingPresence"')).toEqual([])
  })

  test('gives the difference since a translation was made', async () => {
    const actor = { ...ada, id: await createUser('administrator') }
    const made = await givenProfile()
    await editProfile(actor, {
      profile: made,
      content: content({
        answers: answers(
          { ...french, text: 'Nous travaillons avec des femmes.' },
          { ...english, source: { language: 'fr', revision: 1 } },
        ),
      }),
      idempotencyKey: randomUUID(),
    })
    expect((await openProfile(actor, made.id))?.outdated).toEqual([
      {
        question: 'who',
        language: 'en',
        source: { language: 'fr', before: french.text, now: 'Nous travaillons avec des femmes.' },
      },
    ])
    expect(await contentAtVersion(actor, made.id, 1)).toMatchObject({ name: 'Collectif Lanterne' })
    expect(await contentAtVersion(actor, made.id, 9)).toBeNull()
  })

  test('is previewed as the public would see it: without hidden contact details', async () => {
    const { id } = await givenProfile(
      {
        contacts: {
          email: { value: 'a@fictional.example', published: false },
          website: { value: 'https://fictional.example/', published: true },
          telephone: null,
        },
      },
      'draft',
    )
    expect((await loadPreview(ada, id))?.contact).toEqual({
      website: 'https://fictional.example/',
    })
  })
})

describe('editing', () => {
  const edit = (made: CommandOk | null, name: string, form = randomUUID()) => ({
    ...{ profile: made, content: content({ name }), idempotencyKey: form },
  })

  test('saves, renames and lists in one transaction', async () => {
    const made = await givenProfile({}, 'draft')
    expect(
      await editProfile(ada, { ...edit(made, 'Lanterne'), slug: 'lanterne', followUp: 'list' }),
    ).toEqual({ ok: true, id: made.id, slug: 'lanterne', version: 4, status: 'listed' })
  })

  test('creates and lists at once', async () => {
    const outcome = await editProfile(ada, { ...edit(null, 'Lanterne'), followUp: 'list' })
    expect(outcome).toMatchObject({ ok: true, version: 1, status: 'listed' })
  })

  test('all or nothing: an address that is taken undoes the rest', async () => {
    await givenProfile({ name: 'Taken' })
    const made = await givenProfile({}, 'draft')
    const form = randomUUID()
    expect(
      await editProfile(ada, { ...edit(made, 'Autre', form), slug: 'taken', followUp: 'list' }),
    ).toEqual({ ok: false, reason: 'slugTaken' })
    expect(await loadVisibleProfile(ada, made.id)).toMatchObject({
      name: 'Collectif Lanterne',
      version: 1,
    })
    // Mended, the same form is good.
    expect(await editProfile(ada, edit(made, 'Autre', form))).toMatchObject({ ok: true })
  })

  test('a form sent twice makes one record and one revision (F15)', async () => {
    const form = randomUUID()
    const [first, second] = await Promise.all([
      editProfile(ada, edit(null, 'Lanterne', form)),
      editProfile(ada, edit(null, 'Lanterne', form)),
    ])
    expect(first).toMatchObject({ ok: true })
    expect(second).toEqual(first)
    expect(rows('SELECT * FROM "Revision"')).toHaveLength(1)
    expect(await editProfile({ ...editor, id: 'eve' }, edit(null, 'Lanterne', form))).toEqual({
      ok: false,
      reason: 'denied',
    })
  })

  test('the second of two editors is told (F14)', async () => {
    const made = await givenProfile()
    expect(await editProfile(ada, edit(made, 'Lanterne'))).toMatchObject({ ok: true })
    expect(await editProfile(editor, edit(made, 'Autre'))).toEqual({
      ...{ ok: false, reason: 'stale', version: 2 },
    })
  })

  test.each([
    ['an editor of another region', { ...editor, regions: ['europe'] as const }],
    ['a member', member('own')],
    ['a translator, of the name', translator(['own'])],
  ])('is refused to %s, and nothing changed', async (_, actor) => {
    const made = await givenProfile({ region: 'africa' }, 'draft')
    const own = { ...actor, organisations: [made.id] } as Person
    for (const then of [undefined, 'list'] as const) {
      expect(await editProfile(own, { ...edit(made, 'Autre'), followUp: then })).toEqual({
        ...{ ok: false, reason: 'denied' },
      })
    }
    expect(await loadVisibleProfile(ada, made.id)).toMatchObject({
      name: 'Collectif Lanterne',
      version: 1,
    })
    expect(rows('SELECT * FROM "IdempotencyKey"')).toEqual([])
  })

  test('a translator saves answers, and lists nothing by it', async () => {
    const made = await givenProfile({}, 'draft')
    const changed = content({ answers: answers(french, { ...english, text: 'We work.' }) })
    const tom = translator([made.id])
    const form = randomUUID()
    expect(
      await editProfile(tom, {
        profile: made,
        content: changed,
        idempotencyKey: form,
        followUp: 'list',
      }),
    ).toEqual({ ok: false, reason: 'denied' })
    expect(
      await editProfile(tom, { profile: made, content: changed, idempotencyKey: form }),
    ).toMatchObject({
      ...{ ok: true, status: 'draft' },
    })
  })
})

describe('what was typed and not saved', () => {
  const values = { name: ['Lanterne\u0000'], 'answers.who.fr.text': ['a\nb', ''] }

  test('is kept character by character, for its person alone', async () => {
    const user = await createUser('editor')
    await createUser('administrator')
    const { id } = await givenProfile()
    const owner = { user, organisation: id }
    await saveDraft(owner, { values: { name: ['before'] }, baseVersion: 1 })
    await saveDraft(owner, { values, baseVersion: 1 })
    const actor: Person = { ...editor, id: user }
    expect(await listDrafts(actor, id)).toMatchObject([{ values, baseVersion: 1 }])
    expect(await listDrafts(actor, null)).toEqual([])
    expect(await listDrafts({ ...ada, id: 'administrator-x' }, id)).toEqual([])
    await deleteDraft(actor, id, values)
    expect(rows('SELECT * FROM "FormDraft"')).toEqual([])
  })

  test('is kept for each form that was opened, and found where it was typed on', async () => {
    const user = await createUser('editor')
    const { id } = await givenProfile()
    const owner = { user, organisation: id }
    const actor: Person = { ...editor, id: user }
    const typed = (form: string, name: string, follows = '') => ({
      ...{ form: [form], follows: [follows], id: [id], name: [name] },
    })
    await saveDraft(owner, { values: typed('first', 'One'), baseVersion: 1 })
    await saveDraft(owner, { values: typed('second', 'Two'), baseVersion: 1 })
    const both = await listDrafts(actor, id)
    expect(both.map(({ form }) => form).sort()).toEqual(['first', 'second'])
    expect(pickDraft(both, 'first')?.values['name']).toEqual(['One'])
    // The first is shown again and typed on in: it takes the place of the one before.
    await saveDraft(owner, { values: typed('third', 'One more', 'first'), baseVersion: 1 })
    const later = await listDrafts(actor, id)
    expect(later.map(({ form }) => form).sort()).toEqual(['second', 'third'])
    expect(pickDraft(later, 'first')?.values['name']).toEqual(['One more'])
    expect(pickDraft(later, 'never was')).toBeNull()
    // Somebody else who knows the number reaches nothing by it.
    const other = await createUser('administrator')
    await deleteDraft({ ...ada, id: other }, id, typed('second', ''))
    await saveDraft(
      { user: other, organisation: id },
      { values: typed('second', 'Mine'), baseVersion: 1 },
    )
    expect(pickDraft(await listDrafts(actor, id), 'second')?.values['name']).toEqual(['Two'])
    await deleteDraft(actor, id, typed('third', '', 'first'))
    expect((await listDrafts(actor, id)).map(({ form }) => form)).toEqual(['second'])
  })

  test('a form for a new organisation is known by what was typed, another by its number too', () => {
    const typed = (id: string, form: string) => ({ id: [id], form: [form], name: ['Lanterne'] })
    expect(idempotencyKeyOf(typed('', 'a'), 'ann')).toBe(idempotencyKeyOf(typed('', 'b'), 'ann'))
    expect(idempotencyKeyOf(typed('', 'a'), 'ann')).not.toBe(
      idempotencyKeyOf(typed('', 'a'), 'eve'),
    )
    expect(idempotencyKeyOf(typed('x', 'a'), 'ann')).not.toBe(
      idempotencyKeyOf(typed('x', 'b'), 'ann'),
    )
  })

  test('is not kept for somebody who is disabled or about what is not there', async () => {
    const user = await createUser('editor')
    await saveDraft({ user, organisation: 'nowhere' }, { values, baseVersion: 1 })
    await saveDraft({ user: 'nobody', organisation: null }, { values, baseVersion: null })
    execute(`UPDATE "User" SET "disabledAt" = '2026-01-01T00:00:00.000+00:00'`)
    await saveDraft({ user, organisation: null }, { values, baseVersion: null })
    expect(rows('SELECT * FROM "FormDraft"')).toEqual([])
  })

  test('is put down by what the form carries, and by nothing that was made up', () => {
    const owner = { user: 'ann', organisation: null }
    const keeper = signDraftToken(owner)
    expect(verifyDraftToken(keeper)).toEqual(owner)
    const other = Buffer.from(JSON.stringify(['eve', null])).toString('base64url')
    const [, signature = ''] = keeper.split('.')
    for (const forged of ['', '.', 'x', `${other}.${signature}`, `${keeper}x`, keeper.slice(1)]) {
      expect(verifyDraftToken(forged)).toBeNull()
    }
  })
})
