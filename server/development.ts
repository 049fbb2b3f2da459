import type { RequestListener } from 'node:http'
import { isAllowedOrigin } from './http/check-origin'
import { subnetOf } from './http/client-ip'
import { matchRoute } from './http/parse-url'
import { isQuickExit } from './http/quick-exit'
import type { NextHandler } from './http/render'
import { responseHeaders } from './http/response-headers'

const nextUrl = /^\/(_next|__nextjs)/

/**
 * The request listener for development: Next responds by itself, with its overlay, source maps and hot
 * reload. The headers are those of the site, except for a policy that lets scripts run; only requests that
 * the built site would refuse unread are refused.
 *
 * @param strict the listener of the built site, for everything that is no route of Next's
 */
export function createDevelopmentListener(
  handle: NextHandler,
  allowedOrigins: readonly string[],
  strict: RequestListener,
): RequestListener {
  return (request, response) => {
    const { url = '/', method = 'GET', headers } = request
    const { ok, route } = matchRoute(url)
    const isRoute = ok && route.isRoutable && route.kind !== 'root' && !isQuickExit(route)
    const isNext = nextUrl.test(url) || isRoute
    if (!isNext || !isAllowedOrigin(method, headers, allowedOrigins)) {
      strict(request, response)
      return
    }
    const kind = ok && route.kind === 'api' ? 'api' : 'page'
    const site = responseHeaders({ kind, status: 200, isHtml: true, isSecure: false })
    for (const [name, value] of Object.entries(site)) response.setHeader(name, value)
    response.setHeader(
      'content-security-policy',
      "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: ws:; frame-ancestors 'none'",
    )
    request.headers['x-client-address-prefix'] = subnetOf(request.socket.remoteAddress)
    void handle(request, response)
  }
}
