import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeBackup } from '@/lib/backup/make'
import { closeDatabase } from '@/lib/database/client'
import { env } from '@/lib/env'
import { runDueBackup } from '@/lib/jobs/nightly-backup'
import { execute, freshDatabase } from '@/tests/support/database'
import { createUser } from '@/tests/support/people'
import { givenProfile } from '@/tests/support/profiles'

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

function back(to: string) {
  return makeBackup({
    ...{ database: env.databaseFile, migrationsFolder: env.migrationsFolder, to },
    ...{ isFolder: false, at: new Date(), isScheduled: false, seal: null },
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

function command(name: string, args: string[], settings: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', `cli/${name}.ts`, ...args],
    {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C', BACKUP_PASSPHRASE: '', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  return { status, stdout, stderr }
}

describe('a backup', () => {
  test('on a disk that takes no more says so, and leaves nothing', () => {
    // The system stops every file of that process at 64 kB, whoever runs it.
    const script = `trap '' XFSZ; ulimit -f 128; exec "$0" --import tsx cli/backup.ts "$1"`
    const { status, stderr, stdout } = spawnSync(
      'sh',
      ['-c', script, process.execPath, at('full.db')],
      { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TSX_DISABLE_CACHE: '1' } },
    )
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain('is full or does not take what is written')
    expect(fs.readdirSync(folder)).toEqual([])
  })

  test('killed at any moment leaves no file of its name, and the next one clears up', async () => {
    execute(`CREATE TABLE "Ballast" ("bytes" BLOB)`)
    execute(`INSERT INTO "Ballast" WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n
      WHERE i < 40000) SELECT randomblob(1000) FROM n`)
    const child = spawn(process.execPath, ['--import', 'tsx', 'cli/backup.ts', at('x.db')], {
      stdio: 'ignore',
    })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    const drafts = () => fs.readdirSync(folder).filter((name) => name.endsWith('directory-draft'))
    const deadline = Date.now() + 30_000
    while (drafts().length === 0 && child.exitCode === null && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    child.kill('SIGKILL')
    await ended
    expect(drafts()).toHaveLength(1)
    expect(fs.existsSync(at('x.db'))).toBe(false)
    expect(await back(at('x.db'))).toMatchObject({ ok: true })
    expect(fs.readdirSync(folder)).toEqual(['x.db'])
  })

  test('by the command tells what was made and what to keep apart', () => {
    const made = command('backup', [folder])
    const [name = ''] = fs.readdirSync(folder)
    expect(made.status).toBe(0)
    expect(made.stdout).toContain(at(name))
    expect(made.stdout).toContain('2 organisations, 2 revisions and 1 person')
    expect(made.stdout).toMatch(/SHA-256: [0-9a-f]{64}\n/)
    expect(made.stdout).toContain('holds no secrets')
    const french = command('backup', [at(name)], { LC_ALL: 'fr_FR.UTF-8' })
    expect(french).toMatchObject({ status: 1, stdout: '' })
    expect(french.stderr).toContain('existe déjà')
    expect(command('backup', [folder, '--encrypt']).stderr).toContain('no passphrase')
  })
})

describe('a restore', () => {
  test('killed at any moment leaves the old database or the new one', async () => {
    await back(at('old.db'))
    await closeDatabase()
    const live = at('live', 'directory.db')
    fs.mkdirSync(at('live'))
    fs.copyFileSync(at('old.db'), live)
    const marked = (file: string) =>
      open(file, (database) => {
        expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
        return Number(
          database.prepare('SELECT "contentVersion" FROM "ContentVersion"').pluck().get(),
        )
      })
    open(live, (database) => database.exec('UPDATE "ContentVersion" SET "contentVersion" = 100'))
    let last = 100
    for (const words of ['Reading', 'Checking', 'Putting']) {
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', 'cli/restore.ts', at('old.db'), '--force'],
        {
          env: { ...process.env, LC_ALL: 'C', DATABASE_URL: `file:${live}` },
          stdio: ['ignore', 'ignore', 'pipe'],
        },
      )
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.stderr.on('data', (said: Buffer) => {
        if (said.toString().includes(words)) child.kill('SIGKILL')
      })
      await ended
      const found = marked(live)
      expect([last, last + 1]).toContain(found)
      last = found
    }
    expect(command('restore', [at('old.db'), '--force'], { DATABASE_URL: `file:${live}` })).toEqual(
      {
        status: 0,
        stdout: expect.stringContaining('is kept') as string,
        stderr: expect.stringContaining('Putting it in place') as string,
      },
    )
    expect(fs.readdirSync(at('live')).filter((name) => name.includes('draft'))).toEqual([])
  })
})

describe('scheduled backups', () => {
  test('are made in a process of their own when it is time, and a failure removes nothing', async () => {
    const schedule = { folder, everyHours: 24, encrypt: false }
    const never = new AbortController().signal
    const old = at('directory-2026-01-01T000000Z.scheduled.db')
    fs.writeFileSync(old, 'an older one')
    expect(await runDueBackup(schedule, new Date(), never)).toBe(true)
    expect(await runDueBackup(schedule, new Date(), never)).toBeNull()
    expect(fs.readdirSync(folder).filter((name) => name.endsWith('.scheduled.db'))).toHaveLength(2)

    const broken = { ...schedule, folder: at('nowhere') }
    expect(await runDueBackup(broken, new Date(), never)).toBe(false)
    expect(fs.existsSync(old)).toBe(true)
  })
})
