import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { reviewLog, wordsAsked } from './log-review'
import { runSite, type RunningSite } from './site'
import { PASSWORD } from './totp'

/** What a site starts with: the organisations of `fixtures.ts`, or an empty database. */
export type SiteDatabase = 'fixtures' | 'empty'

/** A site with its own database, which the tests of this process are about. */
export type TestSite = RunningSite & {
  /** Scheme, host and port that visitors know it by. */
  origin: string
}

/** Everything in a database that belongs to somebody: none of it may stand in the log. */
const PRIVATE = `
  SELECT "email" AS "text" FROM "User" UNION SELECT "name" FROM "User"
  UNION SELECT "token" FROM "Session" UNION SELECT "value" FROM "Contact"
  UNION SELECT "name" FROM "Organisation" UNION SELECT "slug" FROM "Organisation"
  UNION SELECT "slug" FROM "FormerSlug" UNION SELECT "name" FROM "Alias"
  UNION SELECT substr("text", 1, 60) FROM "Answer"`

/**
 * Makes a database with the fixtures in a process of its own, and names it in `TEMPLATE_DATABASE`
 * of this process and its children, so that every site starts with a copy of it.
 *
 * @returns what removes it
 * @throws with the words of `fixtures.ts` where that fails
 */
export function makeTemplateDatabase(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'directory-template-'))
  const file = path.join(folder, 'directory.db')
  try {
    fillDatabase(file)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  process.env['TEMPLATE_DATABASE'] = file
  return () => rmSync(folder, { recursive: true, force: true })
}

function fillDatabase(file: string): void {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'tests/support/fixtures.ts'], {
    env: { ...process.env, NODE_ENV: 'test', DATABASE_URL: `file:${file}` },
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`the fixtures failed:\n${run.stderr}`)
}

/**
 * Starts a built site with a database of its own, and tells this process and its children where both
 * are (`BASE_URL`, `PUBLIC_ORIGIN`, `DATABASE_URL`), which addresses to note (`ASKED_FILE`), and where
 * the site's log is (`LOG_FILE`). Modules of `lib` must be imported after this, because they read
 * the settings when they are loaded; a process therefore has one such site.
 *
 * `stop` ends the site, looks through its log and removes what it made. It throws where a line of the
 * log holds an e-mail address, a network address, a query or a word of somebody.
 *
 * @param settings that differ from those of the tests
 * @throws with the site's own words where it does not get ready
 */
export async function startTestSite(
  settings: Record<string, string> = {},
  database: SiteDatabase = 'fixtures',
): Promise<TestSite> {
  const folder = mkdtempSync(path.join(tmpdir(), 'directory-site-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const file = path.join(folder, 'directory.db')
  const log = path.join(folder, 'site.log')
  const asked = path.join(folder, 'asked')
  try {
    if (database === 'fixtures') {
      const template = process.env['TEMPLATE_DATABASE']
      if (template === undefined) fillDatabase(file)
      else copyFileSync(template, file)
    }
    const site = await runSite({ databaseUrl: `file:${file}`, log, settings })
    const origin = settings['PUBLIC_ORIGIN'] ?? site.baseUrl
    process.env['BASE_URL'] = origin
    process.env['PUBLIC_ORIGIN'] = origin
    process.env['DATABASE_URL'] = site.databaseUrl
    process.env['ASKED_FILE'] = asked
    process.env['LOG_FILE'] = log
    const stop = async () => {
      await site.stop()
      try {
        reviewLogOf({ log, file, asked })
      } finally {
        remove()
      }
    }
    return { ...site, origin, stop }
  } catch (error) {
    remove()
    throw error
  }
}

function reviewLogOf({ log, file, asked }: { log: string; file: string; asked: string }): void {
  const database = new Database(file, { readonly: true })
  const held = database.prepare<[], { text: string }>(PRIVATE).all()
  database.close()
  const addresses = existsSync(asked) ? readFileSync(asked, 'utf8').split('\n') : []
  const faults = reviewLog(readFileSync(log, 'utf8'), [
    PASSWORD,
    ...held.map(({ text }) => text),
    ...wordsAsked(addresses),
  ])
  if (held.length === 0) faults.push('nothing to look for')
  if (faults.length > 0) throw new Error(`The log of the site says too much:\n${faults.join('\n')}`)
}
