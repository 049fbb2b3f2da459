import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { KEPT_BACK_KINDS } from '@/lib/backup/keep-stricter'
import { makeBackup } from '@/lib/backup/make'
import { restoreBackup, type RestoreOutcome } from '@/lib/backup/restore'
import { writer } from '@/lib/database/client'
import { env, secrets } from '@/lib/env'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import { createUser } from '@/tests/support/people'
import { givenProfile } from '@/tests/support/profiles'
import { tableHashes } from '@/tests/support/tables'

const PASSPHRASE = 'lanterne rouge au bout du quai'
const AT = new Date('2026-11-25T04:15:00Z')

const NOTHING = Object.fromEntries(KEPT_BACK_KINDS.map((kind) => [kind, 0]))

let folder = ''

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'directory-backup-'))
  await freshDatabase()
  await givenProfile({ name: 'Collectif Lanterne' })
  await givenProfile({ name: 'Association Phare' })
  await createUser('administrator')
})

afterEach(() => {
  fs.rmSync(folder, { recursive: true })
})

const at = (...names: string[]) => path.join(folder, ...names)

function back(
  to: string,
  { encrypted = false, database = env.databaseFile, migrationsFolder = env.migrationsFolder } = {},
) {
  return makeBackup({
    database,
    migrationsFolder,
    to,
    isFolder: false,
    at: AT,
    isScheduled: false,
    seal: encrypted ? { passphrase: PASSPHRASE, secrets: secrets() } : null,
  })
}

/** Restores into a folder of its own, as on another machine. */
function restore(
  file: string,
  given: Partial<Parameters<typeof restoreBackup>[0]> = {},
): Promise<RestoreOutcome> {
  return restoreBackup({
    file,
    database: at('new', 'directory.db'),
    migrationsFolder: env.migrationsFolder,
    secretsFile: at('new', 'secrets.json'),
    at: AT,
    force: false,
    withSecrets: false,
    isLatest: true,
    passphrase: () => Promise.resolve(PASSPHRASE),
    ...given,
  })
}

function open<Result>(file: string, work: (database: Database.Database) => Result): Result {
  const database = new Database(file)
  try {
    return work(database)
  } finally {
    database.close()
  }
}

const versionIn = (file: string) =>
  open(file, (database) =>
    Number(database.prepare('SELECT "contentVersion" FROM "ContentVersion"').pluck().get()),
  )

/** Overwrites bytes in the middle of a file. */
function spoil(file: string, from: number, bytes: Buffer) {
  const descriptor = fs.openSync(file, 'r+')
  fs.writeSync(descriptor, bytes, 0, bytes.length, from)
  fs.closeSync(descriptor)
}

describe('a backup', () => {
  test('of a site that is writing, restored into an empty folder, holds every row of every table', async () => {
    await writer().session.create({
      data: {
        ...{
          id: 's',
          token: 't',
          userId: rows<{ id: string }>('SELECT id FROM "User"')[0]?.id ?? '',
        },
        ...{ createdAt: AT, updatedAt: AT, expiresAt: AT },
      },
    })
    const before = tableHashes(env.databaseFile)
    const made = await back(folder)
    expect(made).toMatchObject({
      ok: true,
      file: at('directory-2026-11-25T041500Z.db'),
      counts: { organisations: 2, revisions: 2, people: 1 },
      isEncrypted: false,
      chains: 'intact',
    })
    expect(tableHashes(at('directory-2026-11-25T041500Z.db'))).toEqual(before)
    expect(fs.statSync(at('directory-2026-11-25T041500Z.db')).mode & 0o777).toBe(0o600)

    expect(await restore(at('directory-2026-11-25T041500Z.db'))).toEqual({
      ...{ ok: true, counts: { organisations: 2, revisions: 2, people: 1 }, chains: 'intact' },
      ...{ keptDatabase: null, secrets: 'none', keptSecrets: null },
      keptBack: NOTHING,
    })
    const { ContentVersion: versionBefore, Session: sessionsBefore, ...othersBefore } = before
    const { ContentVersion, Session, ...others } = tableHashes(at('new', 'directory.db'))
    expect(others).toEqual(othersBefore)
    // Raised, and emptied.
    expect([ContentVersion, Session]).not.toContain(versionBefore)
    expect(Session).not.toBe(sessionsBefore)
    expect(versionIn(at('new', 'directory.db'))).toBe(versionIn(env.databaseFile) + 1)
  })

  test('never overwrites a file, and refuses each obstacle by its name', async () => {
    fs.writeFileSync(at('there'), 'mine')
    expect(await back(at('there'))).toMatchObject({ ok: false, reason: 'exists' })
    expect(fs.readFileSync(at('there'), 'utf8')).toBe('mine')
    expect(await back(at('nowhere', 'x.db'))).toMatchObject({ ok: false, reason: 'noFolder' })
    expect(await back(at('x.db'), { database: at('none.db') })).toMatchObject({
      ok: false,
      reason: 'noDatabase',
    })
    fs.writeFileSync(at('text.db'), 'a list of names, and long enough to be taken for something')
    expect(await back(at('x.db'), { database: at('text.db') })).toMatchObject({
      ok: false,
      reason: 'notADatabase',
    })
    const weak = await makeBackup({
      ...{ database: env.databaseFile, migrationsFolder: env.migrationsFolder, to: at('x') },
      ...{
        isFolder: false,
        at: AT,
        isScheduled: false,
        seal: { passphrase: 'short', secrets: secrets() },
      },
    })
    expect(weak).toMatchObject({ ok: false, reason: 'shortPassphrase' })
    expect(fs.readdirSync(folder).sort()).toEqual(['text.db', 'there'])
  })

  test('of a damaged database is refused, and leaves nothing', async () => {
    await back(at('good.db'))
    fs.copyFileSync(at('good.db'), at('bad.db'))
    spoil(at('bad.db'), 4096 * 3, Buffer.alloc(4096, 0xa5))
    expect(await back(at('x.db'), { database: at('bad.db') })).toMatchObject({
      ok: false,
      reason: 'damaged',
    })
    expect(
      fs
        .readdirSync(folder)
        .sort()
        .filter((name) => name.startsWith('x')),
    ).toEqual([])
  })

  test('says when a chain of hashes in it is broken', async () => {
    execute('DROP TRIGGER "Revision_refuses_update"')
    execute(`UPDATE "Revision" SET "actor" = 'user:other'`)
    expect(await back(at('x.db'))).toMatchObject({ ok: true, chains: 'broken' })
    expect(await restore(at('x.db'))).toEqual({ ok: false, reason: 'chainsBroken' })
    expect(fs.existsSync(at('new', 'directory.db'))).toBe(false)
    expect(await restore(at('x.db'), { force: true })).toMatchObject({ ok: true, chains: 'broken' })
  })
})

describe('an encrypted backup', () => {
  test('holds the secrets in force, and comes back with the passphrase alone', async () => {
    const made = await back(folder, { encrypted: true })
    const file = at('directory-2026-11-25T041500Z.tar.age')
    expect(made).toMatchObject({ ok: true, file, isEncrypted: true })
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
    const bytes = fs.readFileSync(file)
    expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1')
    expect(bytes.includes('Lanterne')).toBe(false)

    const wrong = { passphrase: () => Promise.resolve('another passphrase than that') }
    expect(await restore(file, wrong)).toEqual({ ok: false, reason: 'wrongPassphrase' })
    const none = { passphrase: () => Promise.resolve(null) }
    expect(await restore(file, none)).toEqual({ ok: false, reason: 'noPassphrase' })
    fs.copyFileSync(file, at('flipped.tar.age'))
    spoil(at('flipped.tar.age'), Math.floor(bytes.length / 2), Buffer.from('flipped'))
    expect(await restore(at('flipped.tar.age'))).toEqual({ ok: false, reason: 'damaged' })
    expect(fs.existsSync(at('new', 'directory.db'))).toBe(false)

    fs.mkdirSync(at('new'), { recursive: true })
    fs.writeFileSync(at('new', 'secrets.json'), '{"SESSION_SECRET":"mine"}')
    expect(await restore(file)).toMatchObject({ ok: true, secrets: 'kept', keptSecrets: null })
    expect(fs.readFileSync(at('new', 'secrets.json'), 'utf8')).toBe('{"SESSION_SECRET":"mine"}')
    expect(tableHashes(at('new', 'directory.db'))['Organisation']).toBe(
      tableHashes(env.databaseFile)['Organisation'],
    )

    const taken = await restore(file, { force: true, withSecrets: true })
    const keptSecrets = at('new', 'secrets.replaced-2026-11-25T041500Z.json')
    expect(taken).toMatchObject({ ok: true, secrets: 'restored', keptSecrets })
    expect(fs.readFileSync(keptSecrets, 'utf8')).toBe('{"SESSION_SECRET":"mine"}')
    expect(JSON.parse(fs.readFileSync(at('new', 'secrets.json'), 'utf8'))).toEqual(secrets())
    expect(fs.statSync(at('new', 'secrets.json')).mode & 0o777).toBe(0o600)
  })
})

describe('a restore', () => {
  test('refuses what is no backup, and a newer one, before anything is touched', async () => {
    fs.writeFileSync(at('text'), 'a list of names, and long enough to be taken for something')
    fs.writeFileSync(at('empty'), '')
    await back(at('good.db'))
    fs.copyFileSync(at('good.db'), at('cut.db'))
    fs.truncateSync(at('cut.db'), Math.floor(fs.statSync(at('cut.db')).size / 2))
    fs.copyFileSync(at('good.db'), at('newer.db'))
    open(at('newer.db'), (database) =>
      database.exec(`INSERT INTO _prisma_migrations (id, checksum, migration_name)
        VALUES ('x', 'x', '29990101000000_future')`),
    )
    open(at('other.db'), (database) => database.exec('CREATE TABLE songs (id)'))
    const reasons: Record<string, string> = {}
    for (const name of ['none', 'text', 'empty', 'cut.db', 'newer.db', 'other.db']) {
      const outcome = await restore(at(name))
      reasons[name] = outcome.ok ? 'restored' : outcome.reason
    }
    expect(reasons).toEqual({
      none: 'notFound',
      text: 'notABackup',
      empty: 'notABackup',
      'cut.db': 'damaged',
      'newer.db': 'newer',
      'other.db': 'notABackup',
    })
    expect(fs.readdirSync(at('new'))).toEqual([])
  })

  test('replaces a database only with --force, keeps the old one, and raises the version above both', async () => {
    await back(at('old.db'))
    expect(await restore(at('old.db'))).toMatchObject({ ok: true })
    const live = at('new', 'directory.db')
    open(live, (database) => {
      database.pragma('journal_mode = WAL')
      database.exec(`UPDATE "ContentVersion" SET "contentVersion" = 500`)
      database.exec(`UPDATE "Organisation" SET "name" = 'Written since' WHERE "name" LIKE 'Coll%'`)
    })
    const before = tableHashes(live)
    expect(await restore(at('old.db'))).toEqual({ ok: false, reason: 'exists' })
    expect(tableHashes(live)).toEqual(before)

    const keptDatabase = at('new', 'directory.replaced-2026-11-25T041500Z.db')
    expect(await restore(at('old.db'), { force: true })).toMatchObject({ ok: true, keptDatabase })
    expect(tableHashes(keptDatabase)).toEqual(before)
    expect(versionIn(live)).toBe(501)
    expect(await restore(at('old.db'), { force: true })).toMatchObject({
      keptDatabase: at('new', 'directory.replaced-2026-11-25T041500Z-2.db'),
    })
  })

  test('is refused while another process has the database open', async () => {
    await back(at('old.db'))
    expect(await restore(at('old.db'))).toMatchObject({ ok: true })
    const live = at('new', 'directory.db')
    // Another process: what holds the lock here is not the one that asks for it.
    const script = `const database = new (require('better-sqlite3'))(process.argv[1])
      database.prepare('SELECT count(*) FROM Organisation').get()
      process.stdout.write('open'); setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['-e', script, live], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await new Promise((resolve) => child.stdout.once('data', resolve))
    expect(await restore(at('old.db'), { force: true })).toEqual({ ok: false, reason: 'inUse' })
    child.kill('SIGKILL')
    await ended
    expect(await restore(at('old.db'), { force: true })).toMatchObject({ ok: true })
  })

  test('replaces a damaged database, and keeps its write-ahead log away from the new one', async () => {
    await back(at('old.db'))
    fs.mkdirSync(at('new'))
    const live = at('new', 'directory.db')
    fs.writeFileSync(live, 'not a database any more, for whatever reason there may be')
    fs.writeFileSync(`${live}-wal`, 'a log')
    const keptDatabase = at('new', 'directory.replaced-2026-11-25T041500Z.db')
    expect(await restore(at('old.db'), { force: true })).toMatchObject({ ok: true, keptDatabase })
    expect(fs.readFileSync(`${keptDatabase}-wal`, 'utf8')).toBe('a log')
    expect(tableHashes(live)['Organisation']).toBe(tableHashes(env.databaseFile)['Organisation'])
  })

  test('brings the backup of an older program to this one', async () => {
    const { migrate } = await import('@/lib/database/migrate')
    migrate(at('older.db'), env.migrationsFolder)
    // The migrations of a program that comes after this one.
    const migrationsFolder = at('migrations')
    fs.cpSync(env.migrationsFolder, migrationsFolder, { recursive: true })
    const later = path.join(migrationsFolder, '20990101000000_later')
    fs.mkdirSync(later)
    fs.writeFileSync(path.join(later, 'migration.sql'), 'CREATE TABLE "Later" ("id" INTEGER);')
    const migrations = fs.readdirSync(migrationsFolder).filter((name) => /^\d/.test(name))
    expect(
      await back(at('older-backup.db'), { database: at('older.db'), migrationsFolder }),
    ).toMatchObject({ ok: true, chains: null, counts: { people: 0 } })
    expect(await restore(at('older-backup.db'), { migrationsFolder })).toMatchObject({
      ok: true,
      chains: 'intact',
    })
    const applied = open(at('new', 'directory.db'), (database) =>
      database.prepare('SELECT count(*) FROM _prisma_migrations').pluck().get(),
    )
    expect(applied).toBe(migrations.length)
  })
})
