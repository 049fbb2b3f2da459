import { spawn, type ChildProcess } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { browserPath } from './browser'
import { startCommand } from './start-command'

const folderOfBuild = '.next-test'

/** A site that runs for the tests. */
export type RunningSite = {
  /** Where it listens, and what it takes for its public origin unless the settings say otherwise. */
  baseUrl: string
  databaseUrl: string
  /** What it has written to stdout and stderr, the end of it. */
  said: () => string
  /** Of the process that looks after the site. */
  pid: number
  /** Resolves with its exit code; null where a signal ended it. */
  ended: Promise<number | null>
  /** Stops it and removes what it made. */
  stop: () => Promise<void>
}

/**
 * Starts a built site on this machine and lets it import the seed where its database is empty.
 *
 * @param settings that differ from those of the tests
 * @param build folder of the build, below the repository's root
 * @param port a free one where none is given
 * @param databaseUrl a new one, removed with the site, where none is given
 * @param log file that everything it says is added to
 * @throws with the site's own words where it does not get ready
 */
export async function runSite({
  settings = {},
  build = folderOfBuild,
  ...given
}: {
  settings?: Record<string, string>
  build?: string
  port?: number
  databaseUrl?: string
  log?: string
} = {}): Promise<RunningSite> {
  if (browserPath() === null || !existsSync(path.join(build, 'BUILD_ID'))) {
    throw new Error('No browser or no built site yet: run node cli/setup.mjs test')
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'directory-site-'))
  const port = given.port ?? (await freePort())
  const databaseUrl = given.databaseUrl ?? `file:${path.join(folder, 'directory.db')}`
  const baseUrl = `http://localhost:${port}`

  const site = spawn(process.execPath, startCommand.args, {
    env: {
      ...process.env,
      ...startCommand.settings,
      // Empty counts as missing, so that no setting of this working copy shines through.
      ...Object.fromEntries(
        [
          'PUBLIC_ORIGIN',
          'TRUSTED_PROXIES',
          'SITE_NAME',
          'NETWORK_NAME',
          'WORKERS',
          'EXIT_URL',
        ].map((name) => [name, '']),
      ),
      BACKUP_DIR: '',
      CONTACT_EMAIL: '',
      SMTP_URL: '',
      SMTP_FROM: '',
      DATABASE_URL: databaseUrl,
      HOST: '127.0.0.1',
      // The most that it can say, so that all of it can be looked at.
      LOG_LEVEL: 'debug',
      NEXT_DIST_DIR: build,
      NODE_ENV: 'production',
      PORT: String(port),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const listen = (words: Buffer) => {
    said = `${said}${words.toString()}`.slice(-10_000)
    if (given.log !== undefined) appendFileSync(given.log, words)
  }
  site.stdout.on('data', listen)
  site.stderr.on('data', listen)

  const exited = new Promise<number | null>((resolve) => site.once('exit', resolve))
  const stop = async () => {
    await ended(site)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await ready(site, `${baseUrl}/healthz`)
  } catch (cause) {
    await stop()
    throw new Error(`The site did not get ready. It said:\n${said}`, { cause })
  }
  const { pid = 0 } = site
  return { baseUrl, databaseUrl, said: () => said, pid, ended: exited, stop }
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
