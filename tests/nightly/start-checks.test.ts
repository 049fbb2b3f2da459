import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findCopiesBeforeMigrations } from '@/lib/database/backup-files'
import { closeDatabase } from '@/lib/database/client'
import { faultAtStart } from '@/lib/database/integrity-check'
import { migrate } from '@/lib/database/migrate'
import { env } from '@/lib/env'
import { freshDatabase, rows } from '@/tests/support/database'
import { page } from '@/tests/support/pages'
import { givenProfile } from '@/tests/support/profiles'
import { tableHashes } from '@/tests/support/tables'

let folder = ''

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'directory-start-'))
})

afterEach(() => {
  fs.rmSync(folder, { recursive: true })
})

const at = (...names: string[]) => path.join(folder, ...names)

function write(name: string, sql: string) {
  fs.mkdirSync(at('migrations', name), { recursive: true })
  fs.writeFileSync(at('migrations', name, 'migration.sql'), sql)
}

function open<Result>(file: string, work: (database: Database.Database) => Result): Result {
  const database = new Database(file)
  try {
    return work(database)
  } finally {
    database.close()
  }
}

/** A database with content, in one file. */
async function givenDatabase(file: string) {
  await freshDatabase()
  for (const name of ['Collectif Lanterne', 'Association Phare']) await givenProfile({ name })
  await closeDatabase()
  open(env.databaseFile, (database) => database.pragma('wal_checkpoint(TRUNCATE)'))
  fs.copyFileSync(env.databaseFile, file)
}

describe('the start of the site', () => {
  function start(file: string, settings: Record<string, string> = {}) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'server.ts'],
      {
        encoding: 'utf8',
        env: {
          ...process.env,
          NODE_ENV: 'test',
          LC_ALL: 'C',
          DATABASE_URL: `file:${file}`,
          ...settings,
        },
      },
    )
    return { status, stdout, stderr }
  }

  test('refuses a damaged database in the language of the terminal, and names the restore command and the latest backup', async () => {
    await givenDatabase(at('whole.db'))
    const whole = fs.readFileSync(at('whole.db'))
    fs.mkdirSync(at('backups'))
    const backup = at('backups', 'directory-2026-11-24T041500Z.scheduled.db')
    fs.writeFileSync(backup, '')

    fs.writeFileSync(at('cut.db'), whole.subarray(0, Math.floor(whole.length / 2)))
    const before = fs.readFileSync(at('cut.db'))
    const cut = start(at('cut.db'), { LC_ALL: 'fr_FR.UTF-8', BACKUP_DIR: at('backups') })
    expect(cut).toMatchObject({ status: 1, stdout: '' })
    expect(cut.stderr).toContain(`La base de données ${at('cut.db')} est endommagée`)
    expect(cut.stderr).toContain('npm run restore -- FICHIER --force')
    expect(cut.stderr).toContain(backup)
    expect(fs.readFileSync(at('cut.db')).equals(before)).toBe(true)

    fs.writeFileSync(at('text.db'), 'This is a letter, and no database at all.')
    const text = start(at('text.db'))
    expect(text).toMatchObject({ status: 1, stdout: '' })
    expect(text.stderr).toContain('is not a database')
    expect(text.stderr).toContain('npm run restore -- FILE --force')
    expect(text.stderr).toContain('No backup was found')
  })

  test('finds bits that flipped in the head of any page', async () => {
    await givenDatabase(at('whole.db'))
    const whole = fs.readFileSync(at('whole.db'))
    expect(faultAtStart(at('whole.db'))).toBeNull()
    const pages = whole.length / 4096
    let found = 0
    for (const number of [1, 2, Math.floor(pages / 2), pages - 1]) {
      const flipped = Buffer.from(whole)
      for (let offset = 0; offset < 8; offset++) {
        const place = number * 4096 + offset
        flipped[place] = (flipped[place] ?? 0) ^ 0xff
      }
      fs.writeFileSync(at('flipped.db'), flipped)
      if (faultAtStart(at('flipped.db')) === 'damaged') found += 1
    }
    expect(found).toBeGreaterThanOrEqual(3)
  })

  test('reads only the length of a database that is too large to be read at every start', async () => {
    await givenDatabase(at('whole.db'))
    expect(faultAtStart(at('whole.db'), 0)).toBeNull()
    fs.truncateSync(at('whole.db'), fs.statSync(at('whole.db')).size - 4096)
    expect(faultAtStart(at('whole.db'), 0)).toBe('damaged')
  })

  test('refuses the database of a newer program and says what to do', async () => {
    await givenDatabase(at('newer.db'))
    open(at('newer.db'), (database) =>
      database.exec(`INSERT INTO _prisma_migrations (id, checksum, migration_name)
        VALUES ('x', 'x', '29990101000000_future')`),
    )
    const newer = start(at('newer.db'))
    expect(newer).toMatchObject({ status: 1, stdout: '' })
    expect(newer.stderr).toContain('made by a newer version of this program')
    expect(newer.stderr).toContain('29990101000000_future')
    expect(newer.stderr).toContain('npm run restore')
  })

  test('refuses a database from before the first release, and says in two lines how to begin again', async () => {
    await givenDatabase(at('older.db'))
    open(at('older.db'), (database) =>
      database.exec(`INSERT INTO _prisma_migrations (id, checksum, migration_name)
        VALUES ('x', 'x', '20000101000000_before')`),
    )
    const before = fs.readFileSync(at('older.db'))
    const older = start(at('older.db'))
    expect(older).toMatchObject({ status: 1, stdout: '' })
    expect(older.stderr.trimEnd().split('\n')).toEqual([
      expect.stringContaining(`${at('older.db')} was made by a version before the first release`),
      `To begin again, move ${at('older.db')} away, then: npm start`,
    ])
    expect(fs.readFileSync(at('older.db')).equals(before)).toBe(true)
  })

  test('says in one line that WORKERS does nothing any more', () => {
    fs.writeFileSync(at('text.db'), 'This is a letter, and no database at all.')
    const lines = (settings: Record<string, string>) =>
      start(at('text.db'), settings)
        .stderr.split('\n')
        .filter((line) => line.includes('WORKERS'))
    expect(lines({ WORKERS: '2' })).toEqual([expect.stringContaining('does nothing any more')])
    expect(lines({ WORKERS: 'many' })).toHaveLength(1)
    expect(lines({ WORKERS: '' })).toEqual([])
  })

  test('takes a database of no bytes for a lost one where there are backups', () => {
    fs.writeFileSync(at('directory.db'), '')
    fs.writeFileSync(at('directory.before-20261130000000_directory.db'), 'a copy')
    const lost = start(at('directory.db'))
    expect(lost.status).toBe(1)
    expect(lost.stderr).toContain('is damaged')
    expect(lost.stderr).toContain(at('directory.before-20261130000000_directory.db'))
  })
})

describe('the copy before a migration', () => {
  test('holds all that was there, is made once for all that wait, and the latest three are kept', () => {
    const file = at('data', 'directory.db')
    write('1_one', 'CREATE TABLE one (id INTEGER); INSERT INTO one VALUES (1)')
    expect(migrate(file, at('migrations'))).toMatchObject({ ok: true })
    expect(findCopiesBeforeMigrations(file)).toEqual([])

    const before = tableHashes(file)
    write('2_two', 'CREATE TABLE two (id INTEGER); DELETE FROM one')
    write('3_three', 'CREATE TABLE three (id INTEGER)')
    expect(migrate(file, at('migrations'))).toEqual({ ok: true, applied: ['2_two', '3_three'] })
    const copy = at('data', 'directory.before-2_two.db')
    expect(findCopiesBeforeMigrations(file)).toEqual([copy])
    expect(tableHashes(copy)).toEqual(before)
    expect(fs.statSync(copy).mode & 0o777).toBe(0o600)

    for (const [index, name] of ['4_four', '5_five', '6_six'].entries()) {
      // Made within the same second, they would be told apart by chance.
      fs.utimesSync(copy, 0, 0)
      write(name, `CREATE TABLE more${index} (id INTEGER)`)
      expect(migrate(file, at('migrations'))).toMatchObject({ ok: true })
    }
    expect(fs.readdirSync(at('data')).filter((name) => name.includes('before'))).toEqual([
      'directory.before-4_four.db',
      'directory.before-5_five.db',
      'directory.before-6_six.db',
    ])
  })

  test('that cannot be made keeps the migration from being applied', () => {
    const file = at('data', 'directory.db')
    write('1_one', 'CREATE TABLE one (id INTEGER)')
    migrate(file, at('migrations'))
    write('2_two', 'CREATE TABLE two (id INTEGER)')
    // A folder stands where the copy would.
    fs.mkdirSync(at('data', 'directory.before-2_two.db', 'x'), { recursive: true })
    expect(migrate(file, at('migrations'))).toEqual({
      ok: false,
      reason: 'notCopied',
      migration: '2_two',
    })
    expect(open(file, (database) => database.pragma('table_list(two)'))).toEqual([])
    expect(fs.readdirSync(at('data')).filter((name) => name.includes('draft'))).toEqual([])
  })
})

test('an import that is killed leaves whole organisations, and imported again the rest', async () => {
  await freshDatabase()
  const names = Array.from({ length: 60 }, (_, index) => `fictif-${String(index)}.txt`)
  for (const [index, name] of names.entries()) {
    fs.writeFileSync(at(name), page({ name: `Collectif Fictif ${String(index)}` }))
  }
  await closeDatabase()
  const run = (settings: { kill: boolean }) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'cli/import.ts', ...names], {
      env: { ...process.env, INIT_CWD: folder, LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child.stderr.on('data', (said: Buffer) => {
      if (settings.kill && said.includes('25')) child.kill('SIGKILL')
    })
    return new Promise((resolve) => child.once('exit', (code) => resolve(code)))
  }
  expect(await run({ kill: true })).toBeNull()
  const counts = () =>
    rows<Record<string, number>>(`SELECT (SELECT count(*) FROM "Organisation") AS organisations,
      (SELECT count(*) FROM "Revision") AS revisions,
      (SELECT count(*) FROM "SearchDocument") AS documents,
      (SELECT count(DISTINCT organisationId) FROM "Answer") AS answered,
      (SELECT count(*) FROM "ImportedPage") AS pages`)[0] ?? {}
  const left = counts()
  expect(new Set(Object.values(left)).size).toBe(1)
  expect(left['organisations']).toBeGreaterThanOrEqual(25)
  expect(left['organisations']).toBeLessThan(60)
  expect(rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])

  expect(await run({ kill: false })).toBe(0)
  expect(new Set(Object.values(counts()))).toEqual(new Set([60]))
})
