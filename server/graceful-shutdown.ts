import type { Server } from 'node:http'

/** Milliseconds for responses that are being sent; then every connection is closed. */
const RESPONSES_WITHIN = 5_000
/** Milliseconds; upgraded connections (the development server's) are not waited for. */
const CLOSED_WITHIN = 6_000
/** Milliseconds for writes to the database that are under way. */
const DATABASE_WITHIN = 4_000
const CHECK_EVERY = 50

/**
 * Stops a server: it accepts no more connections, sends the responses that are being rendered, and closes
 * idle connections at once and all others after five seconds.
 *
 * @param close called when no connection is left, to close what the server uses; after four seconds it is
 *   no longer waited for
 * @returns whether everything was closed
 */
export async function shutDown(server: Server, close: () => Promise<unknown>): Promise<boolean> {
  const closed = new Promise((resolve) => {
    server.close(resolve)
    setTimeout(resolve, CLOSED_WITHIN).unref()
  })
  // A connection that has just got its response is kept open for the next request.
  const idle = setInterval(() => server.closeIdleConnections(), CHECK_EVERY)
  const hurry = setTimeout(() => server.closeAllConnections(), RESPONSES_WITHIN)
  await closed
  clearInterval(idle)
  clearTimeout(hurry)
  return Promise.race([
    close().then(
      () => true,
      () => false,
    ),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), DATABASE_WITHIN)),
  ])
}
