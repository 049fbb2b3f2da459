import { createServer, type RequestListener } from 'node:http'
import path from 'node:path'
import { hasAdministrator } from '@/lib/access/people'
import { answerResetRequests } from '@/lib/access/reset'
import { closeDatabase } from '@/lib/db/client'
import { openContentVersion } from '@/lib/db/content-version'
import { prepareDatabase } from '@/lib/db/prepare'
import { truncateLog } from '@/lib/db/truncate-log'
import { trustedProxies } from '@/lib/delivery/client-address'
import { createDelivery } from '@/lib/delivery/delivery'
import { DirectServer } from '@/lib/delivery/direct-server'
import { createDevelopmentDelivery } from '@/lib/delivery/development'
import { guardServer } from '@/lib/delivery/guard-server'
import { limitConnections } from '@/lib/delivery/limit-connections'
import { ownOrigins } from '@/lib/delivery/origin'
import { onRenderError } from '@/lib/delivery/render-errors'
import { findStaticFiles } from '@/lib/delivery/static-files'
import { stopServer } from '@/lib/delivery/stop-server'
import { Troubles } from '@/lib/delivery/troubles'
import { processRole, superviseWorkers, tellReady } from '@/lib/delivery/workers'
import { env, secrets, tellNextWhereItIs } from '@/lib/env'
import { stopBeingReady } from '@/lib/health/readiness'
import { firstAdministrator } from '@/lib/i18n/first-administrator'
import { refusedDatabase } from '@/lib/i18n/refused-database'
import { importSeedPage } from '@/lib/import/seed'
import { answerWorkers } from '@/lib/jobs/primary'
import { startJobs } from '@/lib/jobs/timer'
import { log } from '@/lib/log'
import { startReindexing } from '@/lib/profile/reindex'
import { answerTyped } from '@/lib/proposal/typed-forms'

const dev = env.NODE_ENV === 'development'
const origin = env.PUBLIC_ORIGIN
const origins = ownOrigins(origin, env.publicOriginIsSet, env.PORT)
const trusted = trustedProxies(env.TRUSTED_PROXIES)
const role = processRole(dev ? 1 : env.WORKERS)

// Of several processes, the one that looks after the others has done this.
const prepared = role === 'worker' ? ({ ok: true } as const) : prepareDatabase()
if (!prepared.ok) {
  process.stderr.write(`${refusedDatabase(prepared)}\n`)
  process.exit(1)
}
// Before Next is loaded: it reads the key that seals its actions from `process.env`.
secrets()
tellNextWhereItIs()
const seeded = role === 'worker' ? true : importSeedPage()
if (role === 'primary') {
  const isSeeded = await seeded
  const isManaged = await hasAdministrator()
  await closeDatabase()
  answerWorkers((asked) => answerTyped(asked as Parameters<typeof answerTyped>[0]))
  await superviseWorkers(env.WORKERS, log, {
    onReady: () => sayReady(isSeeded, isManaged),
    onStopped: emptyLog,
  })
}
const { default: next } = await import('next')

// What trickles in for longer than half a minute is closed.
const server = new DirectServer({
  headersTimeout: 15_000,
  requestTimeout: 28_000,
  connectionsCheckingInterval: 2_000,
  // Longer than a proxy in front keeps its connections, or it would use one that is being closed.
  keepAliveTimeout: 75_000,
  // What a client calls the host is never looked at; without this, Node answers by itself.
  requireHostHeader: false,
})
const app = next({
  dev,
  dir: env.root,
  // Read from its file, it would be compiled with a compiler that then stays in memory.
  ...(dev ? {} : { conf: (await import('./next.config')).default }),
  hostname: env.HOST,
  port: env.PORT,
  // Next listens for upgrades on the server that it is given; in production it must not.
  httpServer: dev ? server : createServer(),
  // What goes wrong is logged below, without what the visitor asked for.
  quiet: !dev,
})
await app.prepare()
const isSeeded = await seeded
const troubles = new Troubles()
onRenderError(({ error, route, errorId }) => {
  troubles.note(errorId, error)
  log.error({ event: 'renderFailed', route, error, ...(errorId ? { errorId } : {}) })
})

const isManaged = await hasAdministrator()
const handle = app.getRequestHandler()
const contentVersion = openContentVersion(env.databaseFile)
const delivery = createDelivery({
  handle,
  origin,
  ownOrigins: origins,
  trustedProxies: trusted,
  staticFiles: findStaticFiles(env.publicFolder, path.join(env.root, env.NEXT_DIST_DIR, 'static')),
  siteName: env.SITE_NAME,
  exitUrl: env.EXIT_URL,
  contentVersion: contentVersion.read,
  troubleOf: (errorId) => troubles.take(errorId),
  log,
})
const listener: RequestListener = dev
  ? createDevelopmentDelivery(handle, origins, delivery.listener)
  : delivery.listener
server.on('request', listener)
if (!dev) {
  server.answerDirectly(delivery.findKept)
  guardServer(server, origin.startsWith('https:'))
  limitConnections(server, trusted)
}

server.once('error', (error) => {
  log.error({ event: 'serverFailed', error })
  process.stderr.write(`The server could not start: ${error.message}\n`)
  process.exit(1)
})
server.listen(env.PORT, env.HOST, () => {
  if (role === 'worker') tellReady()
  else sayReady(isSeeded, isManaged)
})
const stopJobs = startJobs(answerResetRequests)
const stopReindexing = startReindexing()

let isStopping = false
function stop() {
  // A terminal tells every process, and the one that looks after the others tells them too.
  if (isStopping) return
  isStopping = true
  stopBeingReady()
  const jobsStopped = Promise.all([stopJobs(), stopReindexing()])
  const closed = stopServer(server, async () => {
    await jobsStopped
    contentVersion.close()
    await closeDatabase()
  })
  void closed.then((isClean) => process.exit(isClean ? 0 : 1))
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)

/**
 * SQLite empties the write-ahead log when the last connection closes; of two processes that close at the
 * same moment each takes the other for the last, and one that was killed closed nothing.
 */
async function emptyLog() {
  try {
    await truncateLog()
    await closeDatabase()
  } catch (error) {
    // Nothing is lost by it: the log is read again at the next start.
    log.error({ event: 'logNotEmptied', error })
  }
}

function sayReady(isSeeded: boolean, isManaged: boolean) {
  if (!isSeeded) log.warn({ event: 'seedNotImported' })
  log.info({ event: 'ready', origin })
  process.stdout.write(`Ready: ${origin}\n`)
  if (!isManaged) {
    process.stdout.write(`${firstAdministrator()}\n`)
  }
}
