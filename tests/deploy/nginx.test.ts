import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { request } from 'node:https'
import { connect as connectSecurely } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readForm, sendForm } from '@/tests/support/plain-form'
import { createTestUser } from '@/tests/support/sign-in'
import { freePort, runSite, type RunningSite } from '@/tests/support/site'

const hasNginx = spawnSync('nginx', ['-v']).status === 0
const CONFIGURATION = 'deploy/nginx/member-directory.conf'
/** The certificate of the tests is made for this name. */
const HOST = 'localhost'

const folder = mkdtempSync(path.join(tmpdir(), 'directory-nginx-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Got = { status: number; headers: IncomingHttpHeaders; body: string }

/** Asks nginx; the certificate is of our own making. */
function get(
  port: number,
  address: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path: address,
        method,
        servername: HOST,
        rejectUnauthorized: false,
        agent: false,
        headers: { host: `${HOST}:${String(port)}`, ...headers },
      },
      (answer) => {
        let body = ''
        answer.setEncoding('utf8')
        answer.on('data', (chunk: string) => (body += chunk))
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
        )
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}

type Front = { port: number; plainPort: number; stop: () => Promise<void> }

/** Runs nginx with the configuration of the repository; only its names, ports and paths are others. */
async function startNginx(
  name: string,
  [first = 0, second = first]: number[],
  port: number,
): Promise<Front> {
  const own = path.join(folder, name)
  const plainPort = await freePort()
  mkdirSync(own)
  const tls = path.resolve('tests/support/tls')
  const replaced: [string | RegExp, string][] = [
    ['server 127.0.0.1:3000 ', `server 127.0.0.1:${String(first)} `],
    ['server 127.0.0.1:3001 ', `server 127.0.0.1:${String(second)} `],
    [/listen 80\b/g, `listen 127.0.0.1:${String(plainPort)}`],
    [/listen 443\b/g, `listen 127.0.0.1:${String(port)}`],
    [
      /\/etc\/letsencrypt\/live\/\S+\/fullchain\.pem/,
      path.join(tls, 'only-for-tests-certificate.pem'),
    ],
    [/\/etc\/letsencrypt\/live\/\S+\/privkey\.pem/, path.join(tls, 'only-for-tests-key.pem')],
    [/directory\.example\.org/g, HOST],
    ['/var/www/away', path.resolve('deploy/nginx')],
    ['/var/log/nginx/error.log', path.join(own, 'error.log')],
  ]
  let site = readFileSync(CONFIGURATION, 'utf8')
  for (const [from, to] of replaced) {
    const changed = site.replaceAll(from instanceof RegExp ? new RegExp(from, 'g') : from, to)
    expect(changed, String(from)).not.toBe(site)
    site = changed
  }
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${path.join(own, kind)};`,
  )
  const configuration = path.join(own, 'nginx.conf')
  writeFileSync(
    configuration,
    [
      ...[
        'daemon off;',
        `pid ${path.join(own, 'pid')};`,
        `error_log ${path.join(own, 'main.log')};`,
      ],
      ...['worker_processes 1;', 'events {}', 'http {', 'types { text/html html; }'],
      ...[...temporary, site, '}', ''],
    ].join('\n'),
  )
  const check = spawnSync('nginx', ['-t', '-c', configuration, '-p', own], { encoding: 'utf8' })
  expect(check.stderr).toContain('test is successful')
  expect(check.stderr).not.toContain('[warn]')
  const nginx = spawn('nginx', ['-c', configuration, '-p', own], { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => nginx.once('exit', () => resolve()))
  await answers(nginx, port)
  return {
    port,
    plainPort,
    stop: async () => {
      nginx.kill('SIGTERM')
      await ended
    },
  }
}

async function answers(nginx: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + 20_000
  while (Date.now() < deadline && nginx.exitCode === null) {
    if (
      await get(port, '/').then(
        () => true,
        () => false,
      )
    )
      return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('nginx does not answer')
}

test('the style of the page for when the site is away is the one that its policy allows', () => {
  const page = readFileSync('deploy/nginx/away.html', 'utf8')
  const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? ''
  const hash = createHash('sha256').update(style).digest('base64')
  expect(readFileSync(CONFIGURATION, 'utf8')).toContain(`style-src 'sha256-${hash}'`)
})

test.runIf(!hasNginx)('not run: nginx is not installed here (apt-get install nginx-light)', () => {
  expect(hasNginx).toBe(false)
})

describe.runIf(hasNginx)('nginx in front of what says what it was asked', () => {
  const echo = createServer((asked, answer) => {
    answer.setHeader('content-type', 'application/json')
    answer.end(JSON.stringify({ url: asked.url, headers: asked.headers }))
  })
  let front: Front
  beforeAll(async () => {
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
    front = await startNginx('echo', [(echo.address() as AddressInfo).port], await freePort())
  })
  afterAll(async () => {
    await front.stop()
    echo.closeAllConnections()
    echo.close()
  })

  test('what a visitor claims about itself does not reach the site', async () => {
    const { body } = await get(front.port, '/fr//a/../%2e%2e/b?q=%20+', {
      'x-forwarded-for': '203.0.113.7, 10.0.0.1',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-real-ip': '203.0.113.7',
      forwarded: 'for=203.0.113.7;host=evil.example',
    })
    const asked = JSON.parse(body) as { url: string; headers: IncomingHttpHeaders }
    expect(asked.url).toBe('/fr//a/../%2e%2e/b?q=%20+')
    expect(asked.headers).toMatchObject({
      host: HOST,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': HOST,
      'x-forwarded-proto': 'https',
    })
    for (const name of ['x-real-ip', 'forwarded', 'upgrade']) {
      expect(asked.headers).not.toHaveProperty(name)
    }
  })

  test('another host gets nothing at all', async () => {
    await expect(get(front.port, '/', { host: 'evil.example' })).rejects.toThrow()
    await expect(
      new Promise((resolve, reject) => {
        const socket = connectTls({
          port: front.port,
          servername: 'evil.example',
          rejectUnauthorized: false,
        })
        socket.once('secureConnect', resolve)
        socket.once('error', reject)
      }),
    ).rejects.toThrow()
  })

  test('without https there is the way to https and nothing else', async () => {
    const answer = await fetch(`http://${HOST}:${String(front.plainPort)}/fr?a=b`, {
      redirect: 'manual',
    })
    expect(answer.status).toBe(301)
    expect(answer.headers.get('location')).toBe(`https://${HOST}/fr?a=b`)
  })

  test('speaks HTTP/2', async () => {
    const session = connectSecurely(`https://localhost:${String(front.port)}`, {
      rejectUnauthorized: false,
    })
    const stream = session.request({ ':path': '/', ':authority': HOST })
    const status = await new Promise((resolve, reject) => {
      stream.once('response', (headers) => resolve(headers[':status']))
      stream.once('error', reject)
      session.once('error', reject)
    })
    stream.resume()
    session.close()
    expect(status).toBe(200)
  })

  test('a request that trickles in is ended', { timeout: 60_000 }, async () => {
    const began = Date.now()
    await new Promise<void>((resolve, reject) => {
      const socket = connectTls({ port: front.port, servername: HOST, rejectUnauthorized: false })
      socket.once('secureConnect', () => socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n'))
      socket.on('data', () => undefined)
      socket.once('close', () => resolve())
      socket.once('error', () => resolve())
      setTimeout(() => reject(new Error('still open')), 40_000).unref()
    })
    expect(Date.now() - began).toBeGreaterThan(1_000)
  })
})

describe.runIf(hasNginx)('nginx in front of the site', () => {
  let front: Front
  const sites: RunningSite[] = []
  beforeAll(async () => {
    const [port, ...sitePorts] = [await freePort(), await freePort(), await freePort()]
    front = await startNginx('site', sitePorts, port)
    const databaseUrl = `file:${path.join(folder, 'directory.db')}`
    const settings = {
      PUBLIC_ORIGIN: `https://${HOST}:${String(port)}`,
      TRUSTED_PROXIES: '127.0.0.1',
    }
    const starting = sitePorts.map((sitePort) => runSite({ port: sitePort, databaseUrl, settings }))
    sites.push(...(await Promise.all(starting)))
    Object.assign(process.env, { BASE_URL: settings.PUBLIC_ORIGIN, DATABASE_URL: databaseUrl })
  }, 180_000)
  afterAll(async () => {
    for (const site of sites) await site.stop()
    await front.stop()
  })

  test('a page comes as the site has compressed it, kept to https', async () => {
    const answer = await get(front.port, '/fr', { 'accept-encoding': 'br, gzip' })
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-encoding': 'br',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'cache-control': 'no-cache',
    })
    const plain = await get(front.port, '/fr')
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.body).toContain(`href="https://${HOST}:${String(front.port)}/fr"`)
    const again = await get(front.port, '/fr', { 'if-none-match': String(plain.headers['etag']) })
    expect(again.status).toBe(304)
  })

  test('somebody signs in, with cookies that only https knows', async () => {
    const person = await createTestUser('member')
    const base = process.env['BASE_URL']
    const answer = await sendForm(base, await readForm(base, '/fr/sign-in'), {
      email: person.email,
      password: person.password,
    })
    expect(answer.status).toBe(303)
    const cookies = [answer.headers['set-cookie'] ?? []].flat()
    const session = cookies.find((cookie) => cookie.startsWith('__Host-directory.session='))
    expect(session).toMatch(/; Secure/i)
    const cookie = session?.split(';')[0] ?? ''
    expect((await get(front.port, '/fr/admin', { cookie })).status).toBe(200)
    const left = await get(front.port, '/fr/leave', { cookie })
    expect(left.headers['clear-site-data']).toBe('"cookies", "storage"')
  })

  test('a form of another site is refused, whatever it says about its host', async () => {
    const foreign = { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }
    const answer = await get(front.port, '/fr/sign-in', foreign, 'POST')
    expect(answer.status).toBe(403)
    expect(answer.body).toContain('<html lang="fr"')
  })

  test('a rush of readers behind one address is served', async () => {
    const answers = Array.from({ length: 150 }, () => get(front.port, '/fr'))
    const statuses = (await Promise.all(answers)).map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set([200]))
    // The floor for what whole carriers send from one address.
    const configuration = readFileSync(CONFIGURATION, 'utf8')
    const [, rate, burst] = /rate=(\d+)r\/s[^]*burst=(\d+) nodelay/.exec(configuration) ?? []
    expect([Number(rate) >= 100, Number(burst) >= 500]).toEqual([true, true])
  })

  test('one of two instances may stop, and every request is answered', async () => {
    await sites.shift()?.stop()
    for (let count = 0; count < 10; count++) {
      expect((await get(front.port, '/fr')).status).toBe(200)
    }
  })

  test('when the site is away there is a page in both languages, and nothing was written down', async () => {
    for (const site of sites.splice(0)) await site.stop()
    const away = await get(front.port, '/fr/organisations?q=motsecret')
    expect(away.status).toBe(502)
    expect(away.headers).toMatchObject({
      'cache-control': 'no-store',
      'retry-after': '30',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
    })
    expect(away.body).toContain('<section lang="fr">')
    const files = readdirSync(path.join(folder, 'site'), { recursive: true, encoding: 'utf8' })
    const logs = files.filter((file) => file.endsWith('.log'))
    expect(logs).not.toEqual([])
    for (const log of logs) {
      const said = readFileSync(path.join(folder, 'site', log), 'utf8')
      expect(said).not.toMatch(/127\.0\.0\.1|GET|motsecret/)
    }
    expect(existsSync(path.join(folder, 'site', 'access.log'))).toBe(false)
  })
})
