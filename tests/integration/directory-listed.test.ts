import { beforeEach, expect, test } from 'vitest'
import { parseFilters } from '@/lib/directory/filters'
import { listedOrganisations } from '@/lib/directory/listed'
import { countChoices, directoryOverview, listOrganisations } from '@/lib/directory/queries'
import { hideProfile, listProfile, saveProfile, withdrawProfile } from '@/lib/profile/commands'
import { execute, freshDatabase } from '@/tests/support/database'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

// What is kept in memory must never outlive what the database says.

beforeEach(freshDatabase)

const everything = parseFilters({}).filters

/** What every public list says now: total, name, counts. */
async function seen() {
  const [{ total, organisations }, { regions }, overview] = await Promise.all([
    listOrganisations(everything, 'fr'),
    countChoices(everything),
    directoryOverview('fr'),
  ])
  expect(overview.total).toBe(total)
  expect(overview.regions).toEqual(regions)
  return { total, names: organisations.map(({ name }) => name), africa: regions.africa }
}

test('what is hidden, withdrawn or listed again is so in the next answer', async () => {
  const { id } = await givenProfile({ name: 'Collectif Lanterne' })
  await givenProfile({ name: 'Réseau Boussole' })
  const both = { total: 2, names: ['Collectif Lanterne', 'Réseau Boussole'], africa: 2 }
  const one = { total: 1, names: ['Réseau Boussole'], africa: 1 }
  expect(await seen()).toEqual(both)
  await hideProfile(administrator, { id, reason: 'hide' })
  expect(await seen()).toEqual(one)
  await listProfile(administrator, { id, reason: 'list' })
  expect(await seen()).toEqual(both)
  await withdrawProfile(administrator, { id, reason: 'withdraw' })
  expect(await seen()).toEqual(one)
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

test('what another process writes is so in the next answer', async () => {
  await givenProfile({ name: 'Collectif Lanterne' })
  expect(await seen()).toMatchObject({ total: 1 })
  execute(`UPDATE "Organisation" SET "status" = 'hidden';
    UPDATE "Directory" SET "contentVersion" = "contentVersion" + 1`)
  expect(await seen()).toMatchObject({ total: 0, names: [] })
})

test('nothing of one database is said about another at the same content version', async () => {
  await givenProfile({ name: 'Collectif Lanterne' })
  expect(await seen()).toMatchObject({ names: ['Collectif Lanterne'] })
  await freshDatabase()
  await givenProfile({ name: 'Réseau Boussole' })
  expect(await seen()).toMatchObject({ names: ['Réseau Boussole'] })
})

test('is read once while nothing changes, by however many at a time', async () => {
  await givenProfile({ name: 'Collectif Lanterne' })
  const [first, second] = await Promise.all([listedOrganisations(), listedOrganisations()])
  expect(second).toBe(first)
  expect(await listedOrganisations()).toBe(first)
})

test('a reading that failed is not kept', async () => {
  await givenProfile({ name: 'Collectif Lanterne' })
  execute('ALTER TABLE "PriorityArea" RENAME TO "Elsewhere"')
  await expect(listedOrganisations()).rejects.toThrow()
  execute('ALTER TABLE "Elsewhere" RENAME TO "PriorityArea"')
  expect(await listedOrganisations()).toHaveLength(1)
})

test('a text in no certain language can be asked for and is not offered', async () => {
  const answer = { language: 'und', text: 'Mbote na bino', provenance: 'original' as const }
  await givenProfile({
    answers: { ...content().answers, who: [{ ...answer, source: null }] },
  })
  const uncertain = parseFilters({ lang: 'und' }).filters
  expect((await listOrganisations(uncertain, 'fr')).total).toBe(1)
  expect((await countChoices(everything)).languages).toEqual([])
})
