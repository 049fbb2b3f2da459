import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/permissions/permissions'
import { hideProfile, withdrawProfile } from '@/lib/organisations/publish'
import { restoreProfile } from '@/lib/organisations/restore-revision'
import { saveProfile } from '@/lib/organisations/save'
import { findPublicProfile } from '@/lib/organisations/public-queries'
import type { ProfileContent } from '@/lib/organisations/schema'
import { listRevisions, loadRevisions } from '@/lib/revisions/queries'
import { TOMBSTONE } from '@/lib/revisions/record'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

const nobody: Actor = { kind: 'anonymous' }
const editorInEurope: Actor = { kind: 'user', id: 'eve', role: 'editor', regions: ['europe'] }
const editorInAfrica: Actor = { kind: 'user', id: 'ann', role: 'editor', regions: ['africa'] }
const memberOf = (...organisations: string[]): Actor => ({
  kind: 'user',
  id: 'mia',
  role: 'member',
  organisations,
})
const translatorInto = (...languages: string[]): Actor => ({
  kind: 'user',
  id: 'tom',
  role: 'translator',
  organisations: [],
  languages,
})

beforeEach(freshDatabase)

const answer = (language: string, text: string) => ({
  language,
  text,
  provenance: 'original' as const,
  source: null,
})

/** Content in which the French answer and its English translation were both rewritten. */
const rewritten = (changes: Partial<ProfileContent> = {}) =>
  content({
    name: 'Lanterne',
    country: 'RW',
    answers: {
      ...content().answers,
      who: [
        answer('fr', 'Tout est nouveau.'),
        {
          language: 'en',
          text: 'All is new.',
          provenance: 'translation',
          source: { language: 'fr', revision: 'current' },
        },
      ],
      involvement: [answer('fr', 'Une réponse de plus.')],
    },
    ...changes,
  })

/** A profile saved as `content()`, then as `rewritten()`. */
async function givenRewritten(): Promise<{ id: string; slug: string; version: 2 }> {
  const { id, slug } = await givenProfile()
  const saved = await saveProfile(administrator, {
    profile: { id, version: 1 },
    content: rewritten(),
    reason: 'edit',
  })
  expect(saved).toMatchObject({ ok: true, version: 2 })
  return { id, slug, version: 2 }
}

const restoration = (id: string, changes = {}) => ({
  ...{ id, version: 2, revision: 1, field: 'all', reason: 'Erreur de copie' },
  ...changes,
})

const publicAnswers = async (slug: string) => {
  const found = await findPublicProfile(slug)
  return found?.kind === 'profile' ? found.profile.answers : null
}

describe('restoring', () => {
  test('the whole content, as a new revision with the reason, and never the status', async () => {
    const { id, slug } = await givenRewritten()
    await hideProfile(administrator, { id, reason: 'hide' })
    const outcome = await restoreProfile(
      administrator,
      restoration(id, { version: 3, reason: ' Erreur de copie ' }),
    )
    expect(outcome).toEqual({ ok: true, id, slug, version: 4, status: 'hidden' })
    const [profile] = rows<{ name: string; country: string; status: string }>(
      'SELECT * FROM "Organisation"',
    )
    expect(profile).toMatchObject({ name: 'Collectif Lanterne', country: 'BI', status: 'hidden' })
    expect(rows('SELECT "text" FROM "Answer" ORDER BY "language" DESC')).toEqual(
      content().answers.who.map(({ text }) => ({ text })),
    )
    expect(rows('SELECT "number", "actor", "reason" FROM "Revision" ORDER BY "number"')).toEqual([
      { number: 1, actor: 'user:ada', reason: 'edit' },
      { number: 2, actor: 'user:ada', reason: 'edit' },
      { number: 3, actor: 'user:ada', reason: 'hide' },
      { number: 4, actor: 'user:ada', reason: 'Erreur de copie' },
    ])
  })

  test('a translation that was up to date then is up to date again', async () => {
    const { id, slug } = await givenRewritten()
    expect(await restoreProfile(administrator, restoration(id))).toMatchObject({ ok: true })
    const answers = await publicAnswers(slug)
    expect(answers?.who).toEqual([
      expect.objectContaining({ language: 'fr' }),
      expect.not.objectContaining({ outdated: true }),
    ])
  })

  test('a translation alone is behind, where its original has changed since', async () => {
    const { id, slug } = await givenRewritten()
    const outcome = await restoreProfile(
      administrator,
      restoration(id, { field: 'answers.who.en' }),
    )
    expect(outcome).toMatchObject({ ok: true, version: 3 })
    expect((await publicAnswers(slug))?.who).toEqual([
      expect.objectContaining({ language: 'fr', text: 'Tout est nouveau.' }),
      expect.objectContaining({ text: 'We work with women and trans people.', outdated: true }),
    ])
  })

  test('one field, and nothing else', async () => {
    const { id } = await givenRewritten()
    await restoreProfile(administrator, restoration(id, { field: 'country' }))
    expect(rows('SELECT "name", "country" FROM "Organisation"')).toEqual([
      { name: 'Lanterne', country: 'BI' },
    ])
    expect(rows('SELECT "question" FROM "Answer"')).toHaveLength(3)
  })

  test('an answer that was not there then goes', async () => {
    const { id } = await givenRewritten()
    await restoreProfile(administrator, restoration(id, { field: 'answers.involvement.fr' }))
    expect(rows(`SELECT * FROM "Answer" WHERE "question" = 'involvement'`)).toEqual([])
  })

  test('what stands so already, or is no field, makes no revision', async () => {
    const { id } = await givenRewritten()
    for (const field of ['region', 'status', 'slug', '__proto__', 'answers.who.zz', '']) {
      const outcome = await restoreProfile(administrator, restoration(id, { field }))
      expect(outcome).toMatchObject({ ok: true, version: 2 })
    }
    expect(rows('SELECT * FROM "Revision"')).toHaveLength(2)
  })

  test.each([
    ['missing', ''],
    ['missing', ' \n'],
    ['tooLong', 'x'.repeat(501)],
    ['unsafeCharacters', 'a\u202Eb'],
  ])('not without a reason: %s', async (code, reason) => {
    const { id } = await givenRewritten()
    expect(await restoreProfile(administrator, restoration(id, { reason }))).toMatchObject({
      ok: false,
      reason: 'invalid',
      issues: [{ path: 'reason', code }],
    })
  })

  test('stale, not there, erased: nothing is written', async () => {
    const { id } = await givenRewritten()
    const refusals = [
      [{ version: 1 }, { ok: false, reason: 'stale', version: 2 }],
      [{ version: NaN }, { ok: false, reason: 'stale', version: 2 }],
      ...[3, 0, -1, 1.5, NaN, 2 ** 40].map(
        (revision) => [{ revision }, { ok: false, reason: 'notFound' }] as const,
      ),
      [{ id: 'nowhere' }, { ok: false, reason: 'notFound' }],
    ] as const
    for (const [changes, refusal] of refusals) {
      expect(await restoreProfile(administrator, restoration(id, changes))).toEqual(refusal)
    }
    erase(id)
    expect(await restoreProfile(administrator, restoration(id))).toEqual({
      ok: false,
      reason: 'notFound',
    })
    expect(rows('SELECT * FROM "Revision"')).toHaveLength(2)
  })
})

describe('who may restore', () => {
  const own = 'answers.who.en'

  test.each<[string, (id: string) => Actor, string]>([
    ['nobody', () => nobody, 'all'],
    ['an editor of another region', () => editorInEurope, 'all'],
    ['a member', (id) => memberOf(id), 'country'],
    ['a mailed link', (id) => ({ kind: 'link', id: 'x', organisation: id }), 'country'],
    ['the command line', () => ({ kind: 'system', name: 'command-line' }), 'all'],
    ['a translator, of more than answers', () => translatorInto('en', 'fr'), 'all'],
    ['a translator, of another language', () => translatorInto('fr'), own],
  ])('not %s', async (_, actorOf, field) => {
    const { id } = await givenRewritten()
    const before = JSON.stringify(rows('SELECT * FROM "Revision"'))
    expect(await restoreProfile(actorOf(id), restoration(id, { field }))).toEqual({
      ok: false,
      reason: 'denied',
    })
    expect(JSON.stringify(rows('SELECT * FROM "Revision"'))).toBe(before)
    expect(rows('SELECT "version" FROM "Organisation"')).toEqual([{ version: 2 }])
  })

  test('an editor of the region, and a translator in their language', async () => {
    const { id } = await givenRewritten()
    const byTranslator = await restoreProfile(translatorInto('en'), restoration(id, { field: own }))
    expect(byTranslator).toMatchObject({ ok: true, version: 3 })
    const byEditor = await restoreProfile(editorInAfrica, restoration(id, { version: 3 }))
    expect(byEditor).toMatchObject({ ok: true, version: 4 })
  })

  test('an editor may not restore a profile out of their region, nor a withdrawn one', async () => {
    const { id } = await givenProfile({ region: 'europe' })
    await saveProfile(administrator, {
      profile: { id, version: 1 },
      content: content({ region: 'africa' }),
      reason: 'edit',
    })
    expect(await restoreProfile(editorInAfrica, restoration(id))).toMatchObject({
      reason: 'denied',
    })
    await withdrawProfile(administrator, { id, reason: 'withdraw' })
    expect(
      await restoreProfile(editorInAfrica, restoration(id, { version: 3, field: 'name' })),
    ).toMatchObject({ reason: 'denied' })
  })
})

describe('reading the history', () => {
  test('who, when, why, latest first; people by their present name', async () => {
    execute(
      `INSERT INTO "User" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt", "twoFactorEnabled", "role", "locale")
       VALUES ('ada', 'Ada Présente', 'ada@example.org', 1, 0, 0, 0, 'administrator', 'fr')`,
    )
    const { id, slug } = await givenRewritten()
    await hideProfile(memberOf(id), { id, reason: 'hide' })
    const history = await listRevisions(editorInAfrica, id)
    expect(history?.organisation).toEqual({ id, slug, name: 'Lanterne', version: 3 })
    expect(history?.revisions).toEqual([
      entry(3, { kind: 'user', name: null }, 'hide'),
      entry(2, { kind: 'user', name: 'Ada Présente' }, 'edit'),
      entry(1, { kind: 'user', name: 'Ada Présente' }, 'edit'),
    ])
  })

  test('programs by their code, erased content as such', async () => {
    const { id } = await givenProfile()
    await saveProfile(
      { kind: 'system', name: 'import' },
      { profile: { id, version: 1 }, content: rewritten(), reason: 'import' },
    )
    erase(id)
    const history = await listRevisions(administrator, id)
    expect(history?.revisions[0]).toEqual({
      ...entry(2, { kind: 'system', code: 'import' }, 'import'),
      erased: true,
    })
    expect(await loadRevisions(administrator, id, [1, 2])).toEqual({ from: 'erased', to: 'erased' })
  })

  test('two revisions with what they hold', async () => {
    const { id } = await givenRewritten()
    expect(await loadRevisions(administrator, id, [2, 1])).toMatchObject({
      from: { name: 'Lanterne', answers: { involvement: [{ changedIn: 2 }] } },
      to: { name: 'Collectif Lanterne', answers: { involvement: [] } },
    })
    expect(await loadRevisions(administrator, id, [1, 3])).toBeNull()
  })

  test('whoever may not view the organisation learns nothing of it', async () => {
    const { id } = await givenRewritten()
    for (const actor of [nobody, editorInEurope, memberOf('another'), memberOf()]) {
      expect(await listRevisions(actor, id)).toBeNull()
      expect(await loadRevisions(actor, id, [1, 2])).toBeNull()
    }
    expect(await listRevisions(administrator, 'nowhere')).toBeNull()
    expect(await listRevisions(memberOf(id), id)).not.toBeNull()
    await withdrawProfile(administrator, { id, reason: 'withdraw' })
    expect(await listRevisions(memberOf(id), id)).toBeNull()
  })
})

function entry(number: number, by: object, reason: string) {
  return { number, at: expect.any(Date) as Date, by, reason, erased: false }
}

function erase(id: string): void {
  execute(
    `INSERT INTO "Erasure" VALUES ('e', '${id}', 'user:ada', 'asked', 0);
     UPDATE "Revision" SET "content" = '${TOMBSTONE}' WHERE "organisationId" = '${id}'`,
  )
}
