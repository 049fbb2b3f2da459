import fs from 'node:fs'
import { createServer } from 'node:net'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, test } from 'vitest'
import { closeDatabase } from '@/lib/database/client'
import { env } from '@/lib/env'
import { runDoctor } from '@/lib/health/doctor'
import type { Finding } from '@/lib/health/findings'
import { isSmtpReachable } from '@/lib/health/smtp-check'
import { execute, freshDatabase } from '@/tests/support/database'
import { createUser } from '@/tests/support/people'
import { givenProfile } from '@/tests/support/profiles'

beforeEach(async () => {
  await freshDatabase()
  await givenProfile()
})

const codesOf = (findings: readonly Finding[]) => findings.map(({ code }) => code)

async function codes(): Promise<string[]> {
  return codesOf(await runDoctor())
}

describe('the doctor', () => {
  test('finds nothing but hints on a healthy site', async () => {
    const findings = await runDoctor()
    expect(findings.filter(({ state }) => state === 'fault')).toEqual([])
    expect(codesOf(findings)).toEqual(
      expect.arrayContaining([
        ...['nodeFits', 'folderWritable', 'databaseWhole', 'migrationsApplied', 'schemaComplete'],
        ...['chainsIntact', 'searchCurrent', 'clockAhead', 'backupsUnset', 'mailUnset', 'nobody'],
      ]),
    )
    // No address of anybody, whatever it finds.
    expect(JSON.stringify(findings)).not.toContain('@')
  })

  test('finds each of the things that can be wrong with a database', async () => {
    execute('DROP TRIGGER "Revision_refuses_update"')
    expect(await runDoctor()).toContainEqual({
      ...{ check: 'schema', state: 'fault', code: 'schemaDiffers' },
      values: { names: 'Revision_refuses_update' },
    })
    execute(`UPDATE "Revision" SET "actor" = 'user:other'`)
    expect(await codes()).toContain('chainsBroken')
    execute('UPDATE "SearchDocument" SET "indexVersion" = 1')
    expect(await codes()).toContain('searchOutdated')
    const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000)
    const early = await runDoctor({ nodeVersion: '18.20.0', now: yesterday })
    expect(codesOf(early)).toEqual(expect.arrayContaining(['nodeTooOld', 'clockBehind']))
    await createUser('administrator')
    expect(await codes()).toContain('withoutFactor')

    execute(`DELETE FROM _prisma_migrations WHERE migration_name LIKE '20261130%'`)
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
    expect(await isSmtpReachable(greeting, 30_000)).toBe(true)
    expect(await isSmtpReachable(silent, 100)).toBe(false)
    expect(heard).toEqual([])
    for (const one of [server, mute]) await new Promise((resolve) => one.close(resolve))
    expect(await isSmtpReachable(silent, 30_000)).toBe(false)
  })
})
