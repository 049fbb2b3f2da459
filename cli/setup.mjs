/**
 * Makes a working copy ready: `node cli/setup.mjs install|generate|build|test`.
 *
 * Runs before anything is installed, so it uses Node's built-ins only. What it prints goes to
 * stderr: stdout belongs to the command that comes after it.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { browserIsReady, prepareBrowser } from './install-browser.mjs'
import { linkToBuild, runningServers, unusedBuilds } from './running-servers.mjs'
import { holdLockFor, lock, placeLink, readLink } from './setup-lock.mjs'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const at = (...parts) => path.join(root, ...parts)
const say = (line) => process.stderr.write(`set-up: ${line}\n`)

/** Ends set-up with an explanation in place of a stack trace; without one, what failed has explained itself. */
class Refusal extends Error {}

const readText = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null)

/** Files below a path of the repository, in a fixed order, without what is generated. */
function filesBelow(name) {
  const stat = fs.statSync(at(name), { throwIfNoEntry: false })
  if (!stat || name === generated || name.endsWith('.d.json.ts')) return []
  if (!stat.isDirectory()) return [name]
  const entries = fs.readdirSync(at(name)).sort()
  return entries.flatMap((entry) => filesBelow(`${name}/${entry}`))
}

function fingerprint(names) {
  const hash = createHash('sha256')
  for (const file of names.flatMap(filesBelow)) {
    const content = fs.readFileSync(at(file))
    hash.update(`\0${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/**
 * A step that is done while its stamp says what `inputs` say now. The stamp goes before the work
 * begins and comes back last, so that work which was interrupted is done again.
 */
function stamped({ doing, stamp, inputs, make }) {
  return {
    doing,
    done: () => readText(stamp) === inputs,
    async make() {
      fs.rmSync(stamp, { force: true })
      await make()
      fs.writeFileSync(stamp, inputs)
    },
  }
}

/** Native packages are built for one kind of machine. */
const machine = `${process.platform}-${process.arch}-${process.versions.modules}`

const install = () =>
  stamped({
    doing: 'installing packages; the first time takes a minute or two',
    stamp: at('node_modules', '.setup-stamp'),
    inputs: `${machine} ${fingerprint(['package-lock.json'])}`,
    async make() {
      const [server] = runningServers()
      if (server !== undefined) {
        throw new Refusal(
          'The packages must be replaced: package-lock.json or Node is another than before.\n' +
            `A server of this folder uses them (process ${server.pid}): stop it, then run the same command again.`,
        )
      }
      // One package needs its install script and gets it below; others would download programs.
      const code = await npm('ci', '--include=dev', '--ignore-scripts')
      if (code !== 0) throw new Refusal(`npm ci failed (exit ${code}); what it said is above.`)
      if (databaseFault() === null) return
      say('building the database driver; a minute where it has to be compiled')
      await npm('rebuild', 'better-sqlite3', '--ignore-scripts=false')
      const fault = databaseFault()
      if (fault !== null) throw new Refusal(databaseAdvice(fault))
    },
  })

/** Null when the database driver really opens a database here, else what it says. */
function databaseFault() {
  const open = "new (require('better-sqlite3'))(':memory:').exec('SELECT 1')"
  const probe = spawnSync(process.execPath, ['-e', open], { cwd: root, encoding: 'utf8' })
  if (probe.status === 0) return null
  return probe.stderr.split('\n').find((line) => /Error/.test(line)) ?? `exit ${probe.status}`
}

const databaseAdvice = (fault) => `The database driver (better-sqlite3) does not work here: ${fault}
To build it, this machine needs Python 3, make and a C++ compiler (C++20). Then run the same command again.
  Debian, Ubuntu: sudo apt-get install python3 make g++ · macOS: xcode-select --install`

const generated = 'lib/database/generated'

const generate = () =>
  stamped({
    doing: 'generating the database client',
    stamp: at(generated, '.setup-stamp'),
    inputs: fingerprint(['package-lock.json', 'prisma/schema.prisma', 'prisma.config.ts']),
    make: () => node('prisma generate', ['node_modules/prisma/build/index.js', 'generate']),
  })

const actionsKeyName = 'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY'

/** The key that goes into the names of Server Actions; null if it is not made, empty if it cannot be read. */
function actionsKey() {
  const given = process.env[actionsKeyName]?.trim()
  if (given) return given
  try {
    return JSON.parse(fs.readFileSync(at('data', 'secrets.json'), 'utf8'))[actionsKeyName] ?? ''
  } catch (error) {
    return error.code === 'ENOENT' ? null : ''
  }
}

/** lib/env.ts makes the secrets; what is wrong with the settings or the database's place is said first. */
const secrets = () => ({
  doing: 'making the secrets of this installation (data/secrets.json)',
  done: () => actionsKey() !== null,
  make: () => node(null, ['--import', 'tsx', 'cli/secrets.ts']),
})

const sources = [
  ...['app', 'cli', 'components', 'lib', 'messages', 'prisma', 'public', 'server'],
  ...['instrumentation.ts', 'next.config.ts', 'package-lock.json', 'server.ts', 'tsconfig.json'],
]
const builds = path.join('.next', 'builds')

/** Every build has a folder of its own, named by the hash of its sources; a link says which one is used. */
function build(link) {
  const hash = fingerprint(sources).slice(0, 16)
  const folder = path.join(builds, hash)
  const isWhole = () =>
    ['whole', 'BUILD_ID', 'server.mjs'].every((name) => fs.existsSync(at(folder, name)))
  const target = path.relative(path.dirname(link), folder)
  return {
    doing: `building the site into ${folder}; about a minute`,
    done: () => isWhole() && readLink(at(link)) === target,
    async make() {
      if (!isWhole()) {
        fs.rmSync(at(folder), { recursive: true, force: true })
        await node('next build', ['node_modules/next/dist/bin/next', 'build'], {
          ...{ NODE_ENV: 'production', NEXT_DIST_DIR: folder, [actionsKeyName]: actionsKey() },
        })
        await node('bundling the server', ['cli/bundle-server.mjs', folder])
        fs.writeFileSync(at(folder, 'whole'), '')
      }
      placeLink(target, at(link))
    },
  }
}

const removeUnused = () => ({
  doing: 'removing builds that nobody uses',
  done: () => unusedBuilds(at(builds)).length === 0,
  make: () => unusedBuilds(at(builds)).forEach((one) => fs.rmSync(one, { recursive: true })),
})

const browser = () => ({
  doing: 'looking for a browser',
  done: browserIsReady,
  async make() {
    const fault = await prepareBrowser(say, command)
    if (fault !== null) throw new Refusal(fault)
  },
})

let child = null

/** Runs a program in the repository with its output on stderr. Gives its exit code. */
function command(file, args, settings) {
  return new Promise((resolve, reject) => {
    child = spawn(file, args, {
      cwd: root,
      env: {
        ...{ ...process.env, CHECKPOINT_DISABLE: '1', NEXT_TELEMETRY_DISABLED: '1', ...settings },
      },
      stdio: ['ignore', process.stderr, process.stderr],
    })
    // It may outlive set-up: two installations at once would spoil each other.
    holdLockFor(child.pid)
    child.on('error', (error) => reject(new Refusal(`${file}: ${error.message}`)))
    child.on('close', (code, signal) => {
      child = null
      holdLockFor(null)
      resolve(code ?? signal)
    })
  })
}

async function node(what, args, settings) {
  const code = await command(process.execPath, args, settings)
  if (code === 0) return
  throw new Refusal(what === null ? '' : `${what} failed (exit ${code}); what it said is above.`)
}

// With NODE_ENV=production npm leaves out what building needs.
const npm = (...args) => command('npm', [...args, '--loglevel=error'], { NODE_ENV: 'development' })

const goals = {
  install: () => [install()],
  generate: () => [install(), generate()],
  build: () => [...[install(), generate(), secrets()], ...[build(linkToBuild()), removeUnused()]],
  test: () => [
    ...[browser(), install(), generate(), secrets(), build('.next-test'), removeUnused()],
  ],
}

async function setUp(goal) {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Refusal(`Node ${process.versions.node} is too old: 20.19 or later is needed.`)
  }
  if (!(goal in goals)) throw new Refusal(`say one of: ${Object.keys(goals).join(', ')}`)
  if (goal !== 'test' && fs.existsSync(at('.env'))) process.loadEnvFile(at('.env'))
  if (goals[goal]().every((step) => step.done())) return
  await lock(at('.setup', 'lock'), () => say('another command is at it; waiting'))
  for (const step of goals[goal]()) {
    if (step.done()) continue
    const began = Date.now()
    say(`${step.doing} …`)
    await step.make()
    say(`done in ${Math.round((Date.now() - began) / 1000)} s`)
  }
}

for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
  process.on(signal, () => {
    if (child === null) process.exit(code)
    child.once('close', () => process.exit(code))
    child.kill(signal)
    setTimeout(() => process.exit(code), 5_000).unref()
  })
}

setUp(process.argv[2]).catch((error) => {
  // With a code, it is the system that refuses, and says which file.
  const words = error instanceof Refusal || error.code ? error.message : error.stack
  if (words) process.stderr.write(`${words}\n`)
  process.exitCode = 1
})
