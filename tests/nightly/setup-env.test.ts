import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const own = (file: string) => pathToFileURL(path.resolve(file)).href

let root = ''
beforeEach(() => {
  root = fs.mkdtempSync(path.join(tmpdir(), 'directory settings '))
})
afterEach(() => {
  fs.rmSync(root, { recursive: true })
})

/** Runs a script in a process of its own, in an empty folder that it takes for the repository. */
function run(script: string, settings: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
    cwd: root,
    env: { NODE_ENV: 'development', PATH: process.env['PATH'], ...settings },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (words: Buffer) => (stdout += words.toString()))
  child.stderr.on('data', (words: Buffer) => (stderr += words.toString()))
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

function write(file: string, content: string): string {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  fs.writeFileSync(path.join(root, file), content)
  return file
}

const printSecrets = `import { secrets } from '${own('lib/env.ts')}'
  console.log(JSON.stringify([secrets(), process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY]))`

test('processes that start at once get the same secrets, and Next gets its key', async () => {
  const script = write('print.mts', printSecrets)
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => run(script)))
  expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0])
  const stored = JSON.parse(
    fs.readFileSync(path.join(root, 'data/secrets.json'), 'utf8'),
  ) as Record<string, string>
  for (const { stdout } of outcomes) {
    expect(JSON.parse(stdout)).toEqual([stored, stored['NEXT_SERVER_ACTIONS_ENCRYPTION_KEY']])
  }
  expect(fs.readdirSync(path.join(root, 'data'))).toEqual(['secrets.json'])
})

test('wrong settings end the process with a list of all of them, from outside and from .env', async () => {
  write('.env', 'CONTACT_EMAIL=desk\nPORT=80000\n')
  const outcome = await run(write('print.mts', printSecrets), { PORT: 'http', HOST: 'a b' })
  expect(outcome).toEqual({
    code: 1,
    stdout: '',
    stderr: [
      'The settings are not right, so nothing was started:',
      '  PORT: must be a whole number from 1 to 65535, and is "http"',
      '  HOST: must be a host name or an IP address without a port, and is "a b"',
      '  CONTACT_EMAIL: must be one e-mail address, such as desk@example.org, and is "desk"',
      'Settings come from the environment or from .env; .env.example explains them.',
      '',
    ].join('\n'),
  })
  expect(fs.existsSync(path.join(root, 'data'))).toBe(false)
})

const logSomething = `import { log } from '${own('lib/log.ts')}'
  log.info({ event: 'ready', origin: 'http://localhost:3000' })
  log.debug({ event: 'detail' })`

test('the server logs lines of JSON on stdout, a command on stderr', async () => {
  const server = await run(write('server.mts', logSomething))
  expect(JSON.parse(server.stdout)).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
    event: 'ready',
    origin: 'http://localhost:3000',
  })
  expect(server.stderr).toBe('')
  const command = await run(write('cli/import.mts', logSomething))
  expect(command.stdout).toBe('')
  expect(command.stderr).toContain('"event":"ready"')
})
