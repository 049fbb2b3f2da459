import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import path from 'node:path'
import { hasAdministrator } from '@/lib/users/users'
import { processResetRequests } from '@/lib/auth/password-reset'
import { closeDatabase } from '@/lib/database/client'
import { openContentVersion } from '@/lib/database/content-version'
import { openAndMigrate } from '@/lib/database/open'
import { env, secrets, setInternalOrigin, setNextConfig } from '@/lib/env'
import { markNotReady } from '@/lib/health/readiness'
import { firstAdministratorMessage, startupMessage } from '@/lib/health/startup-message'
import { importSeedPage } from '@/lib/import/seed'
import { startScheduler } from '@/lib/jobs/scheduler'
import { log } from '@/lib/log'
import { startReindexJob } from '@/lib/organisations/reindex'
import { createDevelopmentListener } from './server/development'
import { shutDown } from './server/graceful-shutdown'
import { allowedOrigins } from './server/http/check-origin'
import { trustedProxies } from './server/http/client-ip'
import { limitServer, TIMEOUTS } from './server/http/limits'
import { DatabaseErrors, onRenderError } from './server/http/render-errors'
import { createRequestListener } from './server/http/router'
import { findStaticFiles } from './server/http/static-files'

const isDevelopment = env.NODE_ENV === 'development'

reportUnusedSettings()
// First of all: what is wrong with the database's place usually holds for the secrets beside it.
openDatabase()
// Before Next is loaded: it reads the key that seals its actions from `process.env`.
secrets()
setInternalOrigin()
const seeding = importSeedPage()
const server = createHttpServer()
const handle = await prepareNext()
const contentVersion = openContentVersion(env.databaseFile)
server.on('request', createListener())
if (!isDevelopment) limitServer(server, env.PUBLIC_ORIGIN.startsWith('https:'))
const isSeeded = await seeding
const isManaged = await hasAdministrator()
listen()
const stopJobs = startScheduler(processResetRequests)
const stopReindexing = startReindexJob()
stopOnSignals()

function reportUnusedSettings() {
  if (env.WORKERS === null) return
  process.stderr.write(
    'WORKERS does nothing any more: for more cores, start more instances (docs/operate.en.md).\n',
  )
}

function openDatabase() {
  const prepared = openAndMigrate()
  if (prepared.ok) return
  process.stderr.write(`${startupMessage(prepared)}\n`)
  process.exit(1)
}

function createHttpServer() {
  // The `Host` header is never used; if it were required, Node would answer requests without it by itself.
  return createServer({ ...TIMEOUTS, requireHostHeader: false })
}

async function prepareNext() {
  if (!isDevelopment) setNextConfig(readBuiltConfig())
  const { default: next } = await import('next')
  const app = next({
    dev: isDevelopment,
    dir: env.root,
    hostname: env.HOST,
    port: env.PORT,
    // Next listens for upgrades on the server that it gets; in production it must not.
    httpServer: isDevelopment ? server : createServer(),
    // Errors are logged by `createListener`, without the address that was asked for.
    quiet: !isDevelopment,
  })
  await app.prepare()
  return app.getRequestHandler()
}

/** The configuration as the build has resolved it. */
function readBuiltConfig(): object {
  const file = path.join(env.root, env.NEXT_DIST_DIR, 'required-server-files.json')
  const { config } = JSON.parse(readFileSync(file, 'utf8')) as { config: object }
  return { ...config, distDir: env.NEXT_DIST_DIR }
}

function createListener(): RequestListener {
  const databaseErrors = new DatabaseErrors()
  onRenderError(({ error, route, errorId }) => {
    databaseErrors.add(errorId, error)
    log.error({ event: 'renderFailed', route, error, ...(errorId ? { errorId } : {}) })
  })
  const origins = allowedOrigins(env.PUBLIC_ORIGIN, env.publicOriginIsSet, env.PORT)
  const listener = createRequestListener({
    handle,
    origin: env.PUBLIC_ORIGIN,
    allowedOrigins: origins,
    trustedProxies: trustedProxies(env.TRUSTED_PROXIES),
    staticFiles: findStaticFiles(
      env.publicFolder,
      path.join(env.root, env.NEXT_DIST_DIR, 'static'),
    ),
    siteName: env.SITE_NAME,
    exitUrl: env.EXIT_URL,
    contentVersion: contentVersion.read,
    databaseErrorOf: (errorId) => databaseErrors.take(errorId),
    log,
  })
  return isDevelopment ? createDevelopmentListener(handle, origins, listener) : listener
}

function listen() {
  server.once('error', (error) => {
    log.error({ event: 'serverFailed', error })
    process.stderr.write(`The server could not start: ${error.message}\n`)
    process.exit(1)
  })
  server.listen(env.PORT, env.HOST, logReady)
}

function logReady() {
  if (!isSeeded) log.warn({ event: 'seedNotImported' })
  log.info({ event: 'ready', origin: env.PUBLIC_ORIGIN })
  process.stdout.write(`Ready: ${env.PUBLIC_ORIGIN}\n`)
  if (!isManaged) process.stdout.write(`${firstAdministratorMessage()}\n`)
}

function stopOnSignals() {
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    markNotReady()
    const jobsStopped = Promise.all([stopJobs(), stopReindexing()])
    const closed = shutDown(server, async () => {
      await jobsStopped
      contentVersion.close()
      await closeDatabase()
    })
    void closed.then((isClean) => process.exit(isClean ? 0 : 1))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
