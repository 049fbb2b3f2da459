import { existsSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/permissions/permissions'
import { verifyAudit } from '@/lib/audit/verify'
import { writer } from '@/lib/database/client'
import { env } from '@/lib/env'
import { queueMail } from '@/lib/mail/outbox'
import { confirmProfile, hideProfile, listProfile } from '@/lib/organisations/publish'
import { eraseOrganisation } from '@/lib/organisations/remove'
import { renameProfile } from '@/lib/organisations/rename'
import { saveProfile } from '@/lib/organisations/save'
import { findPublicProfile } from '@/lib/organisations/public-queries'
import { verifyRevisions } from '@/lib/revisions/verify'
import { freshDatabase, rows } from '@/tests/support/database'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

beforeEach(freshDatabase)

/** In every text of the organisation, as it is typed and as it is folded for the search. */
const CANARY = 'zvqxcanary'

/** Where the file, its log or a copy in them still says the canary. */
function traces(): string[] {
  return ['', '-wal'].filter(
    (suffix) =>
      existsSync(env.databaseFile + suffix) &&
      readFileSync(env.databaseFile + suffix, 'latin1')
        .toLowerCase()
        .includes(CANARY),
  )
}

/** An organisation that has left its words in every place there is. */
async function givenOrganisation(): Promise<string> {
  const text = (place: string) => `${CANARY}-${place} ${'mot '.repeat(2000)} ${CANARY}-end`
  const answer = (place: string) => ({
    ...{ language: 'fr', text: text(place), provenance: 'original' as const, source: null },
  })
  const { id } = await givenProfile({
    name: `Collectif ${CANARY}`,
    aliases: [`${CANARY} alias`],
    contacts: {
      email: { value: `desk@${CANARY}.example`, published: true },
      website: { value: `https://${CANARY}.example`, published: true },
      telephone: null,
    },
    answers: {
      who: [answer('who')],
      involvement: [answer('involvement')],
      challenges: [],
      otherWork: [answer('other')],
    },
  })
  await saveProfile(
    { kind: 'system', name: 'import' },
    {
      profile: { id, version: 1 },
      content: content({ name: `Collectif ${CANARY} deux` }),
      reason: `${CANARY} a demandé`,
      importedPage: { content: JSON.stringify({ name: CANARY }), contentHash: 'x' },
    },
  )
  await renameProfile(administrator, { id, slug: `${CANARY}-adresse`, reason: CANARY })
  await confirmProfile(administrator, { id, reason: 'confirm' })
  await hideProfile(administrator, { id, reason: 'hide' })
  await listProfile(administrator, { id, reason: 'list' })
  const at = new Date()
  await writer().$transaction(async (tx) => {
    await tx.user.create({
      data: {
        ...{ id: 'mia', name: 'Mia', email: 'mia@x.example', role: 'member', locale: 'fr' },
        ...{ createdAt: at, updatedAt: at, organisations: { create: { organisationId: id } } },
      },
    })
    await tx.proposal.create({
      data: {
        ...{ id: 'p', organisationId: id, baseVersion: 1, content: text('proposal') },
        ...{ author: 'link:x', authorEmail: `a@${CANARY}.example`, authorLocale: 'fr' },
        ...{ message: CANARY, createdAt: at, updatedAt: at, answer: CANARY },
      },
    })
    await tx.formDraft.create({
      data: { id: 'k', userId: 'mia', organisationId: id, fields: text('kept'), updatedAt: at },
    })
    await tx.oneTimeToken.create({
      data: {
        ...{ id: 'l', kind: 'proposal', organisationId: id, email: `l@${CANARY}.example` },
        ...{ createdBy: 'ada', createdAt: at, expiresAt: at },
      },
    })
    await tx.editingPresence.create({ data: { organisationId: id, userId: 'mia', openedAt: at } })
    const outcome = JSON.stringify({ ok: true, id, slug: CANARY })
    await tx.idempotencyKey.create({ data: { id: 'f', userId: 'mia', outcome, receivedAt: at } })
    await queueMail(tx, {
      ...{ recipient: `m@${CANARY}.example`, locale: 'fr', template: 'proposalReceived' },
      values: { organisation: `Collectif ${CANARY} deux`, link: `${env.PUBLIC_ORIGIN}/fr/admin` },
    })
  })
  return id
}

describe('an erasure', () => {
  test('leaves no word in the database, its index, its file and its log', async () => {
    const id = await givenOrganisation()
    await givenProfile({ name: 'Autre', region: 'europe' })
    expect(traces()).not.toEqual([])
    expect(await eraseOrganisation(administrator, { id, reason: 'onRequest' })).toEqual({
      ok: true,
      id,
      slug: 'erased-1',
      version: 7,
      status: 'withdrawn',
    })
    expect(traces()).toEqual([])
  })

  test('leaves none either where the profile was taken off long before', async () => {
    const id = await givenOrganisation()
    for (let count = 0; count < 30; count++) await givenProfile({ name: `Autre ${count}` })
    await hideProfile(administrator, { id, reason: 'hide' })
    await eraseOrganisation(administrator, { id, reason: 'onRequest' })
    expect(traces()).toEqual([])
    expect(rows('SELECT rowid FROM "SearchIndex"')).toHaveLength(30)
    const found = rows(`SELECT rowid FROM "SearchIndex" WHERE "SearchIndex" MATCH '"autre"'`)
    expect(found).toHaveLength(30)
  })

  test('leaves the chains whole, a tombstone in each place, and its record', async () => {
    const id = await givenOrganisation()
    const other = await givenProfile({ name: 'Autre' })
    await eraseOrganisation(administrator, { id, reason: 'onRequest' })
    expect(await verifyRevisions()).toEqual({ ok: true, checked: 8, organisations: 2 })
    expect(await verifyAudit()).toMatchObject({ ok: true })
    const of = (organisationId: string) =>
      rows(
        'SELECT DISTINCT "content", "reason" FROM "Revision" WHERE "organisationId" = ?',
        organisationId,
      )
    expect(of(id)).toEqual([{ content: '{"erased":true}', reason: 'erased' }])
    expect(of(other.id)).toMatchObject([{ reason: 'edit' }])
    expect(rows('SELECT * FROM "Erasure"')).toMatchObject([
      { organisationId: id, actor: 'user:ada', reason: 'onRequest' },
    ])
    expect(rows('SELECT * FROM "AuditEntry" ORDER BY "number" DESC LIMIT 1')).toMatchObject([
      { action: 'profileErased', subject: id, actor: 'user:ada', detail: '{"revisions":7}' },
    ])
  })

  test('leaves an empty withdrawn row with a name that says nothing', async () => {
    const id = await givenOrganisation()
    await eraseOrganisation(administrator, { id, reason: 'onRequest' })
    expect(rows('SELECT * FROM "Organisation"')).toMatchObject([
      {
        ...{ id, slug: 'erased-1', name: 'erased-1', nameFolded: 'erased-1', status: 'withdrawn' },
        ...{ country: null, region: null, listedAt: null, confirmedAt: null, confirmedBy: null },
      },
    ])
    const tables = [
      ...['Answer', 'PriorityArea', 'Alias', 'Contact', 'FormerSlug', 'ImportedPage', 'Proposal'],
      ...[
        'FormDraft',
        'OneTimeToken',
        'EditingPresence',
        'UserOrganisation',
        'IdempotencyKey',
        'OutboxMail',
      ],
      'SearchDocument',
    ]
    for (const table of tables) expect(rows(`SELECT * FROM "${table}"`), table).toEqual([])
    expect(rows('SELECT "id" FROM "User"')).toEqual([{ id: 'mia' }])
  })

  test('is seen by the public at once: nothing is at any address it ever had', async () => {
    const id = await givenOrganisation()
    const version = () => rows<{ contentVersion: number }>('SELECT * FROM "ContentVersion"')[0]
    const before = version()?.contentVersion ?? 0
    await eraseOrganisation(administrator, { id, reason: 'onRequest' })
    expect(version()?.contentVersion).toBe(before + 1)
    for (const slug of [`collectif-${CANARY}`, `${CANARY}-adresse`, 'erased-1']) {
      expect(await findPublicProfile(slug)).toBeNull()
    }
  })

  test('cannot be undone: no command finds the organisation any more', async () => {
    const id = await givenOrganisation()
    await eraseOrganisation(administrator, { id, reason: 'onRequest' })
    const change = { id, reason: 'x' }
    const refused = { ok: false, reason: 'notFound' }
    expect(await listProfile(administrator, change)).toEqual(refused)
    expect(await hideProfile(administrator, change)).toEqual(refused)
    expect(await confirmProfile(administrator, change)).toEqual(refused)
    expect(await renameProfile(administrator, { ...change, slug: 'x' })).toEqual(refused)
    expect(await eraseOrganisation(administrator, change)).toEqual(refused)
    const save = { profile: { id, version: 7 }, content: content(), reason: 'x' }
    expect(await saveProfile(administrator, save)).toEqual(refused)
  })

  test('is an administrator’s alone; whoever else tries is on record and changes nothing', async () => {
    const { id } = await givenProfile()
    const others: Actor[] = [
      { kind: 'anonymous' },
      { kind: 'system', name: 'import' },
      { kind: 'user', id: 'ann', role: 'editor', regions: ['africa'] },
      { kind: 'user', id: 'mia', role: 'member', organisations: [id] },
      { kind: 'link', id: 'l', organisation: id },
    ]
    for (const actor of others) {
      expect(await eraseOrganisation(actor, { id, reason: 'x' })).toEqual({
        ok: false,
        reason: 'denied',
      })
    }
    expect(rows('SELECT * FROM "Erasure"')).toEqual([])
    expect(rows(`SELECT "actor" FROM "AuditEntry" WHERE "action" = 'permissionDenied'`)).toEqual([
      { actor: 'user:ann' },
      { actor: 'user:mia' },
      { actor: 'link:l' },
    ])
  })

  test('is refused where the profile changed since', async () => {
    const { id } = await givenProfile()
    expect(await eraseOrganisation(administrator, { id, version: 2, reason: 'x' })).toEqual({
      ok: false,
      reason: 'stale',
      version: 1,
    })
  })
})
