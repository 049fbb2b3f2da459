import { beforeEach, expect, test } from 'vitest'
import { countRealOrganisations, DEMO_ACTOR, generateDemo } from '@/tools/demo/fill'
import { generateOrganisation } from '@/tools/demo/organisation'
import { reader } from '@/lib/database/client'
import { hideProfile } from '@/lib/organisations/publish'
import { removeDemoProfiles } from '@/lib/organisations/remove'
import { saveProfiles, type SaveInput } from '@/lib/organisations/save'
import { findPublicProfile } from '@/lib/organisations/public-queries'
import { search } from '@/lib/search/search'
import { freshDatabase, rows } from '@/tests/support/database'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

beforeEach(freshDatabase)

const SEED_NAME = 'SOLIDARITE POUR LES DROITS DES TRAVAILLEUSES DE SEXE'

function organisations() {
  return rows<{ name: string; version: number; status: string; fictional: number }>(
    'SELECT name, version, status, fictional FROM "Organisation" ORDER BY name',
  )
}

function answers() {
  return rows(`SELECT o.name, a.question, a.language, a.text, a.provenance, a.changedIn,
      a.sourceLanguage, a.sourceRevision
    FROM "Answer" a JOIN "Organisation" o ON o.id = a.organisationId
    ORDER BY o.name, a.question, a.position`)
}

test('fills an empty directory, and adds nothing the second time', async () => {
  const filled = await generateDemo(60, 1)
  expect(filled).toMatchObject({ added: 60, known: 0 })
  expect(organisations().every(({ fictional }) => fictional === 1)).toBe(true)
  expect(organisations().filter(({ status }) => status === 'listed')).toHaveLength(filled.listed)

  const before = answers()
  expect(await generateDemo(60, 1)).toEqual({
    added: 0,
    listed: 0,
    changedLater: 0,
    known: 60,
  })
  expect(answers()).toEqual(before)
})

test('the same numbers give the same directory; a larger count adds to it', async () => {
  await generateDemo(40, 5)
  const first = answers()
  expect(await generateDemo(55, 5)).toMatchObject({ added: 15, known: 40 })
  await freshDatabase()
  await generateDemo(40, 5)
  expect(answers()).toEqual(first)
  expect(await generateDemo(40, 6)).toMatchObject({ added: 40, known: 0 })
})

test('each has its revision and, where it is listed, its search document', async () => {
  const { listed } = await generateDemo(60, 1)
  const [counts] = rows<{ revisions: number; versions: number; documents: number; rows: number }>(`
    SELECT (SELECT count(*) FROM "Revision") AS revisions,
      (SELECT sum(version) FROM "Organisation") AS versions,
      (SELECT count(*) FROM "SearchDocument") AS documents,
      (SELECT count(*) FROM "SearchIndex") AS rows`)
  expect(counts).toEqual({
    revisions: counts?.versions,
    versions: counts?.versions,
    documents: listed,
    rows: listed,
  })
  expect(rows('SELECT 1 FROM "Revision" WHERE actor <> ?', 'system:demo')).toEqual([])
})

test('some translations are behind, and the page would say so', async () => {
  const index = Array.from({ length: 200 }, (_, place) => place).find((place) => {
    const { later, status } = generateOrganisation(1, place)
    return later !== null && status === 'listed'
  })
  const { changedLater } = await generateDemo((index ?? 0) + 1, 1)
  expect(changedLater).toBeGreaterThan(0)
  const [behind] = rows<{ slug: string }>(
    `SELECT slug FROM "Organisation" WHERE version = 2 AND status = 'listed'`,
  )
  const found = await findPublicProfile(behind?.slug ?? '')
  const shown = found?.kind === 'profile' ? Object.values(found.profile.answers).flat() : []
  expect(shown.some(({ outdated }) => outdated)).toBe(true)
})

test('stopped between the first writing and the later change, it goes on there', async () => {
  const { content: first, status } =
    Array.from({ length: 200 }, (_, place) => generateOrganisation(1, place)).find(
      ({ later }) => later !== null,
    ) ?? generateOrganisation(1, 0)
  await saveProfiles(DEMO_ACTOR, [
    { profile: null, content: first, reason: 'demo', status, fictional: true },
  ])
  const { changedLater, known } = await generateDemo(200, 1)
  expect(known).toBe(1)
  expect(changedLater).toBe(organisations().filter(({ version }) => version === 2).length)
  expect(organisations().find(({ name }) => name === first.name)?.version).toBe(2)
})

test('counts as real what is neither invented nor the seed page, whatever its status', async () => {
  await generateDemo(3, 1)
  await givenProfile({ name: SEED_NAME, country: 'BI' })
  expect(await countRealOrganisations()).toBe(0)
  const { id } = await givenProfile({ name: 'Collectif Réel', country: 'BI' })
  await hideProfile(administrator, { id, reason: 'hide' })
  expect(await countRealOrganisations()).toBe(1)
  await givenProfile({ name: SEED_NAME, country: 'RW' })
  expect(await countRealOrganisations()).toBe(2)
})

test('removal takes what was invented and nothing else', async () => {
  await givenProfile({ name: 'Collectif Réel' })
  await generateDemo(30, 1)
  expect(await removeDemoProfiles(DEMO_ACTOR)).toEqual({ ok: true, removed: 30 })
  expect(organisations()).toMatchObject([{ name: 'Collectif Réel' }])
  expect(rows('SELECT * FROM "Revision"')).toHaveLength(1)
  expect(rows('SELECT * FROM "SearchDocument"')).toHaveLength(1)
})

test('many in one transaction are found at once, each by its latest words alone', async () => {
  const save = (name: string, who: string): SaveInput => ({
    profile: null,
    content: content({ name, aliases: [who] }),
    reason: 'demo',
    status: 'listed',
    fictional: true,
  })
  const [first] = await saveProfiles(DEMO_ACTOR, [
    save('Lanterne Une', 'canarix'),
    save('Lanterne Deux', 'canarix'),
  ])
  const count = async (q: string) => (await search(reader(), q)).documents.length
  expect([await count('lanterne'), await count('canarix')]).toEqual([2, 2])

  const again = (version: number, who: string): SaveInput => ({
    ...save('Lanterne Une', who),
    profile: { id: first?.ok ? first.id : '', version },
  })
  const saved = await saveProfiles(DEMO_ACTOR, [again(1, 'merlix'), again(2, 'pinsonix')])
  expect(saved).toMatchObject([{ version: 2 }, { version: 3 }])
  expect(await count('lanterne')).toBe(2)
  expect(await count('canarix')).toBe(1)
  expect(await count('merlix')).toBe(0)
  expect(await count('pinsonix')).toBe(1)
})

test('many in one transaction: a refused one stops no other, an error undoes them all', async () => {
  const save = (name: string) => ({
    profile: null,
    content: content({ name }),
    reason: 'demo',
    status: 'listed' as const,
    fictional: true,
  })
  const outcomes = await saveProfiles(DEMO_ACTOR, [
    save('Un (fictif)'),
    save(''),
    { ...save('Réel'), fictional: false },
    save('Deux (fictif)'),
  ])
  expect(outcomes).toMatchObject([
    { ok: true },
    { ok: false, reason: 'invalid' },
    { ok: false, reason: 'denied' },
    { ok: true },
  ])
  expect(organisations()).toHaveLength(2)

  const twin = { ...save('Trois (fictif)'), profile: { id: 'nowhere', version: Number.NaN } }
  const unreadable = { ...save('Quatre (fictif)'), reason: null as unknown as string }
  await expect(saveProfiles(DEMO_ACTOR, [save('Cinq (fictif)'), unreadable])).rejects.toThrow()
  expect(await saveProfiles(DEMO_ACTOR, [twin])).toMatchObject([{ ok: false, reason: 'notFound' }])
  expect(organisations()).toHaveLength(2)
})
