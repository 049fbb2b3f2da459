import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Finding } from '@/lib/health/findings'
import { freshDatabase } from '@/tests/support/database'
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
})
