type RenderError = { error: unknown; route: string; errorId: string | undefined }
type Reporter = (failed: RenderError) => void

// Next's bundle has a copy of this module of its own; the global is what both copies share.
const key = Symbol.for('member-directory.renderErrors')
const shared = globalThis as typeof globalThis & { [key]?: Reporter }

/** Says who is told when Next fails to render: called once, by the server. */
export function onRenderError(reporter: Reporter): void {
  shared[key] = reporter
}

/**
 * Tells whoever listens.
 *
 * Takes what was thrown, the pattern of the route and the headers that Next was asked with, from
 * which the id on the error page is taken.
 */
export function reportRenderError(
  error: unknown,
  route: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): void {
  const errorId = headers['x-request-id']
  shared[key]?.({ error, route, errorId: typeof errorId === 'string' ? errorId : undefined })
}
