import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { env } from '@/lib/env'
import { hideProfile, saveProfile, saveProfiles } from '@/lib/profile/commands'
import { freshDatabase } from '@/tests/support/database'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

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
  site = spawn(process.execPath, ['--import', 'tsx', 'server.ts'], {
    env: {
      ...process.env,
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
