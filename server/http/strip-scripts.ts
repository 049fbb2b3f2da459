export type StrippedHtml = {
  html: string
  /**
   * `known`: stripped. `streamed`: parts came late and hidden, for a script to put in place.
   * `unknown`: not HTML as React writes it, or cut off. The last two are not stripped.
   */
  shape: 'known' | 'streamed' | 'unknown'
  /** The body holds text to read. */
  hasContent: boolean
}

// HTML as React writes it: attributes in double quotes, no `<` of the page's own text unescaped.
// Anything else is no token. An HTML parser reads the same 18 kB in 3.4 ms instead of 0.1.
const token =
  /[^<]+|<!--([^]*?)-->|<\/([a-zA-Z][\w:-]*)>|<([a-zA-Z][\w:-]*)((?:\s+[^\s"'>/=]+(?:="[^"]*")?)*)\s*\/?>|<!DOCTYPE html>/gy

const rawText: ReadonlySet<string> = new Set(['script', 'style'])
const unread: ReadonlySet<string> = new Set(['title', 'template', 'noscript'])

// `expect` blocks rendering until a script has run, and none runs.
const deadLink = / rel="(?:preload|modulepreload|prefetch|preconnect|dns-prefetch|expect)"/

// React's markers of a part that is not there yet: `$?` pending, `$~` queued (react-dom 19.3).
const pendingMarkers: ReadonlySet<string> = new Set(['$?', '$~'])

function isDead(tag: string, attributes: string): boolean {
  if (tag === 'script') return !/ type="application\/ld\+json"/.test(attributes)
  if (tag === 'link') return deadLink.test(attributes)
  return tag === 'template' && / (?:data-dgst|id="[BP]:)/.test(attributes)
}

/** Public pages run no scripts, so a part that waits for one to show it is shown where it stands. */
function reveal(html: string): string {
  return html.replace(/(<[a-z]+) hidden(?:="")?( id="S:)/g, '$1$2')
}

/**
 * Removes what only the framework's scripts would use from a page that runs none: script tags except
 * JSON-LD, flight data, preloads, comments, `data-precedence`, the empty boundary of the metadata.
 * Everything else stays as it is, byte for byte.
 *
 * @param html a whole document; if it does not have the shape that this was written for (Next 16.4,
 *   React 19.3), it comes back whole, with the parts shown that were hidden until a script runs
 */
export function stripScripts(html: string): StrippedHtml {
  const pieces: string[] = []
  let isInBody = false
  let isStreamed = false
  let isWhole = false
  let hasContent = false
  let unreadUntil: string | undefined
  let boundaryAt = -1

  const stripped = (shape: StrippedHtml['shape']): StrippedHtml => ({
    html: shape === 'known' ? pieces.join('') : reveal(html),
    shape,
    hasContent,
  })

  token.lastIndex = 0
  for (let at = 0; at < html.length; at = token.lastIndex) {
    const match = token.exec(html)
    if (!match) return stripped('unknown')
    const [raw, comment, endTag, startTag, attributes = ''] = match
    if (startTag !== undefined) {
      if (/ hidden[ =]/.test(attributes) && attributes.includes(' id="S:')) isStreamed = true
      const end = rawText.has(startTag) ? html.indexOf(`</${startTag}>`, token.lastIndex) : -1
      if (rawText.has(startTag)) {
        if (end === -1) return stripped('unknown')
        token.lastIndex = end + startTag.length + 3
        if (!isDead(startTag, attributes)) pieces.push(html.slice(at, token.lastIndex))
      } else if (!isDead(startTag, attributes)) {
        if (startTag === 'body') isInBody = true
        if (unread.has(startTag)) unreadUntil ??= startTag
        if (startTag === 'div' && / hidden=""/.test(attributes) && attributes.length === 10) {
          boundaryAt = pieces.length
        }
        pieces.push(raw.replace(/ data-precedence="[^"]*"/, ''))
      } else if (startTag === 'template') {
        const close = '</template>'
        if (!html.startsWith(close, token.lastIndex)) return stripped('unknown')
        token.lastIndex += close.length
      }
    } else if (endTag !== undefined) {
      if (endTag === unreadUntil) unreadUntil = undefined
      isWhole = endTag === 'html'
      if (endTag === 'div' && boundaryAt !== -1 && boundaryAt === pieces.length - 1) {
        pieces.pop()
        boundaryAt = -1
      } else {
        pieces.push(raw)
      }
    } else if (comment !== undefined) {
      if (pendingMarkers.has(comment)) isStreamed = true
    } else {
      if (isInBody && unreadUntil === undefined && raw.trim() !== '') hasContent = true
      pieces.push(raw)
    }
  }
  if (isStreamed) return stripped('streamed')
  return stripped(isWhole ? 'known' : 'unknown')
}
