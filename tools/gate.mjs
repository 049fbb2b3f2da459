/**
 * Runs the tests: `node tools/gate.mjs check|quick|all`, without a word the gate itself.
 *
 * check  what reads the code without running it
 * quick  the inner loop: what the files changed since the last commit can break
 * (none) check beside the build, then unit, integration, the built site over HTTP, the browser
 * all    the gate and tests/nightly
 *
 * Ends with the time of each stage, the ten slowest tests and `N passed, N failed, N skipped`.
 */
import { Buffer } from 'node:buffer'
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { readReport, seconds, slowestTests, totals } from './test-report.mjs'

const root = path.dirname(import.meta.dirname)
const at = (...parts) => path.join(root, ...parts)
const bin = (file) => [process.execPath, at('node_modules', file)]
const cache = (name) => `node_modules/.cache/${name}`
const reports = at('test-results', 'gate')

const eslint = [
  ...[...bin('eslint/bin/eslint.js'), '--max-warnings', '0'],
  ...['--cache', '--cache-strategy', 'content', '--cache-location', cache('eslint/')],
]
const prettier = [
  ...[...bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '--cache'],
  ...['--cache-strategy', 'content', '--cache-location', cache('prettier')],
]
const tsc = [
  ...[...bin('typescript/bin/tsc'), '--noEmit', '--incremental'],
  ...['--tsBuildInfoFile', cache('tsc.tsbuildinfo')],
]
/** Types of the routes, which the compiler and the linter read. */
const typegen = [...bin('next/dist/bin/next'), 'typegen']
const depcruise = [
  ...[...bin('dependency-cruiser/bin/dependency-cruise.mjs'), '.'],
  ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
]
const knip = bin('knip/bin/knip.js')
const dependencies = [process.execPath, at('tools/check-dependencies.mjs')]
const setUp = (goal) => [process.execPath, at('cli', 'setup.mjs'), goal]

/** Runs a program in the repository; with `isQuiet` its words are shown only where it fails. */
function run([file, ...args], { isQuiet = false, settings = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'test', ...settings },
      stdio: isQuiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    })
    const said = []
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => said.push(part))
    child.once('error', (error) => said.push(`${file}: ${error.message}\n`))
    child.once('close', (code) => {
      if (code !== 0) process.stderr.write(Buffer.concat(said.map((part) => Buffer.from(part))))
      resolve(code === 0)
    })
  })
}

/** One after the other; false at the first that fails. */
async function inTurn(commands, options) {
  for (const command of commands) if (!(await run(command, options))) return false
  return true
}

const allOf = async (...running) => (await Promise.all(running)).every(Boolean)

/** The compiler and the linter take as long as all the others together: one for each processor. */
async function check() {
  if (!(await run(typegen, { isQuiet: true }))) return false
  return allOf(
    inTurn([tsc, [...prettier, '.'], depcruise], { isQuiet: true }),
    inTurn([[...eslint, '.'], knip, dependencies], { isQuiet: true }),
  )
}

// --- tests ------------------------------------------------------------------------------------

async function vitest(projects, args = [], settings = {}) {
  const file = path.join(reports, 'vitest.json')
  const isGreen = await run(
    [
      ...[...bin('vitest/vitest.mjs'), 'run', ...projects.flatMap((name) => ['--project', name])],
      ...['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`, ...args],
    ],
    { settings },
  )
  readReport(file, 'vitest')
  return isGreen
}

async function playwright(args = []) {
  const file = path.join(reports, 'playwright.json')
  const isGreen = await run(
    [...bin('@playwright/test/cli.js'), 'test', '--reporter=line,json', ...args],
    { settings: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } },
  )
  readReport(file, 'playwright')
  return isGreen
}

const hasFiles = (folder, ending) =>
  fs.existsSync(at(folder)) &&
  fs.readdirSync(at(folder), { recursive: true }).some((name) => String(name).endsWith(ending))

const gate = {
  'check, build': () => allOf(check(), run(setUp('test'))),
  unit: () => vitest(['unit']),
  integration: () => vitest(['integration*']),
  ...(hasFiles('tests/site', '.test.ts') && { site: () => vitest(['site']) }),
  browser: () => playwright(),
}

const nightly = {
  nightly: () => vitest(['nightly', 'deploy']),
  properties: () => vitest(['unit', 'integration'], ['.property.'], { PROPERTY_CASES: '10' }),
  ...(hasFiles('tests/nightly', '.spec.ts') && {
    'nightly, browser': () => playwright(['--config', 'tests/nightly/playwright.config.ts']),
  }),
}

// --- the inner loop ------------------------------------------------------------------------

const git = (...args) =>
  spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout.split('\n').filter(Boolean)

function quick() {
  const changed = [
    ...git('diff', '--name-only', '--diff-filter=d', 'HEAD'),
    ...git('ls-files', '--others', '--exclude-standard'),
  ]
  const code = changed.filter((file) => /\.([cm]?js|tsx?)$/.test(file))
  const rooms = new Set(
    changed.map((file) => /^(?:lib|tests\/integration)\/([^/]+)\//.exec(file)?.[1]),
  )
  const folders = [...rooms]
    .map((room) => `tests/integration/${room}/`)
    .filter((folder) => hasFiles(folder, '.test.ts'))
  return {
    'types, lint': () =>
      inTurn([tsc, ...(code.length > 0 ? [[...eslint, ...code]] : [])], { isQuiet: true }),
    unit: () => vitest(['unit'], ['--changed', '--passWithNoTests']),
    ...(folders.length > 0 && { integration: () => vitest(['integration*'], folders) }),
  }
}

// --- what is said at the end ---------------------------------------------------------------

/** Runs the stages until one fails, and tells what they took. */
async function runStages(stages) {
  fs.mkdirSync(reports, { recursive: true })
  const times = []
  let isGreen = true
  for (const [name, stage] of Object.entries(stages)) {
    process.stdout.write(`\n== ${name}\n`)
    const began = Date.now()
    isGreen = await stage()
    times.push(`${seconds(Date.now() - began)}  ${name}${isGreen ? '' : ': failed'}\n`)
    if (!isGreen) break
  }
  process.stdout.write(`\nStages\n${times.join('')}\nSlowest tests\n${slowestTests()}\n`)
  process.stdout.write(`${totals()}\n`)
  return isGreen
}

const wanted = process.argv[2] ?? ''
const isGreen =
  wanted === 'check'
    ? await check()
    : await runStages(
        wanted === 'quick' ? quick() : wanted === 'all' ? { ...gate, ...nightly } : gate,
      )
process.exitCode = isGreen ? 0 : 1
