import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { env } from '@/lib/env'
import type { Plan } from '@/lib/import/plan'
import { freshDatabase, rows } from '@/tests/support/database'
import { page, seedPage } from '@/tests/support/pages'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'directory-command-'))
  writeFileSync(path.join(folder, 'seed.txt'), seedPage())
  writeFileSync(path.join(folder, 'broken.txt'), 'Bonjour')
})
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(freshDatabase)

function command(args: string[], surroundings: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'cli/import.ts', ...args],
    {
      cwd: env.root,
      encoding: 'utf8',
      env: { ...process.env, INIT_CWD: folder, LC_ALL: 'C', LANG: 'C', ...surroundings },
    },
  )
  return { code: status, stdout, stderr }
}

describe('npm run import', () => {
  test('prints the plan and nothing else, for files relative to where it was called', () => {
    const { code, stdout, stderr } = command(['seed.txt', '--json'])
    expect(code).toBe(0)
    expect(stderr).toBe('')
    const plan = JSON.parse(stdout) as Plan
    expect(plan.files).toMatchObject([{ file: 'seed.txt', outcome: 'create', refused: [] }])
    expect(Object.keys(plan.files[0]?.organisation ?? {})).toEqual([
      ...['name', 'slug', 'status', 'country', 'region', 'regionSuggested', 'contact'],
      ...['priorityAreas', 'answers'],
    ])
    expect(rows('SELECT id FROM "Organisation"')).toHaveLength(1)
  })

  test('a dry run prints the same and writes nothing', () => {
    const dry = command(['--dry-run', '--json', 'seed.txt'])
    expect(rows('SELECT id FROM "Organisation"')).toHaveLength(0)
    expect(dry.code).toBe(0)
    expect(command(['--json', 'seed.txt']).stdout).toBe(dry.stdout)
  })

  test('something refused: 2, a missing file too, and the others are imported', () => {
    const { code, stdout } = command(['none.txt', 'broken.txt', 'seed.txt'])
    expect(code).toBe(2)
    expect(stdout).toContain('3 files: 1 new, 0 updated, 0 unchanged, 2 refused.')
    expect(rows('SELECT id FROM "Organisation"')).toHaveLength(1)
  })

  test('speaks French where the terminal does', () => {
    const { stdout } = command(['seed.txt', '--dry-run'], { LC_ALL: '', LANG: 'fr_FR.UTF-8' })
    expect(stdout).toContain('Rien n’a été écrit')
    expect(stdout).toContain('1 fichier')
  })

  test.each<[string, string[], Record<string, string>]>([
    ['no file', [], {}],
    ['an unknown option', ['seed.txt', '--yes'], {}],
    ['no database', ['seed.txt'], { DATABASE_URL: 'file:/nowhere/at/all.db' }],
  ])('%s: could not run, 1', (_, args, surroundings) => {
    const { code, stdout, stderr } = command(args, surroundings)
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).not.toBe('')
    expect(existsSync('/nowhere')).toBe(false)
  })

  test('several hundred files show their progress on stderr', () => {
    const files = Array.from({ length: 100 }, (_, index) => {
      const name = `many-${String(index)}.txt`
      writeFileSync(path.join(folder, name), page({ name: `Collectif ${String(index)}` }))
      return name
    })
    const { code, stdout, stderr } = command([...files, '--json'])
    expect(code).toBe(0)
    expect((JSON.parse(stdout) as Plan).files).toHaveLength(100)
    expect(stderr).toContain('50 of 100 files')
    expect(stderr).toContain('100 of 100 files')
  })
})
