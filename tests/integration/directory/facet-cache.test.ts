import { execFileSync } from 'node:child_process'
import { beforeEach, expect, test, vi } from 'vitest'
import { parseFilters } from '@/lib/directory/filters'
import { currentFacetIndex } from '@/lib/directory/facet-cache'
import { countByCountry } from '@/lib/directory/map'
import {
  countFacets,
  directoryOverview,
  findProfilesPage,
  listOrganisations,
} from '@/lib/directory/queries'
import { eraseOrganisation } from '@/lib/organisations/remove'
import { hideProfile, listProfile, withdrawProfile } from '@/lib/organisations/publish'
import { saveProfile } from '@/lib/organisations/save'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

// What is kept in memory must never outlive what the database says.

beforeEach(freshDatabase)

const everything = parseFilters({}).filters

/** What every public list says now: total, names, counts. */
async function seen() {
  const [{ total, organisations }, { regions }, overview] = await Promise.all([
    listOrganisations(everything, 'fr'),
    countFacets(everything),
    directoryOverview('fr'),
  ])
  expect(overview.total).toBe(total)
  expect(overview.regions).toEqual(regions)
  return { total, names: organisations.map(({ name }) => name), africa: regions.africa }
}

async function found(q: string) {
  return (await listOrganisations(parseFilters({ q }).filters, 'fr')).total
}

test('what is hidden, withdrawn or listed again is so in the next answer', async () => {
  const { id } = await givenProfile({ name: 'Collectif Lanterne' })
  await givenProfile({ name: 'Réseau Boussole' })
  const both = { total: 2, names: ['Collectif Lanterne', 'Réseau Boussole'], africa: 2 }
  const one = { total: 1, names: ['Réseau Boussole'], africa: 1 }
  expect(await seen()).toEqual(both)
  expect(await found('lanterne')).toBe(1)
  await hideProfile(administrator, { id, reason: 'hide' })
  expect(await seen()).toEqual(one)
  expect(await found('lanterne')).toBe(0)
  await listProfile(administrator, { id, reason: 'list' })
  expect(await seen()).toEqual(both)
  await withdrawProfile(administrator, { id, reason: 'withdraw' })
  expect(await seen()).toEqual(one)
})

test('what is erased is in no list, count or search', async () => {
  const { id } = await givenProfile({ name: 'Collectif Lanterne', country: 'BI' })
  await givenProfile({ name: 'Réseau Boussole', country: 'RW' })
  expect(await seen()).toMatchObject({ total: 2 })
  expect(await eraseOrganisation(administrator, { id, reason: 'request' })).toMatchObject({
    ok: true,
  })
  expect(await seen()).toEqual({ total: 1, names: ['Réseau Boussole'], africa: 1 })
  expect(await found('lanterne')).toBe(0)
  expect(await countByCountry(null)).toMatchObject({
    total: 1,
    countries: [{ country: 'RW', count: 1 }],
  })
})

test('a changed name, region, area or language is so in the next answer', async () => {
  const { id, version } = await givenProfile({ name: 'Collectif Lanterne' })
  expect(await seen()).toMatchObject({ names: ['Collectif Lanterne'], africa: 1 })
  await saveProfile(administrator, {
    profile: { id, version },
    content: content({ name: 'Alliance Braise', region: 'europe', priorityAreas: ['violence'] }),
    reason: 'edit',
  })
  expect(await seen()).toMatchObject({ names: ['Alliance Braise'], africa: 0 })
  const violence = parseFilters({ area: 'violence' }).filters
  expect((await listOrganisations(violence, 'fr')).total).toBe(1)
})

test('what another process hides and lists is so in the next answer', async () => {
  const { slug } = await givenProfile({ name: 'Collectif Lanterne' })
  expect(await seen()).toMatchObject({ total: 1 })
  const setStatus = (status: string) =>
    execFileSync(process.execPath, [
      ...['--import', 'tsx', '--input-type=module', '-e'],
      `const { setStatus } = await import('./tests/support/create-organisations.ts')
      await setStatus('${slug}', '${status}')`,
    ])
  setStatus('hidden')
  expect(await seen()).toMatchObject({ total: 0, names: [] })
  expect(await found('lanterne')).toBe(0)
  setStatus('listed')
  expect(await seen()).toMatchObject({ total: 1 })
})

test('what is hidden by hand in the database leaves lists, counts and search as well', async () => {
  await givenProfile({ name: 'Collectif Lanterne' })
  expect(await seen()).toMatchObject({ total: 1 })
  execute(`UPDATE "Organisation" SET "status" = 'hidden'`)
  expect(await seen()).toMatchObject({ total: 0, names: [] })
  expect(await found('lanterne')).toBe(0)
  expect(rows('SELECT * FROM "SearchDocument"')).toEqual([])
})

test('where more went than the log keeps, everything is read anew', async () => {
  const { id } = await givenProfile({ name: 'Collectif Lanterne' })
  await givenProfile({ name: 'Réseau Boussole' })
  expect(await seen()).toMatchObject({ total: 2 })
  const before = await currentFacetIndex()
  await hideProfile(administrator, { id, reason: 'hide' })
  execute(`PRAGMA foreign_keys = OFF;
    WITH RECURSIVE many(n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM many WHERE n < 11200)
    INSERT INTO "SearchDocument" ("id", "organisationId", "indexVersion")
    SELECT n, 'nobody-' || n, 1 FROM many;
    DELETE FROM "SearchDocument" WHERE "id" >= 1000`)
  expect(rows<{ kept: number }>('SELECT count(*) AS kept FROM "IndexTombstone"')).toEqual([
    { kept: 10_000 },
  ])
  expect(await seen()).toMatchObject({ total: 1, names: ['Réseau Boussole'] })
  expect(await currentFacetIndex()).not.toBe(before)
})

test('nothing of one database is said about another', async () => {
  await givenProfile({ name: 'Collectif Lanterne' })
  expect(await seen()).toMatchObject({ names: ['Collectif Lanterne'] })
  await freshDatabase()
  await givenProfile({ name: 'Réseau Boussole' })
  expect(await seen()).toMatchObject({ names: ['Réseau Boussole'] })
})

test('two that keep the directory in one process both see what was hidden', async () => {
  const { id } = await givenProfile({ name: 'Collectif Lanterne' })
  vi.resetModules()
  const other = await import('@/lib/directory/queries')
  expect(other.findProfilesPage).not.toBe(findProfilesPage)
  expect([await seen(), await other.findProfilesPage(everything)]).toMatchObject([
    { total: 1 },
    { total: 1 },
  ])
  await hideProfile(administrator, { id, reason: 'hide' })
  expect([await other.findProfilesPage(everything), await seen()]).toMatchObject([
    { total: 0 },
    { total: 0 },
  ])
})

test('however many ask at a time, each sees what was written before it asked', async () => {
  const kept = await givenProfile({ name: 'Collectif Lanterne' })
  const totals: Promise<{ total: number }>[] = []
  for (let round = 0; round < 10; round++) {
    const change = { id: kept.id, reason: 'test' }
    await (round % 2 === 0 ? hideProfile : listProfile)(administrator, change)
    totals.push(findProfilesPage(everything), findProfilesPage(everything))
    expect((await findProfilesPage(everything)).total).toBe(round % 2)
  }
  await Promise.all(totals)
})

test('an answer has no gap where profiles are saved while it is made', async () => {
  const saved = await Promise.all(
    ['Un', 'Deux', 'Trois', 'Quatre'].map((name) => givenProfile({ name: `Collectif ${name}` })),
  )
  const search = parseFilters({ q: 'collectif' }).filters
  let done = false
  const saving = (async () => {
    for (const { id, version } of saved) {
      for (let next = version; next < version + 8; next++) {
        const outcome = await saveProfile(administrator, {
          profile: { id, version: next },
          content: content({ name: `Collectif ${id.slice(0, 4)} ${String(next)}` }),
          reason: 'edit',
        })
        expect(outcome).toMatchObject({ ok: true })
      }
    }
    done = true
  })()
  while (!done) {
    const { total, profiles } = await findProfilesPage(search)
    expect(total).toBe(4)
    expect(new Set(profiles.map(({ slug }) => slug)).size).toBe(4)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await saving
})

test('a reading that failed is not kept', async () => {
  await givenProfile({ name: 'Collectif Lanterne' })
  execute('ALTER TABLE "PriorityArea" RENAME TO "Elsewhere"')
  await expect(currentFacetIndex()).rejects.toThrow()
  execute('ALTER TABLE "Elsewhere" RENAME TO "PriorityArea"')
  expect((await currentFacetIndex()).size).toBe(1)
})

test('a text in no certain language can be asked for and is not offered', async () => {
  const answer = { language: 'und', text: 'Mbote na bino', provenance: 'original' as const }
  await givenProfile({
    answers: { ...content().answers, who: [{ ...answer, source: null }] },
  })
  const uncertain = parseFilters({ lang: 'und' }).filters
  expect((await listOrganisations(uncertain, 'fr')).total).toBe(1)
  expect((await countFacets(everything)).languages).toEqual([])
})
