import type { Server } from 'node:http'

/** Whoever is still reading gets so long. */
const LAST_ANSWERS_WITHIN = 5_000
/** What is no request any more (the development server's own connections) is waited for no longer. */
const CLOSED_WITHIN = 6_000
/** Closing the database waits for what is being written, and for nothing else. */
const DATABASE_WITHIN = 4_000
const LOOK_AGAIN = 50

/**
 * Stops a server: no further connection is taken, answers that are being made are sent, connections
 * without one are closed, and after five seconds all of them.
 *
 * @param close what is closed when nobody asks any more; what it cannot do in four seconds is left
 * @returns whether everything was closed
 */
export async function stopServer(server: Server, close: () => Promise<unknown>): Promise<boolean> {
  const closed = new Promise((resolve) => {
    server.close(resolve)
    setTimeout(resolve, CLOSED_WITHIN).unref()
  })
  // A connection that has just had its answer is kept open for the next one.
  const idle = setInterval(() => server.closeIdleConnections(), LOOK_AGAIN)
  const hurry = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_WITHIN)
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
