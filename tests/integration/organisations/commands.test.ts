import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/permissions/permissions'
import {
  confirmProfile,
  hideProfile,
  listProfile,
  withdrawProfile,
} from '@/lib/organisations/publish'
import { removeDemoProfiles } from '@/lib/organisations/remove'
import { renameProfile } from '@/lib/organisations/rename'
import { saveProfile } from '@/lib/organisations/save'
import { findPublicProfile } from '@/lib/organisations/public-queries'
import type { Country } from '@/lib/geo/countries'
import type { ProfileContent } from '@/lib/organisations/schema'
import { revisionHash } from '@/lib/revisions/record'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

const nobody: Actor = { kind: 'anonymous' }
const importer: Actor = { kind: 'system', name: 'import' }
const editorInEurope: Actor = { kind: 'user', id: 'eve', role: 'editor', regions: ['europe'] }
const editorInAfrica: Actor = { kind: 'user', id: 'ann', role: 'editor', regions: ['africa'] }

beforeEach(freshDatabase)

function revisions() {
  return rows<{ number: number; actor: string; reason: string; content: string }>(
    'SELECT * FROM "Revision" ORDER BY "number"',
  )
}

function contentVersion(): number {
  return rows<{ contentVersion: number }>('SELECT "contentVersion" FROM "ContentVersion"')[0]
    ?.contentVersion as number
}

/** Everything that a refused or rolled-back command must leave alone. */
function everything(): string {
  const tables = [
    'Organisation',
    'Answer',
    'Revision',
    'SearchDocument',
    'ContentVersion',
    'ImportedPage',
  ]
  return JSON.stringify(tables.map((table) => rows(`SELECT * FROM "${table}"`)))
}

const commands = {
  saveProfile: (actor: Actor, id: string, version: number) =>
    saveProfile(actor, {
      profile: { id, version },
      content: content({ name: 'Autre nom' }),
      reason: 'edit',
    }),
  listProfile: (actor: Actor, id: string, version: number) =>
    listProfile(actor, { id, version, reason: 'list' }),
  hideProfile: (actor: Actor, id: string, version: number) =>
    hideProfile(actor, { id, version, reason: 'hide' }),
  withdrawProfile: (actor: Actor, id: string, version: number) =>
    withdrawProfile(actor, { id, version, reason: 'withdraw' }),
  confirmProfile: (actor: Actor, id: string, version: number) =>
    confirmProfile(actor, { id, version, reason: 'confirm' }),
  renameProfile: (actor: Actor, id: string, version: number) =>
    renameProfile(actor, { id, version, slug: 'lanterne', reason: 'rename' }),
}

describe.each(Object.entries(commands))('%s', (name, command) => {
  const start = name === 'listProfile' ? 'draft' : 'listed'

  test('allowed: writes the change and its revision together', async () => {
    const { id, version } = await givenProfile({}, start)
    const before = contentVersion()
    expect(await command(administrator, id, version)).toMatchObject({ ok: true, version: 2 })
    expect(revisions()).toMatchObject([{ number: 1 }, { number: 2, actor: 'user:ada' }])
    expect(contentVersion()).toBe(before + 1)
  })

  // An import may complete a profile; it never moves, confirms or renames one.
  const denied =
    name === 'saveProfile' ? [nobody, editorInEurope] : [nobody, editorInEurope, importer]
  test.each(denied)('denied: changes nothing', async (actor) => {
    const { id, version } = await givenProfile({ region: 'africa' }, start)
    const before = everything()
    expect(await command(actor, id, version)).toEqual({ ok: false, reason: 'denied' })
    expect(everything()).toBe(before)
  })

  test('an editor may do it in their own region', async () => {
    const { id, version } = await givenProfile({ region: 'africa' }, start)
    expect(await command(editorInAfrica, id, version)).toMatchObject({ ok: true })
  })

  test('stale: changes nothing', async () => {
    const { id, version } = await givenProfile({}, start)
    const before = everything()
    expect(await command(administrator, id, version + 1)).toEqual({
      ok: false,
      reason: 'stale',
      version,
    })
    expect(everything()).toBe(before)
  })

  test('not there: says so to those who may know', async () => {
    expect(await command(administrator, 'nowhere', 1)).toEqual({ ok: false, reason: 'notFound' })
    expect(await command(nobody, 'nowhere', 1)).toEqual({ ok: false, reason: 'denied' })
  })

  test('rolled back together with its revision', async () => {
    const { id, version } = await givenProfile({}, start)
    const before = everything()
    // The last write of every command fails: nothing of it may stay.
    execute(
      `CREATE TRIGGER stop BEFORE UPDATE ON "ContentVersion" BEGIN SELECT RAISE(ABORT, 'stop'); END`,
    )
    await expect(command(administrator, id, version)).rejects.toThrow()
    expect(everything()).toBe(before)
    execute('DROP TRIGGER stop')
    expect(await command(administrator, id, version)).toMatchObject({ ok: true })
  })
})

describe('saving', () => {
  test('what is already there changes nothing and makes no revision', async () => {
    const { id } = await givenProfile()
    const again = await saveProfile(administrator, {
      profile: { id, version: 1 },
      content: content(),
      reason: 'edit',
    })
    expect(again).toMatchObject({ ok: true, version: 1 })
    expect(revisions()).toHaveLength(1)
  })

  test('an import creates no second organisation of the same name and country', async () => {
    const first = await givenProfile()
    const outcome = await saveProfile(importer, {
      profile: null,
      content: content({ name: 'COLLECTIF  LANTERNE' }),
      reason: 'import',
      importedPage: { content: '{}', contentHash: 'x' },
    })
    expect(outcome).toEqual({ ok: false, reason: 'duplicate', id: first.id })
  })

  test.each<[string, Partial<ProfileContent>, string]>([
    ['an empty name', { name: ' ' }, 'missing'],
    ['a name too long', { name: 'x'.repeat(151) }, 'tooLong'],
    ['an override in the name', { name: 'a\u202Eb' }, 'unsafeCharacters'],
    ['a lone surrogate', { name: 'a\uD800' }, 'unsafeCharacters'],
    ['an unknown country', { country: 'ZZ' as Country }, 'unknownCountry'],
    [
      'a website that runs code',
      {
        contacts: {
          email: null,
          website: { value: 'javascript:alert(1)', published: true },
          telephone: null,
        },
      },
      'notAWebAddress',
    ],
  ])('%s is invalid and named', async (_, changes, code) => {
    const outcome = await saveProfile(administrator, {
      profile: null,
      content: content(changes),
      reason: 'edit',
    })
    expect(outcome).toMatchObject({ ok: false, reason: 'invalid', issues: [{ code }] })
    expect(revisions()).toEqual([])
  })

  test('unknown keys are refused', async () => {
    const outcome = await saveProfile(administrator, {
      profile: null,
      content: { ...content(), sexWorkerLed: true } as ProfileContent,
      reason: 'edit',
    })
    expect(outcome).toMatchObject({ ok: false, reason: 'invalid' })
  })

  test('a changed original leaves its translation behind until that is made again', async () => {
    const { id, slug } = await givenProfile()
    const who = content().answers.who
    const [french, english] = who
    if (!french || !english) throw new Error('the fixture has two answers')
    const changed = { ...french, text: 'Nous travaillons avec toutes les personnes.' }
    const kept = { ...english, source: { language: 'fr', revision: 1 } }
    const save = (version: number, answers: typeof who) =>
      saveProfile(administrator, {
        profile: { id, version },
        content: content({ answers: { ...content().answers, who: answers } }),
        reason: 'edit',
      })
    const outdated = async () => {
      const found = await findPublicProfile(slug)
      return found?.kind === 'profile' ? found.profile.answers.who[1]?.outdated : null
    }
    expect(await outdated()).toBe(false)
    await save(1, [changed, kept])
    expect(await outdated()).toBe(true)
    await save(2, [changed, { ...english, text: 'We work with everyone.' }])
    expect(await outdated()).toBe(false)
  })
})

describe('visibility', () => {
  test('only what is listed can be seen, and former addresses lead only there', async () => {
    const { id, slug } = await givenProfile()
    await renameProfile(administrator, { id, slug: 'lanterne', reason: 'rename' })
    expect(await findPublicProfile(slug)).toEqual({ kind: 'moved', slug: 'lanterne' })
    expect(await findPublicProfile('lanterne')).toMatchObject({ kind: 'profile' })
    for (const off of [hideProfile, withdrawProfile]) {
      await off(administrator, { id, reason: 'test' })
      expect(await findPublicProfile('lanterne')).toBeNull()
      expect(await findPublicProfile(slug)).toBeNull()
      expect(rows('SELECT * FROM "SearchDocument"')).toEqual([])
      expect(rows('SELECT rowid FROM "SearchIndex"')).toEqual([])
      await listProfile(administrator, { id, reason: 'test' })
      expect(await findPublicProfile('lanterne')).toMatchObject({ kind: 'profile' })
    }
  })

  test('withdrawn is off for good: only an administrator lists it again', async () => {
    const { id } = await givenProfile()
    const member: Actor = { kind: 'user', id: 'm', role: 'member', organisations: [id] }
    await withdrawProfile(administrator, { id, reason: 'asked' })
    for (const actor of [editorInAfrica, member]) {
      expect(await listProfile(actor, { id, reason: 'x' })).toMatchObject({ reason: 'denied' })
    }
    expect(await listProfile(administrator, { id, reason: 'x' })).toMatchObject({ ok: true })
  })

  test('a member hides and lists their own organisation, and no other', async () => {
    const own = await givenProfile()
    const other = await givenProfile({ name: 'Autre' })
    const member: Actor = { kind: 'user', id: 'm', role: 'member', organisations: [own.id] }
    expect(await hideProfile(member, { id: own.id, reason: 'x' })).toMatchObject({ ok: true })
    expect(await hideProfile(member, { id: own.id, reason: 'x' })).toMatchObject({ version: 2 })
    expect(await listProfile(member, { id: own.id, reason: 'x' })).toMatchObject({ ok: true })
    expect(await hideProfile(member, { id: other.id, reason: 'x' })).toMatchObject({
      reason: 'denied',
    })
  })

  test('contact details are hidden unless each was chosen to be published', async () => {
    const { slug } = await givenProfile({
      contacts: {
        email: { value: 'desk@lanterne.example', published: false },
        website: { value: 'https://lanterne.example', published: true },
        telephone: null,
      },
    })
    const found = await findPublicProfile(slug)
    expect(found).toMatchObject({ profile: { contact: { website: 'https://lanterne.example' } } })
    expect(JSON.stringify(found)).not.toContain('desk@')
  })

  test('a name that is taken gives the next address', async () => {
    const slugs = [
      await givenProfile(),
      await givenProfile(),
      await givenProfile({ name: 'Print' }),
    ]
    expect(slugs.map(({ slug }) => slug)).toEqual([
      'collectif-lanterne',
      'collectif-lanterne-2',
      'print-2',
    ])
  })
})

describe('the history', () => {
  test('cannot be changed or deleted, even past the program', async () => {
    await givenProfile()
    expect(() => execute(`UPDATE "Revision" SET "content" = '{}'`)).toThrow('append-only')
    expect(() => execute('DELETE FROM "Revision"')).toThrow('append-only')
    expect(() => execute('INSERT OR REPLACE INTO "Revision" SELECT * FROM "Revision"')).toThrow(
      'append-only',
    )
    expect(() => execute('DELETE FROM "Organisation"')).toThrow()
    expect(() => execute('UPDATE "Organisation" SET "fictional" = 1')).toThrow('stays real')
  })

  test('gives way to a recorded erasure only, and the chain still verifies', async () => {
    const { id } = await givenProfile()
    await confirmProfile(administrator, { id, reason: 'confirm' })
    execute(`INSERT INTO "Erasure" VALUES ('e', '${id}', 'user:ada', 'asked', '2026-01-01')`)
    execute(`UPDATE "Revision" SET "content" = '{"erased":true}' WHERE "number" = 1`)
    const chain = rows<Record<string, string | number | null>>(
      'SELECT * FROM "Revision" ORDER BY "number"',
    )
    let previousHash: string | null = null
    for (const link of chain) {
      expect(link['previousHash']).toBe(previousHash)
      const hash = revisionHash({
        organisationId: String(link['organisationId']),
        number: Number(link['number']),
        actor: String(link['actor']),
        at: new Date(String(link['createdAt'])),
        contentHash: String(link['contentHash']),
        previousHash,
      })
      expect(link['hash']).toBe(hash)
      previousHash = hash
    }
    expect(() => execute(`DELETE FROM "Erasure"`)).toThrow('append-only')
  })

  test('goes with organisations that were invented, and only with those', async () => {
    const real = await givenProfile()
    await saveProfile(
      { kind: 'system', name: 'demo' },
      { profile: null, content: content({ name: 'Invented' }), reason: 'demo', fictional: true },
    )
    expect(await removeDemoProfiles(importer)).toEqual({ ok: false, reason: 'denied' })
    const demo: Actor = { kind: 'system', name: 'demo' }
    expect(await removeDemoProfiles(demo)).toEqual({ ok: true, removed: 1 })
    expect(rows('SELECT "id" FROM "Organisation"')).toEqual([{ id: real.id }])
    expect(revisions()).toHaveLength(1)
  })
})
