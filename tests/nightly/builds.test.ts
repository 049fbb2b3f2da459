import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { freePort } from '@/tests/support/site'

// On a working copy of its own with the real npm, Next and packages: it changes sources and builds twice.
// Below this one, because packages are linked, not copied, and the bundler follows no link out of its root.
const copy = path.resolve('.next-copy-for-tests')
const at = (...names: string[]) => path.join(copy, ...names)

beforeAll(() => {
  fs.rmSync(copy, { recursive: true, force: true })
  fs.mkdirSync(copy)
  const files = spawnSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
  for (const file of files.stdout.split('\n').filter((name) => fs.existsSync(name) && name)) {
    if (!file.startsWith('tests/')) fs.cpSync(file, at(file))
  }
  spawnSync('cp', ['-al', 'node_modules', at('node_modules')])
})

afterAll(() => {
  fs.rmSync(copy, { recursive: true, force: true })
})

const running: ChildProcess[] = []
afterEach(async () => {
  for (const site of running.splice(0)) {
    const ended = new Promise((resolve) => site.once('close', resolve))
    if (site.kill('SIGTERM')) await ended
  }
})

/** `npm start` as somebody types it; gives its address when it is ready, and how to stop it. */
async function npmStart(settings: Record<string, string> = {}) {
  const port = String(await freePort())
  const site = spawn('npm', ['start'], {
    cwd: copy,
    env: {
      NODE_ENV: 'production',
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.alloc(32, port).toString('base64'),
      DATABASE_URL: `file:./data/${port}.db`,
      PORT: port,
      ...settings,
    },
  })
  running.push(site)
  let said = ''
  const listen = (words: Buffer) => (said += words.toString())
  site.stdout.on('data', listen)
  site.stderr.on('data', listen)
  await new Promise<void>((resolve, reject) => {
    site.stdout.on('data', () => /^Ready: /m.test(said) && resolve())
    site.once('close', () => reject(new Error(said)))
  })
  const get = async (address: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${address}`)
    return { status: answer.status, text: await answer.text() }
  }
  return { get, built: said.includes('building the site') }
}

/** Every file of a folder with its hash. */
function contents(folder: string): Record<string, string> {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    files
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file, createHash('sha256').update(fs.readFileSync(file)).digest('hex')]),
  )
}

const current = () => fs.realpathSync(at('.next/current'))

test('one build serves every set of settings; beside a running server another is made, which it does not notice', async () => {
  const first = await npmStart({
    SITE_NAME: 'First Site',
    NETWORK_NAME: 'First Network',
    CONTACT_EMAIL: 'desk@first.example',
    PUBLIC_ORIGIN: 'https://first.example',
    EXIT_URL: 'https://first.example/leave',
  })
  expect(first.built).toBe(true)
  const build = current()
  const before = contents(build)
  const second = await npmStart({
    SITE_NAME: 'Second Site',
    NETWORK_NAME: 'Second Network',
    CONTACT_EMAIL: 'desk@second.example',
    PUBLIC_ORIGIN: 'https://second.example',
    EXIT_URL: 'off',
  })
  expect(second.built).toBe(false)
  for (const [site, name, other] of [
    [first, 'First', 'Second'],
    [second, 'Second', 'First'],
  ] as const) {
    const about = (await site.get('/en/about')).text
    const all = [about, (await site.get('/en/no-such-page')).text, (await site.get('/en')).text]
    all.push((await site.get('/robots.txt')).text, (await site.get('/en/feed.xml')).text)
    expect(about).toContain(`<title>About the directory – ${name} Site`)
    expect(about).toContain(`${name} Network`)
    expect(about).toContain(`desk@${name.toLowerCase()}.example`)
    expect(all[3]).toContain(`https://${name.toLowerCase()}.example/sitemap.xml`)
    expect(all.join('\n')).not.toMatch(
      new RegExp(`${other} (Site|Network)|${other}\\.example`, 'i'),
    )
  }
  expect((await first.get('/en')).text).toContain('/leave')
  expect(current()).toBe(build)
  expect(contents(build)).toEqual(before)

  const words = fs.readFileSync(at('messages/en.json'), 'utf8')
  fs.writeFileSync(
    at('messages/en.json'),
    words.replaceAll('"About the directory"', '"Changed words"'),
  )
  fs.appendFileSync(at('public/icon.svg'), '<!-- changed -->')
  fs.renameSync(at('prisma/migrations'), at('prisma/migrations-away'))
  fs.cpSync(at('prisma/migrations-away'), at('prisma/migrations'), { recursive: true })
  const third = await npmStart()
  expect(third.built).toBe(true)
  expect(current()).not.toBe(build)
  expect((await third.get('/en/about')).text).toContain('Changed words')

  // Pages and files that the first server has not loaded yet.
  for (const address of [
    '/fr/privacy',
    '/en/map',
    '/en/sign-in',
    '/api/organisations',
    '/readyz',
  ]) {
    expect((await first.get(address)).status, address).toBe(200)
  }
  expect((await first.get('/en/about?again')).text).not.toContain('Changed words')
  expect((await first.get('/icon.svg')).text).not.toContain('changed')
  const style = /href="(\/_next\/static\/[^"]+\.css)"/.exec((await first.get('/fr')).text)?.[1]
  expect((await first.get(style ?? '')).status).toBe(200)
  expect(contents(build)).toEqual(before)
}, 1_800_000)
