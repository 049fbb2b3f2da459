import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '@/lib/database/migrate'
import { diskFullError } from '@/lib/database/check-path'

/** Whoever may write everywhere finds no place unusable: for root, commands run as this account. */
const isRoot = process.getuid?.() === 0
const nobody = isRoot ? 65534 : (process.getuid?.() ?? 0)
const owner = isRoot ? 'root' : userInfo().username

let folder = ''
const at = (...names: string[]) => path.join(folder, ...names)

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'directory-place-'))
  fs.chmodSync(folder, 0o755)
})

afterEach(() => {
  for (const name of fs.readdirSync(folder)) fs.chmodSync(at(name), 0o755)
  fs.rmSync(folder, { recursive: true })
})

/** What follows a command so that it would open the database. */
const commands: [name: string, args: string[]][] = [
  ['server.ts', []],
  ['cli/secrets.ts', []],
  ['cli/import.ts', ['package.json']],
  ['cli/demo.ts', ['--count', '1']],
  ['cli/admin.ts', ['list']],
  ['cli/reindex.ts', []],
  ['cli/backup.ts', [`${tmpdir()}/`]],
  ['cli/restore.ts', ['package.json']],
  ['cli/export.ts', ['-']],
  ['cli/import-site.ts', ['package.json']],
  ['cli/audit.ts', ['verify']],
  ['cli/doctor.ts', []],
]

function run(database: string, [name, args]: [string, string[]], settings = {}) {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', name, ...args], {
    encoding: 'utf8',
    ...(isRoot ? { uid: nobody, gid: nobody } : {}),
    env: { ...process.env, LC_ALL: 'C', DATABASE_URL: `file:${database}`, ...settings },
  })
  return { status, lines: stderr.trimEnd().split('\n') }
}

describe('a place that cannot be used is explained in two lines', () => {
  test.each(commands)('by %s', (...command) => {
    fs.writeFileSync(at('plain'), '')
    const { status, lines } = run(at('plain', 'directory.db'), command)
    expect(lines).toEqual([
      expect.stringContaining(`${at('plain')} is a file, which belongs to ${owner}`),
      'Move that file away, or set DATABASE_URL to another place.',
    ])
    expect(status).toBe(1)
  })

  const start: [string, string[]] = ['cli/admin.ts', ['list']]
  const places: [what: string, file: string, make: () => void, first: string, second: string][] = [
    [
      'a folder that cannot be written',
      'locked/directory.db',
      () => fs.mkdirSync(at('locked'), { mode: 0o555 }),
      'may not write in the folder FOLDER/locked, which belongs to OWNER',
      'Run the command as OWNER',
    ],
    [
      'a folder that cannot be made',
      'locked/new/directory.db',
      () => fs.mkdirSync(at('locked'), { mode: 0o555 }),
      'may not write in FOLDER/locked, which belongs to OWNER',
      'Make the folder as OWNER',
    ],
    [
      'a file that cannot be written',
      'open/directory.db',
      () => {
        fs.mkdirSync(at('open'))
        migrate(at('open/directory.db'), 'prisma/migrations')
        fs.chmodSync(at('open/directory.db'), 0o444)
        fs.chmodSync(at('open'), 0o777)
      },
      'may not write the file FOLDER/open/directory.db, which belongs to OWNER',
      'Run the command as OWNER',
    ],
    [
      'a file that SQLite keeps beside it and another account has left',
      'open/directory.db',
      () => {
        fs.mkdirSync(at('open'))
        fs.chmodSync(at('open'), 0o777)
        fs.writeFileSync(at('open/directory.db-wal'), '', { mode: 0o444 })
      },
      'may not write the file FOLDER/open/directory.db-wal, which belongs to OWNER',
      'Run the command as OWNER',
    ],
    [
      'a folder',
      'directory.db',
      () => {
        fs.chmodSync(folder, 0o777)
        fs.mkdirSync(at('directory.db'))
      },
      'FOLDER/directory.db is a folder, which belongs to OWNER',
      'Set DATABASE_URL to the path of a file',
    ],
  ]
  test.each(places)('%s', (_, file, make, first, second) => {
    make()
    const named = (words: string) =>
      expect.stringContaining(words.replace('FOLDER', folder).replace('OWNER', owner)) as unknown
    const { status, lines } = run(at(file), start)
    expect(lines).toEqual([named(first), named(second)])
    expect(status).toBe(1)
  })

  test('in the language of the terminal', () => {
    fs.mkdirSync(at('directory.db'))
    fs.chmodSync(folder, 0o777)
    const { lines } = run(at('directory.db'), start, { LC_ALL: 'fr_FR.UTF-8' })
    expect(lines).toHaveLength(2)
    expect(lines[0]).toContain(`est un dossier, qui appartient à ${owner}`)
  })
})

describe('a full disk', () => {
  test('is told from every other failure', () => {
    const failure = (code: string) => Object.assign(new Error(code), { code })
    for (const code of ['ENOSPC', 'SQLITE_FULL', 'EDQUOT']) {
      expect(diskFullError(failure(code), at('directory.db'))).toMatchObject({
        reason: 'diskFull',
        place: folder,
        owner,
      })
    }
    for (const code of ['EACCES', 'SQLITE_BUSY', 'SQLITE_READONLY', 'SQLITE_CORRUPT']) {
      expect(diskFullError(failure(code), at('directory.db'))).toBeNull()
    }
  })

  let disk = ''
  let mounted = false
  beforeAll(() => {
    disk = fs.mkdtempSync(path.join(tmpdir(), 'directory-disk-'))
    mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status === 0
  })
  afterAll(() => {
    if (mounted) spawnSync('umount', [disk])
    fs.rmdirSync(disk)
  })

  /** Where no small disk can be mounted, the first thing that is written fails as on a full one. */
  function runOnFullDisk(command: [string, string[]]) {
    const inject = at('inject.mjs')
    fs.writeFileSync(
      inject,
      `import fs from 'node:fs'
       import { syncBuiltinESMExports } from 'node:module'
       fs.mkdirSync = () => { throw Object.assign(new Error('full'), { code: 'ENOSPC' }) }
       syncBuiltinESMExports()`,
    )
    const settings = mounted ? {} : { NODE_OPTIONS: `--import ${inject}` }
    fs.chmodSync(mounted ? disk : folder, 0o777)
    return run(mounted ? path.join(disk, 'directory.db') : at('directory.db'), command, settings)
  }

  test.each(
    commands.filter(([name]) =>
      ['server.ts', 'cli/admin.ts', 'cli/demo.ts', 'cli/audit.ts'].includes(name),
    ),
  )('is explained in two lines by %s', (...command) => {
    const { status, lines } = runOnFullDisk(command)
    expect(lines).toEqual([
      expect.stringMatching(/the disk of .* is full or takes nothing more\.$/),
      expect.stringMatching(/^Make room there/),
    ])
    expect(status).toBe(1)
  })

  test('that fills while a command writes is explained too', () => {
    // Where no small disk can be mounted there is nothing that fills.
    if (!mounted) return
    spawnSync('mount', ['-o', 'remount,size=3m', disk])
    fs.chmodSync(disk, 0o777)
    const command: [string, string[]] = ['cli/demo.ts', ['--count', '5000']]
    const { status, lines } = run(path.join(disk, 'directory.db'), command)
    expect(lines.slice(-2)).toEqual([
      expect.stringMatching(/the disk of .* is full or takes nothing more\.$/),
      expect.stringMatching(/^Make room there/),
    ])
    expect(lines.filter((line) => /^ +at /.test(line))).toEqual([])
    expect(status).toBe(1)
  })
})
