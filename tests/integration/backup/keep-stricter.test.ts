import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { KEPT_BACK_KINDS, type KeptBack } from '@/lib/backup/keep-stricter'
import { makeBackup } from '@/lib/backup/make'
import { restoreBackup } from '@/lib/backup/restore'
import { closeDatabase, writer } from '@/lib/database/client'
import { env } from '@/lib/env'
import { hideProfile, listProfile, withdrawProfile } from '@/lib/organisations/publish'
import { eraseOrganisation } from '@/lib/organisations/remove'
import { saveProfile } from '@/lib/organisations/save'
import type { Actor } from '@/lib/permissions/permissions'
import { verifyRevisions } from '@/lib/revisions/verify'
import {
  addAdministrator,
  createPasswordLink,
  disableUser,
  resetTwoFactor,
  updateUser,
} from '@/lib/users/users'
import { freshDatabase, rows } from '@/tests/support/database'
import { createUser } from '@/tests/support/people'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

const AT = new Date('2026-11-25T04:15:00Z')
const NOTHING = Object.fromEntries(KEPT_BACK_KINDS.map((kind) => [kind, 0])) as KeptBack
const CONTACTS = {
  email: { value: 'lanterne@fictional.example', published: true },
  website: null,
  telephone: null,
}
const EDITOR: Actor = { kind: 'user', id: 'eve', role: 'editor', regions: ['africa'] }

let folder = ''
let id = ''
let member = ''
let backup = ''

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'directory-stricter-'))
  backup = path.join(folder, 'backup.db')
  await freshDatabase()
  id = (await givenProfile({ name: 'Collectif Lanterne', contacts: CONTACTS })).id
  member = await createUser('member', { organisations: [id] })
  await createUser('administrator')
  await createPasswordLink(administrator, member)
  await writer().twoFactor.create({
    data: { id: 'factor', secret: 'sealed', backupCodes: 'sealed', userId: member },
  })
  const made = await makeBackup({
    ...{ database: env.databaseFile, migrationsFolder: env.migrationsFolder, to: backup },
    ...{ isFolder: false, at: AT, isScheduled: false, seal: null },
  })
  expect(made).toMatchObject({ ok: true })
})

afterEach(() => {
  fs.rmSync(folder, { recursive: true })
})

/** Restores over the site's own database, which knows what came after the backup, unless another is given. */
async function restore({ isLatest = false, database = env.databaseFile } = {}): Promise<KeptBack> {
  await closeDatabase()
  const done = await restoreBackup({
    ...{ file: backup, database, migrationsFolder: env.migrationsFolder, isLatest, at: AT },
    ...{ secretsFile: path.join(folder, 'secrets.json'), force: true, withSecrets: false },
    passphrase: () => Promise.resolve(null),
  })
  if (!done.ok) throw new Error(done.reason)
  return done.keptBack
}

const [status, heldNow] = [() => profile().status, () => profile().held === 1]
const profile = () =>
  rows<{ status: string; held: number; name: string }>(
    'SELECT "status", "held", "name" FROM "Organisation" WHERE "id" = ?',
    id,
  )[0] ?? { status: 'gone', held: 0, name: '' }
const count = (sql: string) => rows<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)[0]?.n
const change = {
  reason: 'edit',
  get id() {
    return id
  },
}

/** What was done after the backup, what a restore says of it, and what must not be back. */
const ACTS: Record<
  string,
  { act: () => Promise<unknown>; kept: Partial<KeptBack>; holds: () => void }
> = {
  hidden: {
    act: () => hideProfile(administrator, change),
    kept: { hidden: 1 },
    holds: () => expect([status(), heldNow()]).toEqual(['hidden', false]),
  },
  withdrawn: {
    act: () => withdrawProfile(administrator, change),
    kept: { withdrawn: 1 },
    holds: () => expect(status()).toBe('withdrawn'),
  },
  erased: {
    act: () => eraseOrganisation(administrator, { ...change, reason: 'onRequest' }),
    kept: { erased: 1, links: 0, scopes: 0 },
    holds: () => {
      expect([status(), profile().name]).toEqual(['withdrawn', 'erased-1'])
      expect(fs.readFileSync(env.databaseFile).includes('Nous travaillons')).toBe(false)
      expect(fs.readFileSync(env.databaseFile).includes('Collectif Lanterne')).toBe(false)
    },
  },
  'contact unpublished': {
    act: () =>
      saveProfile(administrator, {
        ...{ profile: { id, version: 1 }, reason: 'edit' },
        content: content({
          contacts: { ...CONTACTS, email: { ...CONTACTS.email, published: false } },
        }),
      }),
    kept: { contacts: 1 },
    holds: () => expect(count('"Contact" WHERE "published" = 1')).toBe(0),
  },
  'person disabled': {
    act: () => disableUser(administrator, member),
    // Disabling ends the links of the person too.
    kept: { disabled: 1, links: 1 },
    holds: () => expect(count('"User" WHERE "disabledAt" IS NOT NULL')).toBe(1),
  },
  'organisation taken away': {
    act: () =>
      updateUser(administrator, member, {
        ...{ name: 'Fictional member', locale: 'fr', role: 'member' },
        ...{ regions: [], organisations: [], languages: [] },
      }),
    kept: { scopes: 1 },
    holds: () => expect(count('"UserOrganisation"')).toBe(0),
  },
  'factor reset': {
    act: () => resetTwoFactor(administrator, member),
    kept: { credentials: 1 },
    holds: () =>
      expect(
        count(`"TwoFactor" UNION ALL SELECT count(*) FROM "Account" WHERE "userId" = '${member}'`),
      ).toBe(0),
  },
  'link used': {
    act: () => writer().oneTimeToken.updateMany({ data: { usedAt: AT } }),
    kept: { links: 1 },
    holds: () => expect(count('"OneTimeToken" WHERE "usedAt" IS NULL')).toBe(0),
  },
}

describe.each(Object.entries(ACTS))('%s after the backup', (_, { act, kept, holds }) => {
  test.each([false, true])(
    'stays so where the replaced database knows it, --latest %s',
    async (isLatest) => {
      await act()
      expect(await restore({ isLatest })).toEqual({ ...NOTHING, ...kept })
      holds()
      expect(await verifyRevisions(writer())).toMatchObject({ ok: true })
      await closeDatabase()
    },
  )
})

test('what was listed again, or was not touched, comes back as it was', async () => {
  await hideProfile(administrator, change)
  await listProfile(administrator, change)
  expect(await restore()).toEqual(NOTHING)
  expect([status(), heldNow()]).toEqual(['listed', false])
  expect(count('"Contact" WHERE "published" = 1')).toBe(1)
})

describe('with nothing to compare with', () => {
  const elsewhere = async (isLatest: boolean) => {
    const database = path.join(folder, 'new', 'directory.db')
    const kept = await restore({ isLatest, database })
    fs.copyFileSync(database, env.databaseFile)
    return kept
  }

  test('everything is hidden and held, and nobody gets in with what the backup knows', async () => {
    expect(await elsewhere(false)).toEqual({ ...NOTHING, held: 1, credentials: 2, links: 1 })
    expect([status(), heldNow()]).toEqual(['hidden', true])
    expect(count('"Account"')).toBe(0)
    expect(count('"TwoFactor"')).toBe(0)
    expect(count('"OneTimeToken" WHERE "usedAt" IS NULL')).toBe(0)

    const own: Actor = { kind: 'user', id: member, role: 'member', organisations: [id] }
    for (const actor of [EDITOR, own]) {
      expect(await listProfile(actor, change)).toMatchObject({ ok: false, reason: 'denied' })
    }
    expect(status()).toBe('hidden')
    // The operator lets an administrator in, who lists what may be listed; then it is as before.
    const known = { name: 'Fictional administrator', email: 'administrator@fictional.example' }
    const operator: Actor = { kind: 'system', name: 'command-line' }
    expect(await addAdministrator(operator, { ...known, locale: 'fr' })).toMatchObject({ ok: true })
    expect(await listProfile(administrator, change)).toMatchObject({ ok: true })
    expect([status(), heldNow()]).toEqual(['listed', false])
    expect(await hideProfile(own, change)).toMatchObject({ ok: true })
    expect(await listProfile(own, change)).toMatchObject({ ok: true })
  })

  test('the database itself refuses to list what is held', async () => {
    await elsewhere(false)
    const database = new Database(env.databaseFile)
    expect(() => database.exec(`UPDATE "Organisation" SET "status" = 'listed'`)).toThrow(/held/)
    database.close()
  })

  test('nothing is held where the operator states that nothing came after', async () => {
    expect(await elsewhere(true)).toEqual(NOTHING)
    expect([status(), heldNow()]).toEqual(['listed', false])
    expect(count('"Account"')).toBe(2)
  })

  test('what stands in the replaced database as damaged counts as unknown', async () => {
    await closeDatabase()
    fs.writeFileSync(env.databaseFile, 'not a database any more, for whatever reason there may be')
    expect(await restore()).toMatchObject({ held: 1 })
  })
})
