/**
 * Makes a working copy ready: `node cli/setup.mjs install|generate|build|test`.
 *
 * Runs before anything is installed, so it uses Node's built-ins only. What it prints goes to
 * stderr: stdout belongs to the command that comes after it.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const at = (...parts) => path.join(root, ...parts)
const say = (line) => process.stderr.write(`set-up: ${line}\n`)

/** Ends set-up with an explanation in place of a stack trace. */
class Refusal extends Error {}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function writeWhole(file, content) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}`
  fs.writeFileSync(draft, content)
  fs.renameSync(draft, file)
}

// --- stamps --------------------------------------------------------------------------------

/** Files below a path of the repository, in a fixed order, without what set-up itself generates. */
function filesBelow(name) {
  const stat = fs.statSync(at(name), { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isDirectory()) return [name]
  return fs
    .readdirSync(at(name))
    .sort()
    .map((entry) => `${name}/${entry}`)
    .filter((file) => file !== 'lib/database/generated' && !file.endsWith('.d.json.ts'))
    .flatMap(filesBelow)
}

function fingerprint(names, facts = {}) {
  const hash = createHash('sha256').update(JSON.stringify(facts))
  for (const file of names.flatMap(filesBelow)) {
    const content = fs.readFileSync(at(file))
    hash.update(`\0${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/**
 * A step that is done while its result is present and its stamp says what `inputs()` says now.
 * The stamp goes before the work begins and comes back last, so that work which was interrupted
 * is done again.
 */
function stamped({ doing, stamp, inputs, present, make }) {
  return {
    doing,
    done: () => present() && readText(stamp) === inputs(),
    async make() {
      const madeFrom = inputs()
      const previous = readText(stamp)
      fs.rmSync(stamp, { force: true })
      await make(previous)
      writeWhole(stamp, madeFrom)
    },
  }
}

// --- packages ------------------------------------------------------------------------------

/** Native packages are built for one kind of machine. */
const machine = `${process.platform}-${process.arch}-${process.versions.modules}`

const install = stamped({
  doing: 'installing packages; the first time takes a minute or two',
  stamp: at('node_modules', '.setup-stamp'),
  inputs: () => `${machine} ${fingerprint(['package-lock.json'])}`,
  present: () => true,
  async make(previous) {
    const sameMachine = previous === null || previous.startsWith(`${machine} `)
    if (!(sameMachine && installedByHand())) {
      fs.rmSync(npmRecord, { force: true })
      // One package needs its install script and gets it below; others would download programs.
      const code = await npm(['ci', '--include=dev', '--ignore-scripts', '--loglevel=error'])
      if (code !== 0) throw new Refusal(`npm ci failed (exit ${code}); what it said is above.`)
    }
    if (databaseFault() === null) return
    say('building the database driver; a minute where it has to be compiled')
    await npm(['rebuild', 'better-sqlite3', '--ignore-scripts=false', '--loglevel=error'])
    const fault = databaseFault()
    if (fault !== null) throw new Refusal(databaseAdvice(fault))
  },
})

/** npm writes down what it has installed, last of all. */
const npmRecord = at('node_modules', '.package-lock.json')

/** Where npm's record and the lockfile agree, someone has run npm by hand: nothing to install. */
function installedByHand() {
  const wanted = readText(at('package-lock.json'))
  const present = readText(npmRecord)
  if (wanted === null || present === null) return false
  const installed = JSON.parse(present).packages
  return Object.entries(JSON.parse(wanted).packages).every(([name, entry]) => {
    const isForAnotherMachine = (entry.optional || entry.devOptional) && !installed[name]
    const isThere =
      installed[name]?.version === entry.version && fs.existsSync(at(name, 'package.json'))
    return name === '' || isForAnotherMachine || isThere
  })
}

/** Null when the database driver really opens a database here, else what it says. */
function databaseFault() {
  const probe = spawnSync(
    process.execPath,
    ['-e', "new (require('better-sqlite3'))(':memory:').exec('SELECT 1')"],
    { cwd: root, encoding: 'utf8' },
  )
  if (probe.status === 0) return null
  return probe.stderr.split('\n').find((line) => /Error/.test(line)) ?? `exit ${probe.status}`
}

function databaseAdvice(fault) {
  const missing = ['python3', 'make', 'g++'].filter((name) => onPath(name) === null)
  return [
    `The database driver (better-sqlite3) does not work here: ${fault}`,
    'Its ready-made program could not be fetched, and building it did not work either.',
    missing.length > 0
      ? `For building it, this machine lacks: ${missing.join(', ')}.`
      : 'python3, make and g++ are there; what the build said is above.',
    '  Debian, Ubuntu:  sudo apt-get install python3 make g++',
    '  Fedora:          sudo dnf install python3 make gcc-c++',
    '  macOS:           xcode-select --install',
    '  elsewhere:       Python 3, make and a C++ compiler (C++20)',
    'Then run the same command again.',
  ].join('\n')
}

// --- generated code, build -----------------------------------------------------------------

const generate = stamped({
  doing: 'generating the database client',
  stamp: at('lib', 'database', 'generated', '.setup-stamp'),
  inputs: () => fingerprint(['package-lock.json', 'prisma/schema.prisma', 'prisma.config.ts']),
  present: () => fs.existsSync(at('lib', 'database', 'generated', 'client.ts')),
  make: () => node('prisma generate', ['node_modules/prisma/build/index.js', 'generate'], {}),
})

const actionsKeyName = 'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY'

/** The key that seals Server Actions, where lib/env.ts finds it too; null before the first start. */
function actionsKey() {
  const given = process.env[actionsKeyName]?.trim()
  if (given) return given
  try {
    return JSON.parse(readText(at('data', 'secrets.json')) ?? '{}')[actionsKeyName] ?? null
  } catch {
    return null
  }
}

/** lib/env.ts makes the secrets, and ends with a list of whatever is wrong with the settings. */
const secrets = {
  doing: 'making the secrets of this installation (data/secrets.json)',
  done: () => actionsKey() !== null,
  make: () => node('making the secrets', ['--import', 'tsx', 'cli/secrets.ts'], {}),
}

const sources = [
  'app',
  'components',
  'instrumentation.ts',
  'lib',
  'messages',
  'next.config.ts',
  'package-lock.json',
  'prisma/schema.prisma',
  'public',
  'server',
  'server.ts',
  'tsconfig.json',
]

/** A page that is rendered at build may show these. */
const settingsInPages = ['SITE_NAME', 'NETWORK_NAME', 'CONTACT_EMAIL', 'EXIT_URL', 'PUBLIC_ORIGIN']

/** Tests must not depend on the settings of whoever runs them; empty counts as missing. */
const noSettings = Object.fromEntries(settingsInPages.map((name) => [name, '']))

function build(folder, overrides) {
  const settings = { ...process.env, ...overrides }
  return stamped({
    doing: `building the site into ${folder}; about a minute`,
    stamp: at(folder, 'setup-stamp'),
    inputs: () =>
      fingerprint(sources, {
        settings: settingsInPages.map((name) => settings[name]?.trim() || null),
        key: createHash('sha256').update(String(actionsKey())).digest('hex'),
      }),
    present: () => ['BUILD_ID', 'server.mjs'].every((name) => fs.existsSync(at(folder, name))),
    async make() {
      await node('next build', ['node_modules/next/dist/bin/next', 'build'], {
        ...overrides,
        NODE_ENV: 'production',
        NEXT_DIST_DIR: folder,
        [actionsKeyName]: actionsKey(),
      })
      await node('bundling the server', ['cli/bundle-server.mjs', folder], {})
    },
  })
}

// --- browser -------------------------------------------------------------------------------

/** Its path is kept for tests/support/browser.ts. */
const browserFile = at('.setup', 'browser')

const browser = {
  doing: 'looking for a browser',
  done() {
    const kept = readText(browserFile)
    const asked = process.env.CHROMIUM_PATH?.trim()
    return kept !== null && (!asked || asked === kept) && browserFault(kept) === null
  },
  async make() {
    const asked = process.env.CHROMIUM_PATH?.trim()
    if (asked && browserFault(asked) !== null) {
      throw new Refusal(`CHROMIUM_PATH is not a browser that starts: ${browserFault(asked)}`)
    }
    const found = asked || findBrowser() || (await installBrowser())
    if (!found) throw new Refusal(browserAdvice)
    say(`the browser is ${found}`)
    writeWhole(browserFile, found)
  },
}

/** Null when the program answers, else what it says: Ubuntu's package is only a signpost to a snap. */
function browserFault(file) {
  if (!fs.existsSync(file)) return `${file} is not there`
  // Asked for its version on Windows, Chrome opens a window.
  if (process.platform === 'win32') return null
  const probe = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 30_000 })
  return probe.status === 0 ? null : (probe.error?.message ?? probe.stderr.trim())
}

function findBrowser() {
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'chrome',
    'microsoft-edge',
  ]
  const programs = [
    process.env.ProgramFiles,
    process.env['ProgramFiles(x86)'],
    process.env.LOCALAPPDATA,
  ]
  const usual = [
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ...programs
      .filter(Boolean)
      .flatMap((folder) => [
        path.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        path.join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ]),
  ]
  return (
    [...names.map(onPath), ...usual, ...playwrightBrowsers()].find(
      (file) => file !== null && browserFault(file) === null,
    ) ?? null
  )
}

/** Browsers that Playwright has downloaded for another project. */
function playwrightBrowsers() {
  const home = os.homedir()
  const caches = [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    path.join(home, '.cache', 'ms-playwright'),
    path.join(home, 'Library', 'Caches', 'ms-playwright'),
    path.join(home, 'AppData', 'Local', 'ms-playwright'),
  ]
  const programs = [
    ['chrome-linux64', 'chrome'],
    ['chrome-linux', 'chrome'],
    [
      'chrome-mac-arm64',
      'Google Chrome for Testing.app',
      'Contents',
      'MacOS',
      'Google Chrome for Testing',
    ],
    ['chrome-mac', 'Chromium.app', 'Contents', 'MacOS', 'Chromium'],
    ['chrome-win64', 'chrome.exe'],
    ['chrome-win', 'chrome.exe'],
  ]
  return caches
    .filter((cache) => cache && fs.existsSync(cache))
    .flatMap((cache) =>
      fs
        .readdirSync(cache)
        .filter((name) => /^chromium-\d+$/.test(name))
        .sort()
        .reverse()
        .flatMap((name) => programs.map((parts) => path.join(cache, name, ...parts))),
    )
}

async function installBrowser() {
  const release = readText('/etc/os-release') ?? ''
  const isDebian = /^ID="?debian"?$/m.test(release)
  if (!isDebian || process.getuid?.() !== 0 || onPath('apt-get') === null) return null
  say("installing Debian's chromium, because no browser was found and this is root on Debian")
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  await command('apt-get', ['update', '-qq'], quiet)
  await command(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
    quiet,
  )
  return findBrowser()
}

const browserAdvice = [
  'The tests need Chromium, Chrome or Edge, and none was found.',
  '  Debian:     sudo apt-get install chromium',
  '  Ubuntu:     sudo snap install chromium',
  '  Fedora:     sudo dnf install chromium',
  '  elsewhere:  install one of the three',
  'or say where it is: CHROMIUM_PATH=/path/to/chromium npm test',
].join('\n')

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  return (
    folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file)) ?? null
  )
}

// --- running other programs ----------------------------------------------------------------

let child = null

/** Runs a program in the repository with its output on stderr. Gives its exit code. */
function command(file, args, settings) {
  return new Promise((resolve, reject) => {
    child = spawn(file, args, {
      cwd: root,
      env: {
        ...process.env,
        CHECKPOINT_DISABLE: '1',
        NEXT_TELEMETRY_DISABLED: '1',
        PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
        ...settings,
      },
      stdio: ['ignore', process.stderr, process.stderr],
    })
    nameChild(child.pid)
    child.on('error', (error) => reject(new Refusal(`${file}: ${error.message}`)))
    child.on('close', (code, signal) => {
      child = null
      nameChild(null)
      resolve(code ?? signal)
    })
  })
}

async function node(what, args, settings) {
  const code = await command(process.execPath, args, settings)
  if (code !== 0) throw new Refusal(`${what} failed (exit ${code}); what it said is above.`)
}

/** With NODE_ENV=production npm leaves out what building needs. */
function npm(args) {
  const script = process.env.npm_execpath
  const settings = { NODE_ENV: 'development' }
  return script && /\.c?js$/.test(script)
    ? command(process.execPath, [script, ...args], settings)
    : command('npm', args, settings)
}

// --- one at a time -------------------------------------------------------------------------

const lockFile = at('.setup', 'lock')
const holder = { token: randomUUID(), host: os.hostname(), pid: process.pid, child: null }
const beat = 5_000
/** So long without a beat, the process of that number is a later one, or on another machine. */
const silence = 60_000

const holds = () => readLock()?.token === holder.token

/** Null when nobody has it; without a token while it is being written. */
function readLock() {
  const text = readText(lockFile)
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return { token: null }
  }
}

function isAlive(pid) {
  if (pid === null || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** What the holder had started may outlive it: two installations at once would spoil each other. */
function isAbandoned(other) {
  const stat = fs.statSync(lockFile, { throwIfNoEntry: false })
  if (!stat || Date.now() - stat.mtimeMs > silence) return true
  if (other.token === null || other.host !== holder.host) return false
  return !isAlive(other.pid) && !isAlive(other.child)
}

function takeLock() {
  try {
    fs.mkdirSync(path.dirname(lockFile), { recursive: true })
    fs.writeFileSync(lockFile, JSON.stringify(holder), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** Of several that see the same abandoned lock one moves it away; who moved a newer one puts it back. */
function clearLock(abandoned) {
  const aside = `${lockFile}.${holder.token}`
  try {
    fs.renameSync(lockFile, aside)
  } catch {
    return
  }
  const moved = readText(aside) ?? ''
  if (abandoned.token !== null && !moved.includes(abandoned.token)) fs.renameSync(aside, lockFile)
  else fs.rmSync(aside)
}

async function lock() {
  let waitsFor
  while (!takeLock()) {
    const other = readLock()
    if (other === null) continue
    if (isAbandoned(other)) {
      clearLock(other)
      continue
    }
    if (waitsFor !== other.token) say(`another command (process ${other.pid}) is at it; waiting`)
    waitsFor = other.token
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  setInterval(() => {
    if (holds()) fs.utimesSync(lockFile, new Date(), new Date())
  }, beat).unref()
}

function nameChild(pid) {
  holder.child = pid ?? null
  if (holds()) writeWhole(lockFile, JSON.stringify(holder))
}

function unlock() {
  if (holds()) fs.rmSync(lockFile, { force: true })
}

// --- what is asked for ---------------------------------------------------------------------

const goals = {
  install: () => [install],
  generate: () => [install, generate],
  build: () => [
    install,
    generate,
    secrets,
    build(process.env.NEXT_DIST_DIR?.trim() || '.next', {}),
  ],
  test: () => [browser, install, generate, secrets, build('.next-test', noSettings)],
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Refusal(`Node ${process.versions.node} is too old: 20.19 or later is needed.`)
  }
}

async function setUp(goal) {
  checkNode()
  if (!(goal in goals)) throw new Refusal(`say one of: ${Object.keys(goals).join(', ')}`)
  if (goal !== 'test' && fs.existsSync(at('.env'))) process.loadEnvFile(at('.env'))
  const steps = goals[goal]()
  if (steps.every((step) => step.done())) return
  await lock()
  try {
    for (const step of steps) {
      if (step.done()) continue
      const began = Date.now()
      say(`${step.doing} …`)
      await step.make()
      say(`done in ${Math.round((Date.now() - began) / 1000)} s`)
    }
  } finally {
    unlock()
  }
}

/** The lock stays while what was started has not ended: it names that process. */
function stop(code) {
  if (child === null) unlock()
  process.exit(code)
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(signal, () => {
    if (child === null) stop(code)
    child.once('close', () => stop(code))
    child.kill(signal)
    setTimeout(() => stop(code), 5_000).unref()
  })
}

setUp(process.argv[2]).catch((error) => {
  process.stderr.write(`${error instanceof Refusal ? error.message : error.stack}\n`)
  process.exitCode = 1
})
