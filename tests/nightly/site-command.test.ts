import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase } from '@/lib/database/client'
import { parseFilters } from '@/lib/directory/filters'
import { listOrganisations } from '@/lib/directory/queries'
import { freshDatabase, rows } from '@/tests/support/database'
import { givenProfile } from '@/tests/support/profiles'
import { exported } from '@/tests/support/site-file'
import { fileOf, plain, recordsOf } from '@/tests/support/whole-site'

let folder: string
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'directory-site-command-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true }))
beforeEach(async () => {
  await freshDatabase()
  for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name))
})

const at = (name: string) => path.join(folder, name)
const surroundings = (more: Record<string, string> = {}) => ({
  ...process.env,
  ...{ INIT_CWD: folder, LC_ALL: 'C', LANG: 'C', ...more },
})

function command(name: string, args: string[], more: Record<string, string> = {}) {
  // With `FULL`, the system lets no file grow beyond that many blocks of 512 bytes.
  const script = `trap '' XFSZ; ulimit -f \${FULL:-unlimited}; exec "$0" --import tsx "$@"`
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', script, process.execPath, `cli/${name}.ts`, ...args],
    { encoding: 'utf8', env: surroundings(more) },
  )
  return { code: status, stdout, stderr }
}

const site = (count: number, size = 0) =>
  fileOf(
    recordsOf({
      organisations: Array.from({ length: count }, (_, number) =>
        plain({
          name: `Cercle fictif ${String(number)}`,
          revisions: ['edit', 'edit'],
          pages: size === 0 ? [] : ['x'.repeat(size)],
        }),
      ),
      people: [{ name: 'Quelqu’un', organisation: 0, region: null }],
      auditEntries: 30,
    }),
  )

test('export: a file for its owner alone, a warning in words, and the same on stdout', async () => {
  await givenProfile({ name: 'Cercle Lanterne' })
  const { code, stdout } = command('export', ['site.jsonl'])
  expect(code).toBe(0)
  expect(stdout).toContain('1 organisation exported with 1 revision')
  expect(stdout).toContain('hidden and withdrawn profiles')
  expect(fs.readFileSync(at('site.jsonl'), 'utf8')).toBe(await exported())
  expect(fs.statSync(at('site.jsonl')).mode & 0o777).toBe(0o600)

  const piped = command('export', ['-'], { LC_ALL: '', LANG: 'fr_FR.UTF-8' })
  expect(piped).toMatchObject({ code: 0, stdout: await exported() })
  expect(piped.stderr).toContain('fiches masquées et retirées')
  expect(fs.readdirSync(folder)).toEqual(['site.jsonl'])
})

test('export: no database, no folder, a full disk: named, and no file is left', async () => {
  for (let number = 0; number < 20; number++) {
    await givenProfile({ aliases: ['x'.repeat(150), String(number)] })
  }
  const none = command('export', ['site.jsonl'], { DATABASE_URL: `file:${at('none.db')}` })
  expect(none.code).toBe(1)
  const nowhere = command('export', ['none/site.jsonl'])
  expect(nowhere).toMatchObject({ code: 2, stdout: '' })
  expect(nowhere.stderr).toContain('the folder is missing')
  const full = command('export', ['site.jsonl'], {
    ...{ FULL: '8', TSX_DISABLE_CACHE: '1' },
  })
  expect(full).toMatchObject({ code: 2, stdout: '' })
  expect(full.stderr).toContain('no room left')
  expect(fs.readdirSync(folder)).toEqual([])
})

test('import-site: a dry run makes no database; a fault is named with its line', () => {
  const whole = site(2)
  fs.writeFileSync(at('good.jsonl'), whole)
  fs.writeFileSync(at('bad.jsonl'), whole.replace('"fictional"', '"fictionnal"'))
  const dry = command('import-site', ['good.jsonl', '--dry-run'], {
    DATABASE_URL: `file:${at('none.db')}`,
  })
  expect(dry).toMatchObject({ code: 0 })
  expect(dry.stdout).toContain('Nothing was written')
  expect(dry.stdout).toContain('2 organisations, 4 revisions')
  expect(fs.existsSync(at('none.db'))).toBe(false)

  const refused = command('import-site', ['bad.jsonl'], { LC_ALL: '', LANG: 'fr_FR.UTF-8' })
  expect(refused).toMatchObject({ code: 2, stdout: '' })
  expect(refused.stderr).toContain('Ligne 32\u00a0:')
  expect(refused.stderr).toContain('fictionnal')
  expect(refused.stderr).toContain('Rien n’a été écrit')
  expect(rows('SELECT 1 FROM "Organisation"')).toEqual([])

  const wrongCommand = command('import', ['good.jsonl'])
  expect(wrongCommand.code).toBe(2)
  expect(wrongCommand.stderr).toContain('import-site')
})

test('import-site: a database that holds something is refused in two lines', async () => {
  await givenProfile()
  fs.writeFileSync(at('good.jsonl'), site(2))
  const { code, stdout, stderr } = command('import-site', ['good.jsonl'])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  const [what, advice, ...rest] = stderr.trimEnd().split('\n')
  expect(what).toContain('is not empty: it holds 1 organisation, 0 accounts and 1 entry')
  expect(advice).toContain('move the database away')
  expect(rest).toEqual([])
})

test('import-site: killed in the middle, nothing is there', async () => {
  const whole = site(300, 15_000)
  fs.writeFileSync(at('many.jsonl'), whole)
  const child = spawn(process.execPath, ['--import', 'tsx', 'cli/import-site.ts', 'many.jsonl'], {
    env: surroundings(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (words: Buffer) => (said += words.toString()))
  const ended = new Promise((resolve) => child.once('close', (_, signal) => resolve(signal)))
  let isOver = false
  void ended.then(() => (isOver = true))
  // As a site would meanwhile: everybody is answered.
  const { filters } = parseFilters(new URLSearchParams({ q: 'cercle' }))
  while (!isOver) {
    expect(await listOrganisations(filters, 'fr')).toMatchObject({ total: 0 })
    if (said.includes('60% of the file')) child.kill('SIGKILL')
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await ended).toBe('SIGKILL')
  await closeDatabase()
  expect(rows('SELECT 1 FROM "Organisation" UNION ALL SELECT 1 FROM "AuditEntry"')).toEqual([])

  const again = command('import-site', ['many.jsonl', '--latest'])
  expect(again.code).toBe(0)
  expect(again.stdout).toContain('300 organisations, 600 revisions')
  expect(await exported()).toBe(whole)
})
