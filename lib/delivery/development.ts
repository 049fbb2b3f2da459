import type { IncomingMessage, ServerResponse } from 'node:http'
import { parseAddress } from './address'
import type { Handle } from './ask-next'
import { addressPrefix } from './client-address'
import { headersFor } from './headers'
import { isLeave } from './leave'
import { mayChange } from './origin'

const developmentAddress = /^\/(_next|__nextjs)/

/**
 * In development Next answers by itself, with its overlay, its source maps and its hot reload, all
 * of which need scripts: the headers are the site's except for a policy that lets them run, and
 * only addresses that the built site would refuse unread are refused.
 *
 * Takes what `createDelivery` takes besides, a listener for all addresses that are not Next's.
 */
export function createDevelopmentDelivery(
  handle: Handle,
  ownOrigins: readonly string[],
  strict: (request: IncomingMessage, response: ServerResponse) => void,
) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { url = '/', method = 'GET', headers } = request
    const parsed = parseAddress(url)
    const isRoute =
      parsed.ok &&
      parsed.address.isRoutable &&
      parsed.address.kind !== 'root' &&
      !isLeave(parsed.address)
    const isNext = developmentAddress.test(url) || isRoute
    if (!isNext || !mayChange(method, headers, ownOrigins)) {
      strict(request, response)
      return
    }
    const kind = parsed.ok && parsed.address.kind === 'api' ? 'api' : 'page'
    const site = headersFor({ kind, status: 200, isHtml: true, isSecure: false })
    for (const [name, value] of Object.entries(site)) response.setHeader(name, value)
    response.setHeader(
      'content-security-policy',
      "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: ws:; frame-ancestors 'none'",
    )
    request.headers['x-client-address-prefix'] = addressPrefix(request.socket.remoteAddress)
    void handle(request, response)
  }
}
