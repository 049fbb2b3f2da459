import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { closeDatabase } from '@/lib/db/client'
import { env } from '@/lib/env'
import { examineSite } from '@/lib/health/doctor'
import type { Finding } from '@/lib/health/findings'
import { mailServerGreets } from '@/lib/health/mail-greeting'
import { execute, freshDatabase } from '@/tests/support/database'
import { givenPerson } from '@/tests/support/people'
import { givenProfile } from '@/tests/support/profiles'

let folder = ''

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'directory-doctor-'))
  await freshDatabase()
  await givenProfile()
})

afterEach(() => {
  fs.rmSync(folder, { recursive: true })
})

const codesOf = (findings: readonly Finding[]) => findings.map(({ code }) => code)

async function codes(): Promise<string[]> {
  return codesOf(await examineSite())
}

/** Runs the command in a folder that it takes for the repository, beside other commands of tests. */
async function doctor(
  args: string[],
  settings: Record<string, string> = {},
): Promise<{ code: number | null; stdout: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'cli/doctor.ts', ...args], {
    env: { ...process.env, LC_ALL: 'C', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let stdout = ''
  child.stdout.on('data', (words: Buffer) => (stdout += words.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, stdout }
}

describe('the doctor', () => {
  test('finds nothing but hints on a healthy site, and exits with 0', async () => {
    const { code, stdout } = await doctor(['--json'])
    const report = JSON.parse(stdout) as { ok: boolean; findings: Finding[] }
    expect({ code, ok: report.ok }).toEqual({ code: 0, ok: true })
    const found = codesOf(report.findings)
    expect(found).toEqual(
      expect.arrayContaining([
        ...['nodeFits', 'folderWritable', 'databaseWhole', 'migrationsApplied', 'schemaComplete'],
        ...['chainsIntact', 'searchCurrent', 'clockAhead', 'backupsUnset', 'mailUnset', 'nobody'],
      ]),
    )
    // No address of anybody, whatever it finds.
    expect(stdout).not.toContain('@')
  })

  test('says that WORKERS does nothing any more, which is no fault', async () => {
    const { code, stdout } = await doctor([], { WORKERS: '2' })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^hint +settings +WORKERS does nothing any more/m)
  })

  test('says faults and what to do in the language of the terminal, and exits with 1', async () => {
    fs.mkdirSync(path.join(folder, 'empty'))
    const { code, stdout } = await doctor([], {
      LC_ALL: 'fr_FR.UTF-8',
      BACKUP_DIR: path.join(folder, 'empty'),
      DATABASE_URL: `file:${path.join(folder, 'none.db')}`,
    })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^DÉFAUT +base de données +Il n’y en a pas/mu)
    expect(stdout).toMatch(/^DÉFAUT +sauvegardes +Il n’y en a pas encore/mu)
    expect(stdout).toContain('2 défauts')
  })

  test('finds each of the things that can be wrong with a database', async () => {
    execute('DROP TRIGGER "Revision_refuses_update"')
    expect(await examineSite()).toContainEqual({
      ...{ check: 'schema', state: 'fault', code: 'schemaDiffers' },
      values: { names: 'Revision_refuses_update' },
    })
    execute(`UPDATE "Revision" SET "actor" = 'person:other'`)
    expect(await codes()).toContain('chainsBroken')
    execute('UPDATE "SearchDocument" SET "analysis" = 1')
    expect(await codes()).toContain('searchOutdated')
    const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000)
    const early = await examineSite({ nodeVersion: '18.20.0', now: yesterday })
    expect(codesOf(early)).toEqual(expect.arrayContaining(['nodeTooOld', 'clockBehind']))
    await givenPerson('administrator')
    expect(await codes()).toContain('withoutFactor')

    execute(`DELETE FROM _prisma_migrations WHERE migration_name LIKE '20261125%'`)
    expect(await codes()).toContain('migrationsWaiting')
    execute(`INSERT INTO _prisma_migrations (id, checksum, migration_name)
      VALUES ('x', 'x', '29990101000000_future')`)
    expect(await codes()).toContain('migrationsOfOther')
    const database = new Database(env.databaseFile)
    database.pragma('foreign_keys = OFF')
    database.exec(`INSERT INTO "FormerSlug" VALUES ('gone', 'nobody', '2026-11-25')`)
    database.close()
    expect(await codes()).toContain('brokenReferences')
    await closeDatabase()
    fs.truncateSync(env.databaseFile, 20_000)
    for (const suffix of ['-wal', '-shm']) fs.rmSync(env.databaseFile + suffix, { force: true })
    expect(await codes()).toContain('damaged')
  })

  test('connects to the mail server and waits for its greeting, nothing more', async () => {
    const heard: string[] = []
    const server = createServer((socket) => {
      socket.on('data', (words) => heard.push(words.toString()))
      socket.on('error', () => undefined)
      socket.write('220 mail.fictional.example\r\n')
    })
    const mute = createServer((socket) => {
      socket.on('error', () => undefined)
    })
    const port = async (one: typeof server) => {
      await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))
      const address = one.address()
      return address !== null && typeof address === 'object' ? address.port : 0
    }
    const greeting = `smtp://127.0.0.1:${String(await port(server))}`
    const silent = `smtp://127.0.0.1:${String(await port(mute))}`
    expect(await mailServerGreets(greeting, 30_000)).toBe(true)
    expect(await mailServerGreets(silent, 100)).toBe(false)
    expect(heard).toEqual([])
    for (const one of [server, mute]) await new Promise((resolve) => one.close(resolve))
    expect(await mailServerGreets(silent, 30_000)).toBe(false)
  })
})
