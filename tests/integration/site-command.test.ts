import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyAudit } from '@/lib/audit/verify'
import { closeDatabase } from '@/lib/database/client'
import { parseFilters } from '@/lib/directory/filters'
import { listOrganisations } from '@/lib/directory/queries'
import { verifyRevisions } from '@/lib/revisions/verify'
import { writeNewFile } from '@/lib/site/new-file'
import { freshDatabase, rows } from '@/tests/support/database'
import { givenProfile } from '@/tests/support/profiles'
import { exported } from '@/tests/support/site-file'
import { fileOf, plain, recordsOf } from '@/tests/support/whole-site'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'directory-site-command-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(freshDatabase)

const surroundings = (more: Record<string, string> = {}) => ({
  env: { ...process.env, INIT_CWD: folder, LC_ALL: 'C', LANG: 'C', ...more },
})

function command(name: string, args: string[], more: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', `cli/${name}.ts`, ...args],
    { encoding: 'utf8', ...surroundings(more) },
  )
  return { code: status, stdout, stderr }
}

const site = (count: number) =>
  fileOf(
    recordsOf({
      organisations: Array.from({ length: count }, (_, number) =>
        plain({ name: `Cercle fictif ${String(number)}`, revisions: ['edit', 'edit'] }),
      ),
      people: [{ name: 'Quelqu’un', organisation: 0, region: null }],
      auditEntries: 30,
    }),
  )

test('export: a file for its owner alone, a warning in words, and the same on stdout', async () => {
  await givenProfile({ name: 'Cercle Lanterne' })
  const file = path.join(folder, 'site.jsonl')
  const { code, stdout } = command('export', ['site.jsonl'])
  expect(code).toBe(0)
  expect(stdout).toContain('1 organisation exported with 1 revision')
  expect(stdout).toContain('hidden and withdrawn profiles')
  expect(readFileSync(file, 'utf8')).toBe(await exported())
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['site.jsonl'])

  const piped = command('export', ['-'], { LC_ALL: '', LANG: 'fr_FR.UTF-8' })
  expect(piped).toMatchObject({ code: 0, stdout: readFileSync(file, 'utf8') })
  expect(piped.stderr).toContain('fiches masquées et retirées')

  writeFileSync(file, 'precious')
  const refused = command('export', ['site.jsonl'])
  expect(refused).toMatchObject({ code: 2, stdout: '' })
  expect(refused.stderr).toContain('--force')
  expect(readFileSync(file, 'utf8')).toBe('precious')
  rmSync(file)
})

describe('a file is written whole or not at all', () => {
  const write = (force: boolean, content = 'new', ok = true) => {
    const file = path.join(folder, 'file')
    return writeNewFile(file, force, async (add) => {
      await add(content)
      return { ok }
    })
  }
  const there = () =>
    Object.fromEntries(
      readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
    )
  beforeEach(() => rmSync(path.join(folder, 'file'), { force: true }))

  test('one that is there stays, unless it is to be replaced', async () => {
    expect(await write(false)).toEqual({ ok: true })
    expect(await write(false, 'newer')).toEqual({ ok: false, reason: 'exists' })
    expect(there()).toEqual({ file: 'new' })
    expect(await write(true, 'newer')).toEqual({ ok: true })
    expect(there()).toEqual({ file: 'newer' })
  })

  test('what is refused, fails or has no place leaves nothing', async () => {
    expect(await write(true, 'half', false)).toEqual({ ok: false })
    const failing = writeNewFile(path.join(folder, 'file'), false, () =>
      Promise.reject(new Error('halfway')),
    )
    await expect(failing).rejects.toThrow('halfway')
    const full = writeNewFile(path.join(folder, 'file'), false, () =>
      Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })),
    )
    expect(await full).toEqual({ ok: false, reason: 'diskFull' })
    const nowhere = writeNewFile(path.join(folder, 'none/file'), false, () =>
      Promise.resolve({ ok: true }),
    )
    expect(await nowhere).toEqual({ ok: false, reason: 'cannotWrite' })
    expect(there()).toEqual({})
  })
})

test('import-site: a dry run makes no database; a fault is named with its line', async () => {
  const whole = site(2)
  writeFileSync(path.join(folder, 'good.jsonl'), whole)
  writeFileSync(path.join(folder, 'bad.jsonl'), whole.replace('"fictional"', '"fictionnal"'))
  const database = path.join(folder, 'none.db')
  const dry = command('import-site', ['good.jsonl', '--dry-run'], {
    DATABASE_URL: `file:${database}`,
  })
  expect(dry.stderr).toBe('')
  expect(dry).toMatchObject({ code: 0 })
  expect(dry.stdout).toContain('2 new organisations, 0 unchanged')
  expect(existsSync(database)).toBe(false)

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

test('killed in the middle while others read: nothing is there by half, and it goes on', async () => {
  const count = 1000
  const whole = site(count)
  writeFileSync(path.join(folder, 'many.jsonl'), whole)
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'cli/import-site.ts', 'many.jsonl'],
    surroundings(),
  )
  let said = ''
  child.stderr.on('data', (words: Buffer) => (said += words.toString()))
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('close', (_, signal) => resolve(signal)),
  )
  let isOver = false
  const over = ended.then((signal) => {
    isOver = true
    return signal
  })

  // Readers in this process, as those of a site would: each of them is answered, and sees whole
  // organisations only, more and more of them.
  const totals: number[] = []
  while (!isOver) {
    const { filters } = parseFilters(new URLSearchParams({ q: 'cercle' }))
    const { total, organisations } = await listOrganisations(filters, 'fr')
    expect(organisations.length).toBe(Math.min(total, 24))
    totals.push(total)
    if (said.includes('400 of 1,000')) child.kill('SIGKILL')
    // A list out of memory is there at once: what the other process says must be heard too.
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await over).toBe('SIGKILL')
  expect(totals).toEqual([...totals].sort((one, other) => one - other))
  expect(new Set(totals).size).toBeGreaterThan(3)

  await closeDatabase()
  const written = rows('SELECT 1 FROM "Organisation"').length
  expect(written).toBeGreaterThanOrEqual(400)
  expect(written).toBeLessThan(count)
  expect(rows('SELECT 1 FROM "SearchDocument"')).toHaveLength(written)
  expect(await verifyRevisions()).toEqual({
    ...{ ok: true, checked: written * 2, organisations: written },
  })

  const again = command('import-site', ['many.jsonl'])
  expect(again.code).toBe(0)
  expect(again.stdout).toContain(`${String(count - written)} new organisations, ${String(written)}`)
  expect(await exported()).toBe(whole)
  expect(await verifyAudit()).toEqual({ ok: true, checked: 30 })
})
