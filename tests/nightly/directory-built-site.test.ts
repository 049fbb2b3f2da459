import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { env } from '@/lib/env'
import { hideProfile } from '@/lib/organisations/publish'
import { saveProfile, saveProfiles } from '@/lib/organisations/save'
import { freshDatabase } from '@/tests/support/database'
import { DOORS } from '@/tests/support/doors'
import { administrator, content, givenProfile } from '@/tests/support/profiles'
import { startCommand } from '@/tests/support/start-command'

const built = '.next-test'
let site: ChildProcess
let origin = ''
let all: { id: string; slug: string; version: number }[] = []

beforeAll(async () => {
  if (!existsSync(path.join(built, 'BUILD_ID'))) {
    throw new Error('The site is not built yet: run node cli/setup.mjs test')
  }
  await freshDatabase()
  const saved = await saveProfiles(
    administrator,
    Array.from({ length: 60 }, (_, number) => ({
      profile: null,
      content: content({ name: `Fictional Circle ${String(number + 10)}` }),
      reason: 'edit',
      status: 'listed' as const,
    })),
  )
  all = saved.flatMap((outcome) => (outcome.ok ? [outcome] : []))
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  origin = `http://localhost:${String(port)}`
  site = spawn(process.execPath, startCommand.args, {
    env: {
      ...process.env,
      ...startCommand.settings,
      CONTACT_EMAIL: '',
      DATABASE_URL: `file:${env.databaseFile}`,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
      NEXT_DIST_DIR: built,
      NODE_ENV: 'production',
      PORT: String(port),
      PUBLIC_ORIGIN: '',
    },
    stdio: 'ignore',
  })
  await vi.waitFor(async () => expect((await fetch(`${origin}/healthz`)).status).toBe(200), {
    timeout: 50_000,
    interval: 200,
  })
})

afterAll(async () => {
  const ended = new Promise((resolve) => site.once('close', resolve))
  site.kill('SIGTERM')
  await ended
})

async function listAt(address: string): Promise<{ slugs: string[]; next: string | null }> {
  const response = await fetch(origin + address)
  expect(response.status).toBe(200)
  const html = await response.text()
  const slugs = [...html.matchAll(/<h2><a href="\/en\/organisations\/([^"?]+)"/g)]
  const next = /<a rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
  return { slugs: slugs.flatMap(([, slug]) => slug ?? []), next: next ?? null }
}

test('what another process hides, renames and lists leaves no gap between two pages, and is seen', async () => {
  const first = await listAt('/en/organisations')
  expect(first.slugs).toHaveLength(24)
  expect(first.next).toMatch(/^\/en\/organisations\?page=2&after=/)
  const [hidden, moved] = [first.slugs[0], first.slugs[23]].map((slug) =>
    all.find((one) => one.slug === slug),
  )
  if (!hidden || !moved) throw new Error('not one of those given')
  await hideProfile(administrator, { id: hidden.id, reason: 'hide' })
  await saveProfile(administrator, {
    profile: moved,
    content: content({ name: 'Fictional Circle 999' }),
    reason: 'edit',
  })
  for (const name of ['Fictional Circle 08', 'Fictional Circle 09', 'Fictional Circle 100'])
    await givenProfile({ name })

  const seen = [...first.slugs]
  for (let next = first.next; next !== null;) {
    const page = await listAt(next)
    seen.push(...page.slugs)
    next = page.next
  }
  const stayed = all.map(({ slug }) => slug).filter((slug) => slug !== moved.slug)
  expect(seen.filter((slug) => stayed.includes(slug)).sort()).toEqual(stayed.sort())
  const again = await listAt('/en/organisations')
  expect(again.slugs).not.toContain(hidden.slug)
  expect(again.slugs.slice(0, 2)).toEqual(['fictional-circle-08', 'fictional-circle-09'])
})

test('a cursor that is none is left out, and the page says so', async () => {
  const response = await fetch(`${origin}/fr/organisations?page=2&after=nonsense`)
  expect(response.status).toBe(200)
  expect(await response.text()).toContain('after=nonsense')
})

describe('a field that the public may no longer see', () => {
  const words = {
    email: 'courrielvisible',
    answer: 'motvisible',
    translation: 'visibleword',
    alias: 'Aliasvisible',
  }
  const shown = content({
    name: 'Zzz Fictional Fields',
    country: 'IS',
    region: 'europe',
    aliases: [words.alias],
    contacts: {
      email: { value: `${words.email}@fictional.example`, published: true },
      website: null,
      telephone: null,
    },
    answers: {
      ...content().answers,
      involvement: [
        { language: 'fr', text: words.answer, provenance: 'original', source: null },
        {
          ...{ language: 'en', text: words.translation, provenance: 'translation' },
          source: { language: 'fr', revision: 'current' },
        },
      ],
    },
  })
  const slug = 'zzz-fictional-fields'
  const ofTheProfile = [
    ...['/fr', '/en'].map((locale) => `${locale}/organisations/${slug}`),
    ...['/fr', '/en'].map((locale) => `${locale}/organisations/${slug}?view=both`),
    `/api/organisations/${slug}`,
    '/api/organisations?country=IS',
    '/fr/organisations/list.csv?country=IS',
    '/en/organisations/list.json?country=IS',
    '/fr/organisations/print?country=IS',
    '/en/organisations/print?country=IS',
    '/fr/feed.xml?country=IS',
    '/en/organisations?country=IS',
    '/fr/organisations/pays/islande',
  ]
  const searches = Object.values(words).flatMap((word) => [
    `/fr/organisations?q=${word}`,
    `/api/organisations?q=${word}`,
    `/en/organisations/list.json?q=${word}`,
  ])
  const others = Object.values(DOORS).flat()

  /** Where each of the words can be read, and which searches find the profile by one. */
  async function seen() {
    const found = { email: [], answer: [], translation: [], alias: [] } as Record<
      keyof typeof words,
      string[]
    >
    for (const address of [...ofTheProfile, ...others]) {
      const body = await (await fetch(origin + address)).text()
      for (const name of ['email', 'answer', 'translation', 'alias'] as const) {
        if (body.toLowerCase().includes(words[name].toLowerCase())) found[name].push(address)
      }
    }
    const finding: string[] = []
    for (const address of searches) {
      const body = await (await fetch(origin + address)).text()
      if (body.includes(slug)) finding.push(address)
    }
    return { ...found, finding }
  }

  test(
    'is gone from every door and every search within seconds, and the rest stays',
    { timeout: 120_000 },
    async () => {
      const { id, version } = await givenProfile(shown)
      const before = await vi.waitFor(
        async () => {
          const all = await seen()
          expect(all.finding.length).toBeGreaterThan(0)
          return all
        },
        { timeout: 20_000 },
      )
      // What cannot be seen before proves nothing afterwards.
      const profile = `/fr/organisations/${slug}`
      const api = `/api/organisations/${slug}`
      for (const name of ['email', 'answer', 'alias'] as const) {
        expect(before[name], name).toEqual(expect.arrayContaining([profile, api]))
      }
      expect(before.translation).toEqual(
        expect.arrayContaining([`/en/organisations/${slug}`, `${profile}?view=both`, api]),
      )
      for (const list of ['list.csv', 'list.json']) {
        expect(before.answer.some((address) => address.includes(list))).toBe(true)
      }
      for (const word of [words.answer, words.translation, words.alias.toLowerCase()]) {
        expect(before.finding.map((address) => address.toLowerCase())).toContain(
          `/api/organisations?q=${word}`,
        )
      }

      // Another process: the site must notice what it did not do itself.
      const saved = await saveProfile(administrator, {
        profile: { id, version },
        content: {
          ...shown,
          aliases: [],
          contacts: {
            ...shown.contacts,
            email: { value: `${words.email}@fictional.example`, published: false },
          },
          answers: { ...shown.answers, involvement: [] },
        },
        reason: 'edit',
      })
      expect(saved).toMatchObject({ ok: true })
      const nowhere = { email: [], answer: [], translation: [], alias: [], finding: [] }
      await vi.waitFor(async () => expect(await seen()).toEqual(nowhere), { timeout: 20_000 })
      const rest = await (await fetch(origin + profile)).text()
      expect(rest).toContain('Zzz Fictional Fields')
      expect(rest).toContain('Nous travaillons avec des femmes')
    },
  )
})
