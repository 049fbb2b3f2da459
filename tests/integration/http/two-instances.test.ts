import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { closeDatabase, writer } from '@/lib/database/client'
import { env } from '@/lib/env'
import { hideProfile, listProfile } from '@/lib/organisations/publish'
import { createProposalLink } from '@/lib/proposals/proposal-links'
import { rows } from '@/tests/support/database'
import { administratorCookie, sendFields, sendProfile } from '@/tests/support/desk-over-http'
import { ask } from '@/tests/support/http'
import { readForm, sendForm } from '@/tests/support/plain-form'
import { administrator, givenProfile } from '@/tests/support/profiles'
import { runSite, type RunningSite } from '@/tests/support/site'

/** Milliseconds in which a hidden profile is gone from everywhere: the promise to organisations. */
const GONE_WITHIN = 2_000

const sites: RunningSite[] = []
let cookie = ''

beforeAll(async () => {
  await closeDatabase()
  for (const suffix of ['', '-wal', '-shm']) rmSync(env.databaseFile + suffix, { force: true })
  const start = () =>
    runSite({ databaseUrl: `file:${env.databaseFile}`, settings: { LOG_LEVEL: 'warn' } })
  sites.push(...(await Promise.all([start(), start()])))
  cookie = await administratorCookie()
}, 240_000)

afterAll(async () => {
  for (const site of sites) await site.stop()
})

const onBoth = async <Got>(get: (base: string) => Promise<Got>) =>
  Promise.all(sites.map(({ baseUrl }) => get(baseUrl)))

const page = (base: string, address: string) =>
  ask(base, address, { headers: { 'accept-encoding': 'br' } })

/** Where a profile is shown: on both instances, wherever it was cached. */
async function shownAt(slug: string, name: string): Promise<string[]> {
  const addresses = [`/fr/organisations/${slug}`, `/en/organisations/${slug}`]
  const lists = ['/fr/organisations', '/api/organisations', '/fr/feed.xml']
  const own = `/api/organisations/${slug}`
  const found = await onBoth(async (base) => {
    const shown = []
    for (const address of [...addresses, own]) {
      if ((await page(base, address)).status === 200) shown.push(base + address)
    }
    for (const address of lists) {
      const { body } = await page(base, address)
      if (body.includes(name) || body.includes(slug)) shown.push(base + address)
    }
    return shown
  })
  return found.flat()
}

describe('two instances on one database', () => {
  test('started at the same moment on an empty folder: the seed page is imported once', async () => {
    for (const { said } of sites) {
      await vi.waitFor(() => expect(said()).toContain('Ready: '), { timeout: 60_000 })
      expect(said()).not.toContain('seedNotImported')
    }
    const seeded = (table: string) =>
      rows(`SELECT * FROM "${table}" r JOIN "Organisation" o ON o."id" = r."organisationId"
        WHERE o."slug" LIKE 'solidarite-%'`)
    expect(seeded('ImportedPage')).toHaveLength(1)
    expect(seeded('Revision').length).toBe(
      rows(`SELECT DISTINCT number FROM "Revision" r
      JOIN "Organisation" o ON o."id" = r."organisationId" WHERE o."slug" LIKE 'solidarite-%'`)
        .length,
    )
    expect(rows(`SELECT * FROM "JobLease" WHERE "job" = 'seed'`)).toEqual([])
    const names = rows<{ migration_name: string }>('SELECT migration_name FROM _prisma_migrations')
    expect(new Set(names.map((row) => row.migration_name)).size).toBe(names.length)
  })

  test.each(['the first instance', 'the second instance', 'another process'])(
    'hidden by %s, a profile is gone from every address within two seconds',
    async (who) => {
      const name = `Fictional Lantern of ${who}`
      const { id, slug } = await givenProfile({ name })
      // Twice: first rendered, then cached.
      for (let round = 0; round < 2; round++) expect(await shownAt(slug, name)).toHaveLength(12)
      const base = sites[['the first instance', 'the second instance'].indexOf(who)]?.baseUrl
      if (base === undefined) await hideProfile(administrator, { id, reason: 'hide' })
      else {
        const form = await readForm(base, `/fr/admin/organisations/${id}/status`, cookie)
        expect((await sendForm(base, form, { act: 'hide' }, cookie)).status).toBe(303)
      }
      const hiddenAt = performance.now()
      for (let shown = ['']; shown.length > 0;) {
        const isLate = performance.now() - hiddenAt > GONE_WITHIN
        shown = await shownAt(slug, name)
        expect(isLate ? shown : []).toEqual([])
      }
      await listProfile(administrator, { id, reason: 'list' })
      expect(await shownAt(slug, name)).toHaveLength(12)
    },
  )

  test('what is saved through both at once is all there', async () => {
    const sent = await Promise.all(
      Array.from({ length: 24 }, async (_, number) => {
        const name = `Fictional Crowd ${String(number)}`
        const text = `Texte ${String(number)}.`
        const fields = { name, countryName: 'Burundi', 'answers.who.fr.text': text }
        const base = sites[number % 2]?.baseUrl ?? ''
        return { ...(await sendProfile(base, cookie, fields)), name, text }
      }),
    )
    for (const { status, saved, headers, body, text } of sent) {
      if (saved !== null) continue
      expect(status).toBe(503)
      expect(headers).toHaveProperty('retry-after')
      expect(body).toContain(text)
    }
    const done = sent.filter(({ saved }) => saved !== null)
    expect(done.length).toBeGreaterThan(0)
    const stored = rows<{ name: string; text: string }>(
      `SELECT o."name", a."text" FROM "Organisation" o JOIN "Answer" a ON a."organisationId" = o."id"
       WHERE o."name" LIKE 'Fictional Crowd %' ORDER BY o."name"`,
    )
    const expected = done.map(({ name, text }) => ({ name, text }))
    expect(stored).toEqual(expected.sort((one, other) => (one.name < other.name ? -1 : 1)))
  })

  test('what somebody with a link has typed and one of them refused, the other shows again', async () => {
    const { id } = await givenProfile({ name: 'Fictional Harbour' })
    const secret = await writer().$transaction((tx) =>
      createProposalLink(tx, {
        ...{ organisationId: id, email: 'link@fictional.example', createdBy: 'person:ada' },
      }),
    )
    const first = sites[0]?.baseUrl ?? ''
    const { location } = await sendFields(first, `/fr/propose/${secret}/send`, '', {
      ...{ base: '1', form: 'one', intent: 'propose', name: 'Fictional Harbour' },
      'contacts.website.value': 'no-address-of-a-page',
    })
    expect(location).toContain('kept=faults')
    const shown = await onBoth(async (base) => (await page(base, location)).body)
    expect(shown.map((body) => body.includes('no-address-of-a-page'))).toEqual([true, true])
  })
})
