import { spawnSync } from 'node:child_process'
import { beforeEach, expect, test } from 'vitest'
import { freshDatabase, rows } from '@/tests/support/database'
import { givenProfile } from '@/tests/support/profiles'

beforeEach(freshDatabase)

function organisations() {
  return rows<{ name: string; version: number; status: string; fictional: number }>(
    'SELECT name, version, status, fictional FROM "Organisation" ORDER BY name',
  )
}

/** Runs the command as a process of its own, on the worker's database, in English unless said otherwise. */
function demo(args: string[], language = 'C') {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'cli/demo.ts', ...args],
    { encoding: 'utf8', env: { ...process.env, LC_ALL: language } },
  )
  return { status, stdout, stderr }
}

test('the command: figures last on stdout, refusal beside real ones, usage, exit codes', async () => {
  const added = demo(['--count', '12'])
  expect(added).toMatchObject({ status: 0 })
  expect(added.stdout.trimEnd().split('\n').at(-1)).toContain('12 invented organisations added')
  expect(added.stderr).toContain('12 of 12')

  await givenProfile({ name: 'Collectif Réel' })
  const refused = demo(['--count', '20'])
  expect(refused).toMatchObject({ status: 1, stdout: '' })
  expect(refused.stderr).toContain('--yes')
  expect(organisations()).toHaveLength(13)

  expect(demo(['--count', '20', '--yes'])).toMatchObject({ status: 0 })
  expect(organisations()).toHaveLength(21)

  const french = demo(['--bogus'], 'fr_FR.UTF-8')
  expect(french).toMatchObject({ status: 1, stdout: '' })
  expect(french.stderr).toContain('Utilisation\u00a0:')

  const removed = demo(['--remove'])
  expect(removed).toMatchObject({ status: 0, stdout: '20 invented organisations removed.\n' })
  expect(organisations()).toHaveLength(1)
})
