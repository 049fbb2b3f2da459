import { createServer, type RequestListener } from 'node:http'
import path from 'node:path'
import { hasAdministrator } from '@/lib/access/people'
import { answerResetRequests } from '@/lib/access/reset'
import { closeDatabase } from '@/lib/db/client'
import { openContentVersion } from '@/lib/db/content-version'
import { prepareDatabase } from '@/lib/db/prepare'
import { trustedProxies } from '@/lib/delivery/client-address'
import { createDelivery } from '@/lib/delivery/delivery'
import { createDevelopmentDelivery } from '@/lib/delivery/development'
import { guardServer } from '@/lib/delivery/guard-server'
import { ownOrigins } from '@/lib/delivery/origin'
import { onRenderError } from '@/lib/delivery/render-errors'
import { findStaticFiles } from '@/lib/delivery/static-files'
import { env, secrets, tellNextWhereItIs } from '@/lib/env'
import { importSeedPage } from '@/lib/import/seed'
import { startJobs } from '@/lib/jobs/timer'
import { log } from '@/lib/log'
import { startReindexing } from '@/lib/profile/reindex'

const dev = env.NODE_ENV === 'development'
const origin = env.PUBLIC_ORIGIN
const origins = ownOrigins(origin, env.publicOriginIsSet, env.PORT)

// Before Next is loaded: it reads the key that seals its actions from `process.env`.
secrets()
tellNextWhereItIs()
const prepared = prepareDatabase()
if (!prepared.ok) {
  process.stderr.write(
    `The database cannot be used by this program: ${prepared.reason} (${prepared.migration})\n`,
  )
  process.exit(1)
}
const seeded = importSeedPage()
const { default: next } = await import('next')

// B14: what trickles in for longer than this is closed.
const server = createServer({
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
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
if (!(await seeded)) log.warn({ event: 'seedNotImported' })
onRenderError(({ error, route, errorId }) =>
  log.error({ event: 'renderFailed', route, error, ...(errorId ? { errorId } : {}) }),
)

const isManaged = await hasAdministrator()
const handle = app.getRequestHandler()
const contentVersion = openContentVersion(env.databaseFile)
const deliver = createDelivery({
  handle,
  origin,
  ownOrigins: origins,
  trustedProxies: trustedProxies(env.TRUSTED_PROXIES),
  staticFiles: findStaticFiles(
    path.join(env.root, 'public'),
    path.join(env.root, env.NEXT_DIST_DIR, 'static'),
  ),
  siteName: env.SITE_NAME,
  exitUrl: env.EXIT_URL,
  contentVersion: contentVersion.read,
  log,
})
const listener: RequestListener = dev
  ? createDevelopmentDelivery(handle, origins, deliver)
  : deliver
server.on('request', listener)
if (!dev) guardServer(server, origin.startsWith('https:'))

server.once('error', (error) => {
  log.error({ event: 'serverFailed', error })
  process.stderr.write(`The server could not start: ${error.message}\n`)
  process.exit(1)
})
server.listen(env.PORT, env.HOST, () => {
  log.info({ event: 'ready', origin })
  process.stdout.write(`Ready: ${origin}\n`)
  if (!isManaged) {
    process.stdout.write(
      'Nobody can sign in yet. In this folder: npm run --silent admin -- create --email E --name N\n',
    )
  }
})
const stopJobs = startJobs(answerResetRequests)
const stopReindexing = startReindexing()

function stop() {
  const jobsStopped = Promise.all([stopJobs(), stopReindexing()])
  // Whoever is still reading gets five seconds.
  server.close(() => {
    void jobsStopped.then(closeDatabase).finally(() => process.exit(0))
  })
  server.closeIdleConnections()
  setTimeout(() => process.exit(0), 5_000).unref()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
