import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyAudit } from '@/lib/audit/verify'
import { closeDatabase, reader, writer } from '@/lib/database/client'
import { generateDemo } from '@/tools/demo/fill'
import { parseFilters } from '@/lib/directory/filters'
import { listOrganisations } from '@/lib/directory/queries'
import { importFiles } from '@/lib/import/apply'
import { env } from '@/lib/env'
import { confirmProfile, hideProfile, withdrawProfile } from '@/lib/organisations/publish'
import { eraseOrganisation } from '@/lib/organisations/remove'
import { renameProfile } from '@/lib/organisations/rename'
import { saveProfile } from '@/lib/organisations/save'
import { findPublicProfile } from '@/lib/organisations/public-queries'
import { propose } from '@/lib/proposals/propose'
import { verifyRevisions } from '@/lib/revisions/verify'
import { exportToFile } from '@/lib/site-transfer/export'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import { createUser } from '@/tests/support/people'
import { administrator, content, givenProfile } from '@/tests/support/profiles'
import { commandLine, exported, imported } from '@/tests/support/site-file'
import { anySite, fileOf, plain, recordsOf } from '@/tests/support/whole-site'

/** `SITE_CASES=10000` looks at so many sites; each takes some hundred milliseconds. */
const CASES = Number(process.env['SITE_CASES'] ?? 8)

const SEED = 'prisma/seed/000_70a62e442eda0162.txt'
const empty = `${env.databaseFile}.empty`

beforeAll(async () => {
  await freshDatabase()
  copyFileSync(env.databaseFile, empty)
})
afterAll(() => rmSync(empty, { force: true }))

/** As `freshDatabase`, and quicker. */
async function emptyDatabase(): Promise<void> {
  await closeDatabase()
  for (const suffix of ['-wal', '-shm']) rmSync(env.databaseFile + suffix, { force: true })
  copyFileSync(empty, env.databaseFile)
}
beforeEach(emptyDatabase)

const version = () =>
  rows<{ contentVersion: number }>('SELECT contentVersion FROM "ContentVersion"')[0]
const list = (query: string) =>
  listOrganisations(parseFilters(new URLSearchParams(query)).filters, 'en')

/** Every kind of thing that a site knows, by the commands that make it. */
async function givenSite() {
  const member = await givenProfile({
    name: 'Cercle Lanterne',
    aliases: ['Lanterne fictive'],
    contacts: {
      email: { value: 'lanterne@fictional.example', published: false },
      website: { value: 'https://lanterne.fictional.example/', published: true },
      telephone: null,
    },
  })
  const renamed = await givenProfile({ name: 'Former Fictional Name', country: 'FR' })
  await renameProfile(administrator, { id: renamed.id, reason: 'rename', slug: 'fictional-now' })
  const changed = await saveProfile(administrator, {
    profile: { id: renamed.id, version: 2 },
    content: content({ name: 'Fictional Now', answers: { ...content().answers, who: [] } }),
    reason: 'Une raison “à soi”\n…',
  })
  expect(changed).toMatchObject({ ok: true })
  await confirmProfile(administrator, { id: member.id, reason: 'confirm' })
  const hidden = await givenProfile({ name: 'Hidden Fictional Circle' })
  await hideProfile(administrator, { id: hidden.id, reason: 'hide' })
  const withdrawn = await givenProfile({ name: 'Withdrawn Fictional Circle' })
  await withdrawProfile(administrator, { id: withdrawn.id, reason: 'withdraw' })
  await givenProfile({ name: 'Draft Fictional Circle' }, 'draft')
  const erased = await givenProfile({ name: 'Erased Fictional Circle' })
  await eraseOrganisation(administrator, { id: erased.id, reason: 'asked' })
  await importFiles([SEED], { directory: env.root, dryRun: false })
  await generateDemo(3, 1)
  const person = await createUser('member', { organisations: [member.id] })
  await createUser('editor', { regions: ['europe', 'africa'] })
  await createUser('translator', { languages: ['sw', 'es'] })
  const proposed = await propose(
    { kind: 'user', role: 'member', id: person, organisations: [member.id] },
    {
      ...{ id: member.id, baseVersion: 2, message: 'Merci !', locale: 'fr' },
      content: content({ name: 'Cercle de la Lanterne' }),
    },
  )
  expect(proposed).toMatchObject({ ok: true })
  return { member, hidden, person }
}

describe('export, import, export', () => {
  test(
    `any site: the same bytes (${String(CASES)} sites)`,
    { timeout: 60_000 + CASES * 4_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(anySite, async (site) => {
          await emptyDatabase()
          const file = fileOf(recordsOf(site))
          const count = site.organisations.length
          expect(await imported(file)).toMatchObject({ ok: true, counts: { organisations: count } })
          expect(await exported()).toBe(file)
          expect(await verifyRevisions()).toMatchObject({ ok: true })
          expect(await verifyAudit()).toMatchObject({ ok: true, checked: site.auditEntries })
          expect((await list('')).total).toBe(
            site.organisations.filter((one) => one.status === 'listed' && !one.isErased).length,
          )
        }),
        { numRuns: CASES },
      )
    },
  )

  test('a site that people have made: the same bytes, and nothing to sign in by', async () => {
    const { hidden, person, member } = await givenSite()
    const file = await exported()
    expect(await exported()).toBe(file)
    const listed = await list('')
    const shown = await findPublicProfile(member.slug)

    await emptyDatabase()
    const before = version()
    expect(await imported(file, { dryRun: true })).toMatchObject({
      ok: true,
      counts: { organisations: 10 },
    })
    expect(rows('SELECT 1 FROM "Organisation"')).toEqual([])
    expect(await imported(file)).toMatchObject({ ok: true })
    expect(await exported()).toBe(file)

    expect(await list('')).toEqual(listed)
    expect(await findPublicProfile(member.slug)).toEqual(shown)
    expect(await findPublicProfile('former-fictional-name')).toMatchObject({ kind: 'moved' })
    expect(await findPublicProfile(hidden.slug)).toBeNull()
    expect((await list('q=lanterne')).total).toBe(1)
    expect((await list('q=hidden+fictional')).organisations.map(({ slug }) => slug)).not.toContain(
      hidden.slug,
    )
    expect(version()).not.toEqual(before)
    expect(rows('SELECT 1 FROM "Account" UNION ALL SELECT 1 FROM "TwoFactor"')).toEqual([])
    const [who] = await reader().user.findMany({ where: { id: person } })
    expect(who).toMatchObject({ email: 'member@fictional.example', twoFactorEnabled: false })
    expect(await verifyRevisions()).toMatchObject({ ok: true, organisations: 10 })
    expect(await verifyAudit()).toMatchObject({ ok: true })
    // The log goes on, and so does the history.
    await hideProfile(administrator, { id: member.id, reason: 'hide' })
    expect(await verifyAudit()).toMatchObject({ ok: true })
    expect(await verifyRevisions()).toMatchObject({ ok: true })
  })

  test('a history that is longer than what is read at once', async () => {
    const revisions = Array.from({ length: 47 }, (_, number) => `change ${String(number)}`)
    const pages = Array.from({ length: 23 }, (_, number) => `page ${String(number)}`)
    const organisations = [plain({ revisions, pages }), plain({ name: 'Autre cercle' })]
    const file = fileOf(recordsOf({ organisations, people: [], auditEntries: 1100 }))
    expect(await imported(file)).toMatchObject({ ok: true })
    expect(await exported()).toBe(file)
  })
})

test('what the file lists is hidden and held, unless nothing came after the export', async () => {
  const organisations = [plain(), plain({ name: 'Autre cercle', status: 'withdrawn' })]
  const file = fileOf(recordsOf({ organisations, people: [], auditEntries: 3 }))
  const states = () =>
    rows<{ state: string }>(
      `SELECT "status" || ' ' || "held" AS "state" FROM "Organisation" ORDER BY "slug"`,
    ).map(({ state }) => state)
  expect(await imported(file, { isLatest: false })).toMatchObject({ ok: true, held: 1 })
  expect(states()).toEqual(['hidden 1', 'withdrawn 0'])
  expect(await verifyRevisions()).toMatchObject({ ok: true })

  await freshDatabase()
  expect(await imported(file)).toMatchObject({ ok: true, held: 0 })
  expect(states()).toEqual(['listed 0', 'withdrawn 0'])
})

describe('a database that is not empty', () => {
  const file = fileOf(recordsOf({ organisations: [plain()], people: [], auditEntries: 3 }))
  const importSeed = () => importFiles([SEED], { directory: env.root, dryRun: false })
  const notEmpty = (organisations: number, people: number, auditEntries: number) => ({
    ...{ ok: false, reason: 'notEmpty', organisations, people, auditEntries },
  })

  test('the seed page is replaced, and history is guarded as before', async () => {
    await importSeed()
    expect(await imported(file, { dryRun: true })).toMatchObject({ replacesSeed: true })
    expect(await imported(file)).toMatchObject({ ok: true, replacesSeed: true })
    expect(await exported()).toBe(file)
    expect(await verifyAudit()).toEqual({ ok: true, checked: 3 })
    expect(() => execute('DELETE FROM "Revision"')).toThrow('append-only')
    expect(() => execute('DELETE FROM "AuditEntry"')).toThrow('append-only')
  })

  test('an invalid file leaves the seed page where it is', async () => {
    await importSeed()
    const before = await exported()
    const invalid = await imported(file.replace('Cercle', 'Cerkle'))
    expect(invalid).toMatchObject({ ok: false, reason: 'file', fault: { reason: 'wrongSum' } })
    expect(await exported()).toBe(before)
    expect(() => execute('DELETE FROM "Revision"')).toThrow('append-only')
  })

  test.each<[string, () => Promise<unknown>, ReturnType<typeof notEmpty>]>([
    ['a site', () => imported(file), notEmpty(1, 0, 3)],
    ['an organisation', () => givenProfile(), notEmpty(1, 0, 1)],
    ['an account', () => createUser('administrator'), notEmpty(0, 1, 0)],
    [
      'an account beside the seed',
      () => importSeed().then(() => createUser('administrator')),
      notEmpty(1, 1, 1),
    ],
    ['invented organisations', () => generateDemo(2, 1), notEmpty(2, 0, 0)],
    [
      'a log',
      () => imported(fileOf(recordsOf({ organisations: [], people: [], auditEntries: 2 }))),
      notEmpty(0, 0, 2),
    ],
    ['a changed seed', () => importSeed().then(hideAll), notEmpty(1, 0, 2)],
  ])('%s stays', async (_, fill, refused) => {
    await fill()
    const before = await exported()
    expect(await imported(file)).toEqual(refused)
    expect(await imported(file, { dryRun: true })).toEqual(refused)
    expect(await exported()).toBe(before)
  })
})

async function hideAll() {
  for (const { id } of rows<{ id: string }>('SELECT id FROM "Organisation"')) {
    expect(await hideProfile(administrator, { id, reason: 'hide' })).toMatchObject({ ok: true })
  }
}

test('only the command line may', async () => {
  const file = await exported()
  expect(await imported(file, { actor: administrator })).toEqual({ ok: false, reason: 'denied' })
})

test('a full disk: nothing is written, and the same again works once there is room', async () => {
  const organisations = Array.from({ length: 300 }, (_, number) =>
    plain({ name: `Cercle ${String(number)}`, pages: ['x'.repeat(15_000)] }),
  )
  const file = fileOf(recordsOf({ organisations, people: [], auditEntries: 2 }))
  const before = await exported()
  // Room for the first batches, not for all.
  await writer().$queryRawUnsafe('PRAGMA max_page_count = 900')
  expect(await imported(file)).toEqual({ ok: false, reason: 'diskFull' })
  expect(await exported()).toBe(before)
  await writer().$queryRawUnsafe('PRAGMA max_page_count = 1000000')
  expect(await imported(file)).toMatchObject({ ok: true })
  expect(await exported()).toBe(file)
})

test('a file that is there stays, unless it is to be replaced', async () => {
  const file = `${env.databaseFile}.jsonl`
  const content = () => readFileSync(file, 'utf8')
  writeFileSync(file, 'precious')
  try {
    expect(await exportToFile(commandLine, file, false)).toEqual({ ok: false, reason: 'exists' })
    expect(content()).toBe('precious')
    expect(await exportToFile(commandLine, file, true)).toMatchObject({ ok: true })
    expect(content()).toBe(await exported())
  } finally {
    rmSync(file)
  }
})

test('a database that could not be read back is not exported, and the record is named', async () => {
  const { id } = await givenProfile()
  execute('DROP TRIGGER "Revision_refuses_update"')
  execute(`UPDATE "Revision" SET "content" = replace("content", 'Lanterne', 'Laterne')`)
  await expect(exported()).rejects.toThrow(
    JSON.stringify({
      ...{ ok: false, reason: 'damaged' },
      fault: { reason: 'brokenChain', detail: 'contentChanged' },
      record: `revision ${id} 1`,
    }),
  )
})
