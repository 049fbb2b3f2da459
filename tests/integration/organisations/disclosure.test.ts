import { beforeEach, expect, test } from 'vitest'
import type { UserActor } from '@/lib/permissions/permissions'
import { hideProfile, listProfile } from '@/lib/organisations/publish'
import { restoreProfile } from '@/lib/organisations/restore-revision'
import type { CommandResult } from '@/lib/organisations/result'
import { editProfile, saveProfile } from '@/lib/organisations/save'
import type { ProfileContent } from '@/lib/organisations/schema'
import { freshDatabase, rows } from '@/tests/support/database'
import { administrator, content } from '@/tests/support/profiles'

const actor: UserActor = { kind: 'user', id: 'eve', role: 'administrator' }
const SECRET = 'Appelez le +257 79 000 111.'

beforeEach(freshDatabase)

function saying(text: string): ProfileContent {
  const plain = content()
  const answer = { language: 'fr', text, provenance: 'original', source: null } as const
  return { ...plain, answers: { ...plain.answers, otherWork: [answer] } }
}

function create(text: string, status: 'draft' | 'listed', asItIs: readonly string[] = []) {
  const input = { profile: null, content: saying(text), reason: 'edit', status, asItIs }
  return saveProfile(administrator, input)
}

function save(profile: { id: string; version: number }, text: string, asItIs: string[] = []) {
  return saveProfile(administrator, { profile, content: saying(text), reason: 'edit', asItIs })
}

function saved(result: CommandResult) {
  if (!result.ok) throw new Error(result.reason)
  return result
}

function hashesOf(result: CommandResult): string[] {
  if (result.ok || result.reason !== 'wouldDisclose') throw new Error('nothing was asked')
  return result.passages.map(({ hash }) => hash)
}

function published(): string {
  return JSON.stringify(rows('SELECT * FROM "Answer"'))
}

test.each([
  ['telephone', SECRET],
  ['email', 'Écrivez à lanterne@example.org.'],
  ['street', 'Nous sommes au 12 rue des Lanternes.'],
  ['whoLeads', 'Notre équipe : 100 % travailleuses du sexe.'],
])('a passage of kind %s stops saving a listed profile', async (kind, text) => {
  const profile = saved(await create('Rien de particulier.', 'listed'))
  const refused = await save(profile, text)
  expect(refused).toMatchObject({ ok: false, reason: 'wouldDisclose', passages: [{ kind }] })
  expect(published()).not.toContain(text)
  expect(await save(profile, text, hashesOf(refused))).toMatchObject({ ok: true })
  expect(published()).toContain(text)
})

test('a draft is saved unasked, and listing it asks', async () => {
  const draft = saved(await create(SECRET, 'draft'))
  const refused = await listProfile(administrator, { id: draft.id, reason: 'list' })
  expect(hashesOf(refused)).toHaveLength(1)
  expect(rows('SELECT "status" FROM "Organisation"')).toEqual([{ status: 'draft' }])
  const asItIs = hashesOf(refused)
  expect(await listProfile(administrator, { id: draft.id, reason: 'list', asItIs })).toMatchObject({
    status: 'listed',
  })
})

test('a new profile that would be listed at once is not created', async () => {
  hashesOf(await create(SECRET, 'listed'))
  expect(rows('SELECT * FROM "Organisation"')).toEqual([])
})

test('a form that saves and lists keeps nothing of it when it is stopped', async () => {
  const draft = saved(await create('Rien de particulier.', 'draft'))
  const input = {
    profile: { id: draft.id, version: draft.version },
    content: saying(SECRET),
    followUp: 'list' as const,
    idempotencyKey: 'form 1',
  }
  const refused = await editProfile(actor, input)
  expect(published()).not.toContain(SECRET)
  expect(await editProfile(actor, { ...input, asItIs: hashesOf(refused) })).toMatchObject({
    ok: true,
    status: 'listed',
  })
})

test('answered for once, an unchanged passage is not asked about until the profile is hidden', async () => {
  const asItIs = hashesOf(await create(SECRET, 'listed'))
  const listed = saved(await create(SECRET, 'listed', asItIs))
  const again = saved(await save(listed, `${SECRET}\nEt autre chose.`))
  hashesOf(await save(again, SECRET.replace('111', '112')))
  saved(await hideProfile(administrator, { id: listed.id, reason: 'hide' }))
  hashesOf(await listProfile(administrator, { id: listed.id, reason: 'list' }))
})

test('a passage that went and comes back is asked about again', async () => {
  const asItIs = hashesOf(await create(SECRET, 'listed'))
  const listed = saved(await create(SECRET, 'listed', asItIs))
  const without = saved(await save(listed, 'Rien de particulier.'))
  hashesOf(await save(without, SECRET))
  const restored = await restoreProfile(administrator, {
    ...{ id: listed.id, version: without.version, revision: listed.version },
    ...{ field: 'all', reason: 'comme avant' },
  })
  hashesOf(restored)
})

test('who answered and for which kind is recorded, never the text', async () => {
  const asItIs = hashesOf(await create(SECRET, 'listed'))
  saved(await create(SECRET, 'listed', asItIs))
  const entries = rows('SELECT * FROM "AuditEntry" WHERE "action" = \'passagesPublished\'')
  expect(entries).toMatchObject([{ detail: '{"kinds":"telephone"}' }])
  const stored = JSON.stringify([entries, rows('SELECT * FROM "Disclosure"')])
  expect(stored).not.toContain('79 000')
  expect(rows('SELECT "kind" FROM "Disclosure"')).toEqual([{ kind: 'telephone' }])
})

test('passages of several kinds in one line are answered for together', async () => {
  const text = 'Appelez le +257 79 000 000, rue de la Paix 12.'
  const asItIs = hashesOf(await create(text, 'listed'))
  saved(await create(text, 'listed', asItIs))
  const entries = rows('SELECT * FROM "AuditEntry" WHERE "action" = \'passagesPublished\'')
  expect(entries).toMatchObject([{ detail: '{"kinds":"street,telephone"}' }])
})
