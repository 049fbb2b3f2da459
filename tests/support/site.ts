import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { browserPath } from './browser'

const folderOfBuild = '.next-test'

/**
 * Starts the built site on a free port of this machine with a database of its own, lets it import
 * the seed, adds the fixtures, and tells the tests by `BASE_URL` and `DATABASE_URL`.
 *
 * Gives what stops the site and removes the database. Throws with the site's own words when it
 * does not get ready.
 */
export default async function startSite(): Promise<() => Promise<void>> {
  if (browserPath() === null || !existsSync(path.join(folderOfBuild, 'BUILD_ID'))) {
    throw new Error('No browser or no built site yet: run node cli/setup.mjs test')
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'directory-site-'))
  const port = await freePort()
  const databaseUrl = `file:${path.join(folder, 'directory.db')}`
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const stopSite = await runSite({ build: folderOfBuild, port, databaseUrl })
    try {
      addFixtures(databaseUrl)
    } catch (cause) {
      await stopSite()
      throw cause
    }
    process.env['BASE_URL'] = `http://localhost:${port}`
    process.env['DATABASE_URL'] = databaseUrl
    return async () => {
      await stopSite()
      remove()
    }
  } catch (cause) {
    remove()
    throw cause
  }
}

/**
 * Starts a built site.
 *
 * @param build folder of the build, below the repository's root
 * @returns what stops it; throws with the site's own words when it does not get ready
 */
export async function runSite({
  build,
  port,
  databaseUrl,
}: {
  build: string
  port: number
  databaseUrl: string
}): Promise<() => Promise<void>> {
  const site = spawn(process.execPath, ['--import', 'tsx', 'server.ts'], {
    env: {
      ...process.env,
      // Empty counts as missing, so that no setting of this working copy shines through.
      ...Object.fromEntries(
        ['PUBLIC_ORIGIN', 'SITE_NAME', 'NETWORK_NAME'].map((name) => [name, '']),
      ),
      CONTACT_EMAIL: '',
      SMTP_URL: '',
      SMTP_FROM: '',
      DATABASE_URL: databaseUrl,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
      NEXT_DIST_DIR: build,
      NODE_ENV: 'production',
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const listen = (words: Buffer) => {
    said = `${said}${words.toString()}`.slice(-10_000)
  }
  site.stdout.on('data', listen)
  site.stderr.on('data', listen)
  try {
    await ready(site, `http://localhost:${port}/healthz`)
  } catch (cause) {
    await ended(site)
    throw new Error(`The site did not get ready. It said:\n${said}`, { cause })
  }
  return () => ended(site)
}

/** A port of this machine that nobody listens at. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port)
        else reject(new Error('no free port'))
      })
    })
  })
}

async function ready(site: ChildProcess, address: string): Promise<void> {
  const deadline = Date.now() + 120_000
  while (Date.now() < deadline) {
    if (site.exitCode !== null) throw new Error(`it ended with exit ${site.exitCode}`)
    const answer = await fetch(address).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`${address} did not answer within two minutes`)
}

/** In a process of its own, as an import beside a running site would be. */
function addFixtures(databaseUrl: string): void {
  const fixtures = spawnSync(process.execPath, ['--import', 'tsx', 'tests/support/fixtures.ts'], {
    env: { ...process.env, NODE_ENV: 'test', DATABASE_URL: databaseUrl },
    encoding: 'utf8',
  })
  if (fixtures.status !== 0) throw new Error(`the fixtures failed:\n${fixtures.stderr}`)
}

function ended(site: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (site.exitCode !== null || site.signalCode !== null) {
      resolve()
      return
    }
    site.once('exit', () => resolve())
    site.kill('SIGTERM')
    setTimeout(() => site.kill('SIGKILL'), 10_000).unref()
  })
}
