import { randomUUID } from 'node:crypto'
import { copyFileSync, rmSync } from 'node:fs'
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
import { propose } from '@/lib/proposals/decide'
import { verifyRevisions } from '@/lib/revisions/verify'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import { createUser } from '@/tests/support/people'
import { administrator, content, givenProfile } from '@/tests/support/profiles'
import { exported, imported } from '@/tests/support/site-file'
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
          expect(await imported(file)).toMatchObject({ ok: true, created: count, unchanged: 0 })
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
    expect(await imported(file, { dryRun: true })).toMatchObject({ ok: true, created: 10 })
    expect(rows('SELECT 1 FROM "Organisation"')).toEqual([])
    expect(await imported(file)).toMatchObject({ ok: true, created: 10, unchanged: 0 })
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

  test('a second time: everything is there, nothing is written', async () => {
    await givenSite()
    const file = await exported()
    const before = version()
    expect(await imported(file)).toMatchObject({ ok: true, created: 0, unchanged: 10 })
    expect(version()).toEqual(before)
    expect(await exported()).toBe(file)
  })

  test('a history that is longer than what is read at once', async () => {
    const revisions = Array.from({ length: 47 }, (_, number) => `change ${String(number)}`)
    const pages = Array.from({ length: 23 }, (_, number) => `page ${String(number)}`)
    const organisations = [plain({ revisions, pages }), plain({ name: 'Autre cercle' })]
    const file = fileOf(recordsOf({ organisations, people: [], auditEntries: 1100 }))
    expect(await imported(file)).toMatchObject({ ok: true, created: 2 })
    expect(await exported()).toBe(file)
  })
})

describe('a database that holds something', () => {
  const file = fileOf(
    recordsOf({
      organisations: [plain({ name: 'Un' }), plain({ name: 'Deux' }), plain({ name: 'Trois' })],
      people: [],
      auditEntries: 3,
    }),
  )

  test('what the first start has put there gives way, and invented organisations', async () => {
    await importFiles([SEED], { directory: env.root, dryRun: false })
    await generateDemo(5, 1)
    expect(rows('SELECT 1 FROM "AuditEntry"')).toHaveLength(1)
    expect(await imported(file)).toMatchObject({ ok: true, created: 3, seed: true, fictional: 5 })
    expect(await exported()).toBe(file)
    expect(await verifyAudit()).toEqual({ ok: true, checked: 3 })
    // What guards the history stands as before.
    expect(() => execute('DELETE FROM "Revision"')).toThrow('append-only')
    expect(() => execute('DELETE FROM "AuditEntry"')).toThrow('append-only')
  })

  test('the first page does not give way once somebody has touched it', async () => {
    await importFiles([SEED], { directory: env.root, dryRun: false })
    const [seed] = rows<{ id: string }>('SELECT id FROM "Organisation"')
    await hideProfile(administrator, { id: seed?.id ?? '', reason: 'hide' })
    expect(await imported(file)).toMatchObject({ ok: false, reason: 'otherOrganisations' })
  })

  test('real organisations, people, changes and another log are left alone', async () => {
    const { id, slug } = await givenProfile({ name: 'Cercle réel' })
    const before = await exported()
    expect(await imported(file)).toMatchObject({ ok: false, reason: 'otherOrganisations' })
    expect(await exported()).toBe(before)

    await hideProfile(administrator, { id, reason: 'hide' })
    expect(await imported(before)).toEqual({ ok: false, reason: 'otherRevision', detail: slug })

    await emptyDatabase()
    await createUser('administrator')
    expect(await imported(file)).toMatchObject({ ok: false, reason: 'otherPeople' })

    await emptyDatabase()
    const other = recordsOf({ organisations: [], people: [], auditEntries: 1 })
    const [site, entry] = other
    if (site?.record !== 'site' || entry?.record !== 'auditEntry') throw new Error('no such record')
    expect(await imported(fileOf([site, entry]))).toMatchObject({ ok: true })
    // The same log, longer: it goes on.
    expect(await imported(file)).toMatchObject({ ok: true, created: 3 })
    expect(await exported()).toBe(file)

    await emptyDatabase()
    await writer().$executeRaw`INSERT INTO "AuditEntry"
      ("number", "createdAt", "actor", "action", "detail", "hash")
      VALUES (1, '2026-01-01T00:00:00.000Z', 'nobody', 'signInRefused', '{}', ${randomUUID()})`
    expect(await imported(file)).toMatchObject({ ok: false, reason: 'otherAudit' })
  })

  test('an organisation that is not in the file, beside one that is', async () => {
    expect(await imported(file)).toMatchObject({ ok: true })
    await generateDemo(2, 1)
    expect(await imported(file)).toMatchObject({ ok: false, reason: 'otherOrganisations' })
  })
})

test('only the command line may', async () => {
  const file = await exported()
  expect(await imported(file, { actor: administrator })).toEqual({ ok: false, reason: 'denied' })
})

test('a full disk: what was written is whole, and the same again goes on', async () => {
  const organisations = Array.from({ length: 120 }, (_, number) =>
    plain({ name: `Cercle ${String(number)}`, pages: ['x'.repeat(3000)] }),
  )
  const file = fileOf(recordsOf({ organisations, people: [], auditEntries: 2 }))
  const [{ page_count: pages = 0n } = {}] = await writer().$queryRaw<
    { page_count: bigint }[]
  >`PRAGMA page_count`
  await writer().$queryRawUnsafe(`PRAGMA max_page_count = ${String(Number(pages) + 80)}`)
  const refused = await imported(file)
  expect(refused).toMatchObject({ ok: false, reason: 'diskFull' })
  const written = rows<{ id: string }>('SELECT id FROM "Organisation"').length
  expect(refused).toMatchObject({ created: written })
  expect(written).toBeGreaterThan(0)
  expect(written).toBeLessThan(120)
  expect(await verifyRevisions()).toMatchObject({ ok: true, organisations: written })
  expect(rows('SELECT 1 FROM "ImportedPage"')).toHaveLength(written)
  expect(rows('SELECT 1 FROM "SearchDocument"')).toHaveLength(written)

  await writer().$queryRawUnsafe('PRAGMA max_page_count = 1000000')
  expect(await imported(file)).toMatchObject({
    ...{ ok: true, created: 120 - written, unchanged: written },
  })
  expect(await exported()).toBe(file)
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
