import type { Instrumentation } from 'next'
import { reportRenderError } from '@/server/http/render-errors'

/** What Next calls when a page, route or action throws; the server writes it to the log. */
export const onRequestError: Instrumentation.onRequestError = (error, request, context) => {
  reportRenderError(error, context.routePath, request.headers)
}
