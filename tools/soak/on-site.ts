import { readFileSync, readdirSync, statSync } from 'node:fs'
import { env } from '@/lib/env'
import { freshDatabase } from '@/tests/support/database'
import { administratorCookie } from '@/tests/support/desk-over-http'
import { givenProfile } from '@/tests/support/profiles'
import { runOnSite } from '@/tests/support/sign-in'
import { runSite, type RunningSite } from '@/tests/support/site'

export type Running = { site: RunningSite; cookie: string }

/** Gives a database with fictional organisations; gives the cookie of an administrator who is signed in. */
export async function givenDirectory(organisations: number): Promise<string> {
  await freshDatabase()
  await givenProfile({ name: 'Fictional Circle' })
  const cookie = await administratorCookie()
  if (organisations > 0) {
    runOnSite('cli/demo.ts', ['--count', String(organisations), '--yes'])
  }
  return cookie
}

export const startSite = (settings: Record<string, string> = {}): Promise<RunningSite> =>
  runSite({
    databaseUrl: `file:${env.databaseFile}`,
    settings: { LOG_LEVEL: 'warn', ...settings },
  })

/** Runs a site on a directory of its own for as long as something is done with it. */
export async function withSite<Got>(
  organisations: number,
  use: (running: Running) => Promise<Got>,
  settings: Record<string, string> = {},
): Promise<Got> {
  const cookie = await givenDirectory(organisations)
  const site = await startSite(settings)
  try {
    return await use({ site, cookie })
  } finally {
    await site.stop()
  }
}

/** What a process takes, as Linux counts it: bytes of memory and open files. */
export function taken(pid: number): { rss: number; files: number } {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
  const rss = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024
  return { rss, files: readdirSync(`/proc/${String(pid)}/fd`).length }
}

/** Bytes in the write-ahead log. */
export const bytesOfLog = (): number =>
  statSync(`${env.databaseFile}-wal`, { throwIfNoEntry: false })?.size ?? 0

export const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`
