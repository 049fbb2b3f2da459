import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

/**
 * Set-up runs for real on a small project of its own. Only the programs that it calls are
 * stand-ins: npm, Prisma, Next and the bundling of the server write down how they were called, take a
 * while and leave behind what set-up looks for. (The real ones run whenever these tests run on a fresh clone.)
 */
const STANDINS = {
  'bin/npm': `#!${process.execPath}
    const { begin, end, leave } = require('../standin.cjs')
    begin('npm ' + process.argv.slice(2).join(' '))
    if (process.argv[2] === 'ci') {
      leave('node_modules/prisma/build/index.js', "require('../../../standin.cjs').prisma()")
      leave('node_modules/next/dist/bin/next', "require('../../../../standin.cjs').next()")
      leave('node_modules/better-sqlite3/index.js', process.env.STANDIN_DRIVER ?? 'module.exports = class { exec() {} }')
    }
    end()`,
  'cli/bundle-server.mjs': `
    import standin from '../standin.cjs'
    standin.begin('bundle')
    standin.leave(process.argv[2] + '/server.mjs', '')
    standin.end()`,
  'standin.cjs': `
    const fs = require('node:fs')
    const path = require('node:path')
    const say = (line) => fs.appendFileSync('calls.log', line + '\\n')
    let name = ''
    exports.begin = (call) => {
      name = call
      say(call + ' NODE_ENV=' + process.env.NODE_ENV)
      console.log('what npm, prisma and next print')
      const [slow, milliseconds] = (process.env.STANDIN_SLOW ?? '').split(':')
      if (slow && call.startsWith(slow)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(milliseconds))
      if (process.env.STANDIN_FAILS && call.startsWith(process.env.STANDIN_FAILS)) process.exit(7)
    }
    exports.end = () => say('end of ' + name)
    exports.leave = (file, content) => {
      fs.mkdirSync(path.dirname(file), { recursive: true })
      fs.writeFileSync(file, content)
    }
    exports.prisma = () => {
      exports.begin('prisma ' + process.argv.slice(2).join(' '))
      exports.leave('lib/database/generated/client.ts', '')
      exports.end()
    }
    exports.next = () => {
      exports.begin('next ' + process.argv.slice(2).join(' '))
      exports.leave(process.env.NEXT_DIST_DIR + '/BUILD_ID', 'built')
      exports.end()
    }`,
}

const CI = 'npm ci --include=dev --ignore-scripts --loglevel=error'
const GENERATE = 'prisma generate'
const BUILD = 'next build'
const BUNDLE = 'bundle'

type Outcome = { code: number | null; stdout: string; stderr: string }

let project = ''
const at = (file: string) => path.join(project, file)

function write(file: string, content: string, mode = 0o644): void {
  fs.mkdirSync(path.dirname(at(file)), { recursive: true })
  fs.writeFileSync(at(file), content, { mode })
}

/** The programs that set-up has called since the last look, in order. */
function calls(): string[] {
  const log = fs.existsSync(at('calls.log')) ? fs.readFileSync(at('calls.log'), 'utf8') : ''
  fs.rmSync(at('calls.log'), { force: true })
  return log.split('\n').filter(Boolean)
}

/** Their names alone. */
function called(): string[] {
  return calls()
    .filter((line) => !line.startsWith('end of'))
    .map((line) => line.replace(/ NODE_ENV=.*/, ''))
}

function start(goal: string, settings: Record<string, string> = {}) {
  const child = spawn(process.execPath, [at('cli/setup.mjs'), goal], {
    // Its own process group, so that a test can end all of it at once.
    detached: true,
    // Wherever it was called: the project is where the script is.
    cwd: tmpdir(),
    env: {
      NODE_ENV: 'development',
      PATH: `${at('bin')}:${process.env['PATH']}`,
      HOME: at('home'),
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.alloc(32, 'k').toString('base64'),
      ...settings,
    },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (words: Buffer) => (stdout += words.toString()))
  child.stderr.on('data', (words: Buffer) => (stderr += words.toString()))
  const outcome = new Promise<Outcome>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
  return { pid: child.pid ?? 0, outcome }
}

const run = (goal: string, settings?: Record<string, string>) => start(goal, settings).outcome

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20))
}

const log = () => (fs.existsSync(at('calls.log')) ? fs.readFileSync(at('calls.log'), 'utf8') : '')

beforeEach(() => {
  project = fs.mkdtempSync(path.join(tmpdir(), 'directory set-up '))
  fs.mkdirSync(at('cli'))
  for (const name of ['setup', 'setup-lock', 'running-servers', 'install-browser']) {
    fs.copyFileSync(`cli/${name}.mjs`, at(`cli/${name}.mjs`))
  }
  for (const [file, content] of Object.entries(STANDINS)) write(file, content, 0o755)
  write('package-lock.json', '{"packages":{"":{}}}')
  write('prisma/schema.prisma', 'model A')
  write('app/page.tsx', 'page')
})

afterEach(() => {
  fs.rmSync(project, { recursive: true, force: true })
})

describe('what is done', () => {
  test('everything the first time, nothing the second, and only stderr is written to', async () => {
    const first = await run('build')
    expect(first).toMatchObject({ code: 0, stdout: '' })
    expect(first.stderr).toContain('what npm, prisma and next print')
    expect(called()).toEqual([CI, GENERATE, BUILD, BUNDLE])
    expect(await run('build')).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(called()).toEqual([])
  })

  test('with NODE_ENV=production development packages come too, and only the site is built for it', async () => {
    await run('build', { NODE_ENV: 'production' })
    expect(calls()).toEqual([
      `${CI} NODE_ENV=development`,
      `end of ${CI}`,
      `${GENERATE} NODE_ENV=production`,
      `end of ${GENERATE}`,
      `${BUILD} NODE_ENV=production`,
      `end of ${BUILD}`,
      `${BUNDLE} NODE_ENV=production`,
      `end of ${BUNDLE}`,
    ])
    write('app/page.tsx', 'changed')
    await run('build', { NODE_ENV: 'development', NEXT_DIST_DIR: '.next-other' })
    expect(calls()).toContain(`${BUILD} NODE_ENV=production`)
    expect(fs.existsSync(at('.next-other/BUILD_ID'))).toBe(true)
  })

  test.each([
    ['a page', 'app/page.tsx', [BUILD, BUNDLE]],
    ['the server', 'server.ts', [BUILD, BUNDLE]],
    ['a new file', 'lib/new.ts', [BUILD, BUNDLE]],
    ['the schema', 'prisma/schema.prisma', [GENERATE, BUILD, BUNDLE]],
    ['the lockfile', 'package-lock.json', [CI, GENERATE, BUILD, BUNDLE]],
    ['what is not built', 'README.md', []],
  ])('again what depends on it when %s changes', async (_, file, expected) => {
    await run('build')
    calls()
    write(file, '{"packages":{"":{"changed":true}}}')
    expect(await run('build')).toMatchObject({ code: 0 })
    expect(called()).toEqual(expected)
  })

  test.each([
    ['the packages', 'node_modules', [CI]],
    ['the generated client', 'lib/database/generated', [GENERATE]],
    ['every build', '.next', [BUILD, BUNDLE]],
    ['the bundled server', '.next/current/server.mjs', [BUILD, BUNDLE]],
  ])('again what is missing when %s is deleted', async (_, folder, expected) => {
    await run('build')
    calls()
    fs.rmSync(at(folder), { recursive: true })
    expect(await run('build')).toMatchObject({ code: 0 })
    expect(called()).toEqual(expected)
  })

  test('nothing again when a setting or a secret changes, from outside or in .env', async () => {
    await run('build')
    calls()
    write('.env', 'NETWORK_NAME=Network')
    const settings = { SITE_NAME: 'Directory', PUBLIC_ORIGIN: 'https://directory.example' }
    const key = Buffer.alloc(32, 'other').toString('base64')
    await run('build', { ...settings, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: key })
    expect(called()).toEqual([])
  })
})

/** The folder of the build that would be started, below `.next/builds`. */
const current = () => path.basename(fs.realpathSync(at('.next/current')))
const builds = () => fs.readdirSync(at('.next/builds')).sort()

/** A process that says of itself that it serves a build; gives its end. */
async function serve(build: string) {
  write(
    'serve.mjs',
    `import { markRunning } from './cli/running-servers.mjs'
     markRunning(process.argv[2])
     console.log('marked')
     setInterval(() => {}, 1000)`,
  )
  const server = spawn(process.execPath, ['serve.mjs', `.next/builds/${build}`], { cwd: project })
  const exited = new Promise((resolve) => server.once('exit', resolve))
  await new Promise((resolve) => server.stdout.once('data', resolve))
  return async (signal: NodeJS.Signals) => {
    server.kill(signal)
    await exited
  }
}

describe('every build has a folder of its own', () => {
  test('and is used once it is whole', async () => {
    await run('build')
    const first = current()
    write('app/page.tsx', 'changed')
    expect(await run('build', { STANDIN_FAILS: 'bundle' })).toMatchObject({ code: 1 })
    expect(current()).toBe(first)
    await run('build')
    expect(current()).not.toBe(first)
    expect(builds()).toEqual([current()])
  })

  test('which stays while a server runs from it, and goes with the next set-up after that', async () => {
    await run('build')
    const first = current()
    const end = await serve(first)
    write('app/page.tsx', 'changed')
    await run('build')
    const second = current()
    expect(builds()).toEqual([first, second].sort())
    write('app/page.tsx', 'page')
    calls()
    await run('build')
    expect(called()).toEqual([])
    expect(current()).toBe(first)
    write('app/page.tsx', 'changed')
    await run('build')
    await end('SIGKILL')
    expect(fs.readdirSync(at('data/running'))).toHaveLength(1)
    await run('build')
    expect(builds()).toEqual([current()])
  })

  test('also where another process has the number of a server that was killed', async () => {
    await run('build')
    const first = current()
    write(`data/running/${process.pid}.1`, `.next/builds/${first}`)
    write('app/page.tsx', 'changed')
    await run('build')
    expect(builds()).toEqual([current()])
  })

  test('also with the name that stands in .env.example; another folder is never replaced', async () => {
    await run('build', { NEXT_DIST_DIR: '.next' })
    expect(fs.existsSync(at('.next/current/server.mjs'))).toBe(true)
    expect(await run('build', { NEXT_DIST_DIR: 'app' })).toMatchObject({ code: 1 })
    expect(fs.existsSync(at('app/page.tsx'))).toBe(true)
  })

  test('and an older folder of that name gives way to the link', async () => {
    write('.next-old/BUILD_ID', 'built')
    await run('build', { NEXT_DIST_DIR: '.next-old' })
    expect(fs.lstatSync(at('.next-old')).isSymbolicLink()).toBe(true)
    expect(fs.existsSync(at('.next-old/server.mjs'))).toBe(true)
  })
})

test('packages are not replaced under a server that runs', async () => {
  await run('build')
  const end = await serve(current())
  calls()
  write('package-lock.json', '{"packages":{"":{"changed":true}}}')
  const refused = await run('build')
  expect(refused).toMatchObject({ code: 1, stdout: '' })
  expect(refused.stderr).toMatch(/A server of this folder uses them \(process \d+\): stop it/)
  expect(called()).toEqual([])
  await end('SIGTERM')
  expect(await run('build')).toMatchObject({ code: 0 })
  expect(called()).toEqual([CI, GENERATE, BUILD, BUNDLE])
})

describe('two commands at once', () => {
  test('one does the work, the other says that it waits', async () => {
    const outcomes = await Promise.all([
      run('build', { STANDIN_SLOW: 'npm ci:800' }),
      run('build', { STANDIN_SLOW: 'npm ci:800' }),
    ])
    expect(outcomes).toMatchObject([{ code: 0 }, { code: 0 }])
    expect(called()).toEqual([CI, GENERATE, BUILD, BUNDLE])
    expect(outcomes.filter(({ stderr }) => stderr.includes('waiting'))).toHaveLength(1)
    expect(fs.readdirSync(at('.setup'))).toEqual([])
  })

  test('of many that find an abandoned lock one takes it over', async () => {
    const dead = start('install', { STANDIN_SLOW: 'npm ci:60000' })
    await until(() => log().includes('npm ci'))
    process.kill(-dead.pid, 'SIGKILL')
    await dead.outcome
    calls()
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () => run('build', { STANDIN_SLOW: 'npm ci:500' })),
    )
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0])
    expect(called()).toEqual([CI, GENERATE, BUILD, BUNDLE])
  })
})

describe('interrupted', () => {
  test.each([
    ['the installation', 'npm ci', [CI, GENERATE, BUILD, BUNDLE]],
    ['the generation', 'prisma', [GENERATE, BUILD, BUNDLE]],
    ['the build', 'next', [BUILD, BUNDLE]],
  ])('by kill -9 in the middle of %s, the next command repairs it', async (_, slow, expected) => {
    const first = start('build', { STANDIN_SLOW: `${slow}:60000` })
    await until(() => log().includes(`${slow} `))
    process.kill(-first.pid, 'SIGKILL')
    await first.outcome
    calls()
    expect(await run('build')).toMatchObject({ code: 0 })
    expect(called()).toEqual(expected)
  })

  test('a build over an older one that is killed half way does not pass for whole', async () => {
    await run('build')
    calls()
    write('app/page.tsx', 'changed')
    const second = start('build', { STANDIN_SLOW: 'next:60000' })
    await until(() => log().includes('next'))
    process.kill(-second.pid, 'SIGKILL')
    await second.outcome
    calls()
    await run('build')
    expect(called()).toEqual([BUILD, BUNDLE])
  })

  test('what outlives set-up itself is waited for, never run twice at once', async () => {
    const first = start('install', { STANDIN_SLOW: 'npm ci:1500' })
    await until(() => log().includes('npm ci'))
    process.kill(first.pid, 'SIGKILL')
    const second = await run('install')
    expect(second).toMatchObject({ code: 0 })
    expect(second.stderr).toContain('waiting')
    expect(calls().map((line) => line.replace(/ NODE_ENV=.*/, ''))).toEqual([
      CI,
      `end of ${CI}`,
      CI,
      `end of ${CI}`,
    ])
  })

  test('by a signal, it stops what it started and lets go of the lock', async () => {
    const first = start('install', { STANDIN_SLOW: 'npm ci:60000' })
    await until(() => log().includes('npm ci'))
    process.kill(first.pid, 'SIGTERM')
    expect(await first.outcome).toMatchObject({ code: 143 })
    expect(fs.readdirSync(at('.setup'))).toEqual([])
    expect(fs.existsSync(at('node_modules/.setup-stamp'))).toBe(false)
  })

  test('by a process whose number another one has since', async () => {
    fs.mkdirSync(at('.setup'))
    fs.symlinkSync(`${process.pid}.1`, at('.setup/lock'))
    expect(await run('install')).toMatchObject({ code: 0 })
    expect(called()).toEqual([CI])
  })
})

describe('what cannot be done is explained, without a stack trace', () => {
  test('a failed installation', async () => {
    const { code, stderr } = await run('build', { STANDIN_FAILS: 'npm ci' })
    expect(code).toBe(1)
    expect(stderr).toContain('npm ci failed (exit 7); what it said is above.')
    expect(stderr).not.toMatch(/^ +at /m)
    expect(called()).toEqual([CI])
    expect(await run('build')).toMatchObject({ code: 0 })
  })

  test('a database driver that does not open a database', async () => {
    const driver = "module.exports = class { exec() { throw new Error('no binding here') } }"
    const { code, stderr } = await run('build', { STANDIN_DRIVER: driver })
    expect(code).toBe(1)
    expect(stderr).toContain('no binding here')
    expect(stderr).toContain('sudo apt-get install python3 make g++')
    expect(called()).toEqual([
      CI,
      'npm rebuild better-sqlite3 --ignore-scripts=false --loglevel=error',
    ])
    expect(fs.existsSync(at('node_modules/.setup-stamp'))).toBe(false)
  })

  test('no browser', async () => {
    fs.rmSync(at('bin'), { recursive: true })
    const { code, stderr } = await run('test', { PATH: at('bin') })
    expect(code).toBe(1)
    expect(stderr).toContain('sudo apt-get install chromium')
    expect(called()).toEqual([])
  })

  test('a browser that was pointed to and is not there', async () => {
    const { code, stderr } = await run('test', { CHROMIUM_PATH: at('nowhere') })
    expect(code).toBe(1)
    expect(stderr).toContain(`CHROMIUM_PATH is not a browser that starts: ${at('nowhere')}`)
  })

  test('a goal that does not exist', async () => {
    expect(await run('fly')).toMatchObject({
      code: 1,
      stderr: 'say one of: install, generate, build, test\n',
    })
  })
})

describe('for the tests', () => {
  test('the first browser that starts is taken, and the site is built apart without settings', async () => {
    write('bin/chromium', '#!/bin/sh\necho only a signpost >&2; exit 1\n', 0o755)
    write('bin/google-chrome', '#!/bin/sh\necho Chrome 1\n', 0o755)
    write('.env', 'SITE_NAME=Directory')
    expect(await run('test', { PATH: `${at('bin')}:/bin` })).toMatchObject({ code: 0, stdout: '' })
    expect(fs.readFileSync(at('.setup/browser'), 'utf8')).toBe(at('bin/google-chrome'))
    expect(fs.existsSync(at('.next-test/BUILD_ID'))).toBe(true)
    expect(fs.existsSync(at('.next/current'))).toBe(false)
    calls()
    expect(await run('test', { PATH: at('bin'), SITE_NAME: 'Mine' })).toMatchObject({ stderr: '' })
    expect(called()).toEqual([])
  })
})
