import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/permissions/permissions'
import { writer } from '@/lib/database/client'
import { eraseOrganisation } from '@/lib/organisations/remove'
import { renameProfile } from '@/lib/organisations/rename'
import { withdrawProfile } from '@/lib/organisations/publish'
import { exportOrganisation } from '@/lib/organisations/export-json'
import { freshDatabase, rows } from '@/tests/support/database'
import { createUser } from '@/tests/support/people'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

beforeEach(freshDatabase)

function trail() {
  return rows<{ action: string; actor: string; subject: string | null }>(
    `SELECT "action", "actor", "subject" FROM "AuditEntry" WHERE "action" IN ('exported', 'permissionDenied')`,
  )
}

describe('the data of an organisation', () => {
  test('are given whole to its member, with every revision, and leave a trace', async () => {
    const { id } = await givenProfile({
      contacts: {
        email: { value: 'desk@lanterne.example', published: false },
        website: null,
        telephone: null,
      },
    })
    await renameProfile(administrator, { id, slug: 'lanterne', reason: 'rename' })
    const at = new Date()
    await writer().proposal.create({
      data: {
        ...{ id: 'p', organisationId: id, baseVersion: 1, content: JSON.stringify(content()) },
        ...{ author: 'user:mia', authorEmail: 'mia@x.example', authorLocale: 'fr' },
        ...{ message: 'Voici', createdAt: at, updatedAt: at },
      },
    })
    await writer().importedPage.create({
      data: { organisationId: id, createdAt: at, content: '{"name":"L"}', contentHash: 'x' },
    })
    const member: Actor = { kind: 'user', id: 'mia', role: 'member', organisations: [id] }
    const outcome = await exportOrganisation(member, id)
    if (!outcome.ok) throw new Error(outcome.reason)
    expect(outcome.slug).toBe('lanterne')
    expect(outcome.data).toMatchObject({
      format: 1,
      profile: { name: 'Collectif Lanterne', contacts: { email: { published: false } } },
      formerSlugs: [{ slug: 'collectif-lanterne' }],
      revisions: [
        { number: 1, reason: 'edit', content: { name: 'Collectif Lanterne' } },
        { number: 2, reason: 'rename', content: { slug: 'lanterne' } },
      ],
      proposals: [{ author: 'user:mia', message: 'Voici', content: { country: 'BI' } }],
      importedPages: [{ content: { name: 'L' } }],
    })
    expect(JSON.stringify(outcome.data)).not.toContain('mia@x.example')
    expect(trail()).toEqual([{ action: 'exported', actor: 'user:mia', subject: id }])
  })

  test('hold something of every table that knows the organisation, and what it was not asked for', async () => {
    const { id } = await givenProfile()
    const person = await createUser('member', { organisations: [id] })
    const other = await createUser('editor', { regions: ['africa'] })
    const at = new Date()
    for (const [userId, form] of [
      [person, 'own'],
      [other, 'of the other'],
    ] as const) {
      await writer().formDraft.create({
        data: {
          ...{ id: form, userId, organisationId: id, baseVersion: 1, updatedAt: at },
          fields: JSON.stringify({ name: [`typed, ${form}`] }),
        },
      })
    }
    await writer().editingPresence.create({
      data: { organisationId: id, userId: other, openedAt: at },
    })
    const member: Actor = { kind: 'user', id: person, role: 'member', organisations: [id] }
    const theirs = await exportOrganisation(member, id)
    if (!theirs.ok) throw new Error(theirs.reason)
    expect(theirs.data).toMatchObject({ people: [person] })
    // What somebody has begun to type is theirs alone.
    expect(theirs.data['formsBegun']).toEqual([
      { userId: person, updatedAt: at },
      { userId: other, updatedAt: at },
    ])
    expect(theirs.data['ownForms']).toEqual([{ updatedAt: at, fields: { name: ['typed, own'] } }])
    // Who did what is for those who may read the log.
    expect(Object.keys(theirs.data)).not.toContain('log')
    expect(Object.keys(theirs.data)).not.toContain('opened')
    const outcome = await exportOrganisation(administrator, id)
    if (!outcome.ok) throw new Error(outcome.reason)
    expect(outcome.data).toMatchObject({
      ownForms: [],
      opened: [{ userId: other }],
      log: [{ action: 'profileListed' }, { action: 'exported', actor: `user:${person}` }],
    })
  })

  test('leave out no table that knows the organisation, but for what is made of the others', () => {
    const schema = readFileSync('prisma/schema.prisma', 'utf8')
    const models = schema
      .split(/^(?=model )/m)
      .filter((model) => /^ {2}organisationId /m.test(model))
      .map((model) => /^model (\w+)/.exec(model)?.[1] ?? '')
    const inProfile = ['Answer', 'PriorityArea', 'Alias', 'Contact']
    const besides = ['FormerSlug', 'Revision', 'Proposal', 'ImportedPage', 'UserOrganisation']
    const ofPeople = ['OneTimeToken', 'FormDraft', 'EditingPresence', 'Disclosure']
    // The index is made of the profile; after an erasure nothing is given at all.
    const leftOut = ['SearchDocument', 'Erasure']
    expect(models.sort()).toEqual([...inProfile, ...besides, ...ofPeople, ...leftOut].sort())
  })

  test('are refused to everybody else, with a trace of who is known', async () => {
    const { id } = await givenProfile()
    const others: Actor[] = [
      { kind: 'anonymous' },
      { kind: 'user', id: 'eve', role: 'member', organisations: ['other'] },
      { kind: 'user', id: 'ann', role: 'editor', regions: ['europe'] },
      // They see answers; contact details and what others have proposed are not for them.
      { kind: 'user', id: 'tom', role: 'translator', organisations: [id], languages: [] },
      { kind: 'user', id: 'lea', role: 'translator', organisations: [], languages: ['es'] },
      { kind: 'link', id: 'abc', organisation: id },
    ]
    for (const actor of others) {
      expect(await exportOrganisation(actor, id)).toEqual({ ok: false, reason: 'denied' })
    }
    expect(trail()).toEqual([
      { action: 'permissionDenied', actor: 'user:eve', subject: id },
      { action: 'permissionDenied', actor: 'user:ann', subject: id },
      { action: 'permissionDenied', actor: 'user:tom', subject: id },
      { action: 'permissionDenied', actor: 'user:lea', subject: id },
      { action: 'permissionDenied', actor: 'link:abc', subject: id },
    ])
  })

  test('are there no more once they were withdrawn for the member, or erased for anybody', async () => {
    const { id } = await givenProfile()
    const member: Actor = { kind: 'user', id: 'mia', role: 'member', organisations: [id] }
    await withdrawProfile(administrator, { id, reason: 'asked' })
    expect(await exportOrganisation(member, id)).toMatchObject({ reason: 'denied' })
    expect(await exportOrganisation(administrator, id)).toMatchObject({ ok: true })
    await eraseOrganisation(administrator, { id, reason: 'onRequest' })
    expect(await exportOrganisation(administrator, id)).toMatchObject({ reason: 'notFound' })
    expect(await exportOrganisation(administrator, 'nowhere')).toMatchObject({ reason: 'notFound' })
  })
})
