import { randomBytes } from 'node:crypto'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import Negotiator from 'negotiator'
import type { Trouble } from '@/lib/db/trouble'
import { routing, type Locale } from '@/lib/i18n/routing'
import { allowedMethods, parseAddress, type Address } from './address'
import { askNext, type Answer, type Handle } from './ask-next'
import { cleanHtml, type Cleaned } from './clean-html'
import { compressor, isCompressible, preferredEncoding, type Encoding } from './compress'
import { apiError, errorPage, errorStatus, type ErrorStatus } from './error-page'
import { BodyRoom } from './body-room'
import { addressPrefix, clientAddress, type TrustedProxies } from './client-address'
import { headersFor, scriptPolicy, type Answering } from './headers'
import { mayChange } from './origin'
import { isLeave, leaveHeaders } from './leave'
import { readBody } from './read-body'
import { KeptAnswers, type KeptAnswer, type KeptVariant } from './kept-answers'
import { publicQuery } from './public-query'
import { headersForNext } from './request-headers'
import { countFields, isReadable, readSentForm, type SentForm } from './sent-form'
import { streamNext, type StreamedAnswer } from './stream-next'
import { hashOf, type StaticFile, type StaticFiles } from './static-files'
import { SameBodies } from './same-bodies'
import { sendBody } from './send-body'
import { Turns } from './turns'

type Entry = { event: string; errorId?: string; status?: number; reason?: string; error?: unknown }

export type DeliveryConfig = {
  handle: Handle
  /** Scheme, host and port that the public reaches the site at. */
  origin: string
  /** The origins from which something may be changed. */
  ownOrigins: readonly string[]
  /** Whose `X-Forwarded-For` is believed. */
  trustedProxies: TrustedProxies
  staticFiles: StaticFiles
  /** Null: each language's own name for the site. */
  siteName: string | null
  /** Where people who leave at once are sent; null: nowhere, and no address does. */
  exitUrl: string | null
  /** The version of the public content now: what is kept of another one is not sent any more. */
  contentVersion: () => number
  /** What stood against an answer of Next's, by its id, where that was the database being busy or full. */
  troubleOf: (errorId: string) => Trouble | null
  log: { warn: (entry: Entry) => void; error: (entry: Entry) => void }
}

/** What is sent, before it is made fit for this visitor. */
type Outcome = {
  kind: Answering['kind']
  status: number
  headers?: OutgoingHttpHeaders
  contentType?: string
  body?: Buffer
  /** Instead of the body, where it is too long to be kept. */
  stream?: Readable
  /** Where the body comes from, if it is a file: its compressed bytes are kept. */
  file?: StaticFile
  /** Of a page that runs scripts. */
  nonce?: string
  /** It is in memory, with its compressed bytes. */
  kept?: { address: string; answer: KeptAnswer }
}

const HTML = 'text/html; charset=utf-8'
const JSON_TYPE = 'application/json; charset=utf-8'

/** Next's own limit for the body of a form (`serverActions.bodySizeLimit`). */
const BODY_LIMIT = 1024 * 1024

/** The form of a profile in a hundred languages has about half of it. */
const FIELDS_AT_MOST = 4_000

/** Forms that are being received or worked on, in bytes: as many as sixty of the largest. */
const BODY_ROOM = { each: 16 * BODY_LIMIT, inAll: 64 * BODY_LIMIT }

/** Bytes of public answers kept in memory; a page is about 8 kB, compressed. */
const KEPT_BYTES = 24 * 1024 * 1024

// One thread makes all pages: more at once would only make each of them slower. Who waits has asked
// for something that is not in memory; five seconds of it is the most that anybody waits for.
const PUBLIC_TURNS = { atOnce: 3, waitingEach: 250, waitingInAll: 2_000 }
const PROTECTED_TURNS = { atOnce: 12, waitingEach: 100, waitingInAll: 500 }
const DOWNLOAD_TURNS = { atOnce: 4, waitingEach: 20, waitingInAll: 100 }
/** Somebody who takes a list very slowly gives their turn back at last. */
const DOWNLOAD_WITHIN = 10 * 60_000
const RETRY_AFTER = { 'retry-after': '5' }

/** The page that says in full, inside the site's frame, that there is none. */
const NOT_FOUND_PAGE = '/not-found'

// What Next may add to our own headers. All else that it sends (`Vary: rsc`, `Link`, `Refresh`,
// `x-nextjs-*`, its own `Cache-Control`) is for its scripts or for a cache of its own.
const PASSED_HEADERS = ['content-disposition', 'content-language', 'retry-after', 'x-robots-tag']
const PASSED_PROTECTED_HEADERS = [...PASSED_HEADERS, 'clear-site-data', 'set-cookie']

// What its scripts read in the answer to a form that they have sent.
const PASSED_ACTION_HEADERS = ['x-action-redirect', 'x-action-revalidated']
const ACTION_ANSWER = 'text/x-component'

/**
 * What stands in front of Next: it decides what Next gets to see, and everything that the visitor
 * gets is sent from here.
 *
 * Takes Next's request handler and the site's settings. Gives a listener for Node's server. Every
 * request is answered: what cannot be is logged with an id and answered with a page that shows it.
 */
export function createDelivery(config: DeliveryConfig) {
  const { handle, log, staticFiles } = config
  const isSecure = config.origin.startsWith('https:')
  const seenShapes = new Set<Cleaned['shape']>()
  const notFoundPages = new Map<Locale, Promise<Buffer | null>>()
  const keptAnswers = new KeptAnswers(KEPT_BYTES)
  const making = new Map<string, Promise<Outcome>>()
  let versionOfThisTurn: number | null = null
  const publicTurns = new Turns(PUBLIC_TURNS)
  const protectedTurns = new Turns(PROTECTED_TURNS)
  const downloadTurns = new Turns(DOWNLOAD_TURNS)
  const bodyRoom = new BodyRoom(BODY_ROOM)
  const sameBodies = new SameBodies()

  function networkOf({ socket, headers }: IncomingMessage): string {
    const forwardedFor = headers['x-forwarded-for']
    const written = Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor
    return addressPrefix(clientAddress(socket.remoteAddress, written, config.trustedProxies))
  }

  function refusal(
    status: ErrorStatus,
    address: Address | null,
    {
      errorId = null,
      headers = {},
      sent = null,
    }: { errorId?: string | null; headers?: OutgoingHttpHeaders; sent?: SentForm | null } = {},
  ): Outcome {
    const kind = address?.kind ?? 'unknown'
    const locale = address?.locale ?? null
    const bodyOf = (make: () => string) =>
      errorId === null && sent === null
        ? sameBodies.get(`${String(status)} ${kind} ${String(locale)}`, make)
        : Buffer.from(make())
    if (kind === 'api' || kind === 'health') {
      const allowed = status === 405 ? allowedMethods(kind) : null
      const body = bodyOf(() => apiError(status, errorId, allowed))
      return { kind, status, headers, contentType: JSON_TYPE, body }
    }
    const body = bodyOf(() =>
      errorPage({
        status,
        locale,
        errorId,
        siteName: config.siteName,
        hasExit: config.exitUrl !== null,
        stylesheets: staticFiles.stylesheets,
        sent,
      }),
    )
    return { kind: 'page', status, headers, contentType: HTML, body }
  }

  function failure(address: Address | null, errorId: string, entry: Partial<Entry>): Outcome {
    log.error({ event: 'answerFailed', errorId, ...entry })
    return refusal(500, address, { errorId })
  }

  /** The database is busy or full: nothing was changed, and what was sent is not lost. */
  async function troubled(
    request: IncomingMessage,
    address: Address,
    body: Buffer | null,
    trouble: Trouble,
    errorId: string,
  ): Promise<Outcome> {
    const status = trouble === 'busy' ? 503 : 507
    log.warn({ event: 'answerRefused', errorId, status, reason: trouble })
    const sent = await sentForm(request, address, body)
    return refusal(status, address, { headers: trouble === 'busy' ? RETRY_AFTER : {}, sent })
  }

  function clean(body: Buffer): Cleaned {
    const cleaned = cleanHtml(body.toString('utf8'))
    if (cleaned.shape !== 'known' && !seenShapes.has(cleaned.shape)) {
      seenShapes.add(cleaned.shape)
      log.warn({ event: 'pageNotCleaned', reason: cleaned.shape })
    }
    return cleaned
  }

  async function makeNotFoundPage(locale: Locale): Promise<Buffer | null> {
    const asked = {
      method: 'GET',
      target: `/${locale}${NOT_FOUND_PAGE}`,
      headers: headersForNext({}, 'page', config.origin, newId()),
      body: null,
    }
    const answer = await askNext(handle, asked, new AbortController().signal)
    if (answer.status !== 200) return null
    const { html, hasContent } = clean(answer.body)
    return hasContent ? Buffer.from(html) : null
  }

  /**
   * Next answers `notFound()` with a page that is empty until a script fills it (16.4.6). One and
   * the same page for all unknown addresses of a language also keeps them from being told apart.
   */
  async function notFound(address: Address): Promise<Outcome> {
    const { locale } = address
    // For programs too: an address below `/api` has no language.
    if (!locale) return refusal(404, address)
    let page = notFoundPages.get(locale)
    if (!page) {
      page = makeNotFoundPage(locale)
      notFoundPages.set(locale, page)
      page.catch(() => notFoundPages.delete(locale))
    }
    const body = await page.catch(() => null)
    return body ? { kind: 'page', status: 404, contentType: HTML, body } : refusal(404, address)
  }

  /** From Next's answer to ours. */
  async function outcomeOf(
    answer: Answer,
    address: Address,
    errorId: string,
    nonce: string,
  ): Promise<Outcome> {
    const { kind, locale, path } = address
    if (kind === 'root' || kind === 'unknown' || kind === 'download') return refusal(404, address)
    const { status } = answer
    const contentType = String(answer.headers['content-type'] ?? '')
    const isHtml = contentType.startsWith('text/html')
    const headers = passedHeaders(answer, address)

    if (answer.headers['x-nextjs-action-not-found'] !== undefined) return refusal(409, address)
    // For the scripts that sent a form: they go there themselves, with the page or without.
    if (headers['x-action-redirect'] !== undefined && status < 400) {
      if (!contentType.startsWith(ACTION_ANSWER)) return { kind, status, headers }
      return { kind, status, headers, contentType, body: answer.body }
    }
    if (status >= 300 && status < 400) {
      const { location } = answer.headers
      if (typeof location !== 'string') return failure(address, errorId, { reason: 'noLocation' })
      return { kind, status, headers: { ...headers, location } }
    }
    if (kind === 'api' || kind === 'health' || kind === 'data') {
      const isOwnError = contentType.startsWith('application/json') && answer.body.length > 0
      if (status >= 500) {
        log.error({ event: 'answerFailed', errorId, status })
        return isOwnError
          ? { kind, status, headers, contentType, body: answer.body }
          : refusal(500, address, { errorId })
      }
      // No route of ours answers these with HTML: the address fell through to the pages.
      if (isHtml) return refusal(404, address)
      if (status >= 400 && !isOwnError) return refusal(errorStatus(status), address)
      return { kind, status, headers, contentType, body: answer.body }
    }
    if (status >= 500) return failure(address, errorId, { status })
    if (contentType.startsWith(ACTION_ANSWER)) {
      if (kind === 'protected') return { kind, status, headers, contentType, body: answer.body }
      return failure(address, errorId, { reason: 'notHtml' })
    }
    if (!isHtml && status < 400 && answer.body.length > 0) {
      // A file of the protected part is stored as little as its pages.
      return {
        kind: kind === 'protected' ? kind : 'data',
        ...{ status, headers, contentType, body: answer.body },
      }
    }
    // The protected part runs scripts: its pages stay as they are.
    const { html, hasContent } =
      kind === 'protected' ? cleanHtml(answer.body.toString('utf8')) : clean(answer.body)
    if (!hasContent) {
      if (status === 404) return notFound(address)
      if (status >= 400) return refusal(errorStatus(status), address)
      return failure(address, errorId, { reason: 'emptyPage' })
    }
    if (kind === 'protected') {
      return { kind, status, headers, contentType: HTML, body: answer.body, nonce }
    }
    const isNotFoundPage = path === `/${locale}${NOT_FOUND_PAGE}`
    return {
      kind,
      status: isNotFoundPage ? 404 : status,
      headers,
      contentType: HTML,
      body: Buffer.from(html),
    }
  }

  /** From Next's answer to a download to ours: what it refuses, it says in words of its own. */
  async function outcomeOfDownload(
    { status, body, ...answer }: StreamedAnswer,
    address: Address,
    errorId: string,
  ): Promise<Outcome> {
    const contentType = String(answer.headers['content-type'] ?? '')
    const headers = passedHeaders(answer, address)
    if (status === 200) return { kind: 'data', status, headers, contentType, stream: body }
    const said = await buffer(body)
    if (status >= 500) return failure(address, errorId, { status })
    const isOwn = status >= 400 && !contentType.startsWith('text/html') && said.length > 0
    if (isOwn) return { kind: 'data', status, headers, contentType, body: said }
    return status === 404 ? notFound(address) : refusal(errorStatus(status), address)
  }

  async function outcomeFor(request: IncomingMessage, gone: AbortSignal): Promise<Outcome | null> {
    const { method = 'GET', url = '/', headers } = request
    const parsed = parseAddress(url)
    if (!parsed.ok) return refusal(400, parsed.address)
    const { address } = parsed
    const { kind, path } = address

    if (!mayChange(method, headers, config.ownOrigins)) return refusal(403, address)
    const file = staticFiles.find(decodeURIComponent(path))
    if (!file && !address.isRoutable) return notFound(address)
    if (Number(headers['content-length'] ?? 0) > BODY_LIMIT) return refusal(413, address)

    const methods = allowedMethods(kind)
    if (method === 'OPTIONS') {
      return { kind: answeringKind(address), status: 204, headers: { allow: methods.join(', ') } }
    }
    if (!methods.includes(method)) {
      return refusal(405, address, { headers: { allow: methods.join(', ') } })
    }
    if (file) {
      const { body } = await file.read('identity')
      return { kind: file.kind, status: 200, contentType: file.contentType, body, file }
    }
    if (kind === 'root') {
      const locale = preferredLocale(headers['accept-language'])
      return {
        kind: 'page',
        status: 307,
        headers: { location: `/${locale}`, vary: 'Accept-Language' },
      }
    }

    // Before all that may have to wait.
    if (config.exitUrl !== null && isLeave(address)) {
      const leaving = leaveHeaders(headers, config.exitUrl, isSecure)
      return { kind: 'page', status: 303, headers: leaving }
    }
    if (isPublic(kind)) return publicOutcome(request, address, gone)
    if (method === 'POST') return receivedOutcome(request, address, gone)
    return protectedOutcome(request, address, null, gone)
  }

  /** Receives a form and has it answered. */
  async function receivedOutcome(
    request: IncomingMessage,
    address: Address,
    gone: AbortSignal,
  ): Promise<Outcome | null> {
    const { headers } = request
    // What is packed may be a thousand times as large, and no browser packs a form.
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') return refusal(415, address)
    const network = networkOf(request)
    let taken = 0
    try {
      const read = await readBody(request, BODY_LIMIT, (bytes) => {
        if (!bodyRoom.take(network, bytes)) return false
        taken += bytes
        return true
      })
      if (read.ok) {
        const contentType = headers['content-type'] ?? ''
        if (countFields(contentType, read.body) > FIELDS_AT_MOST) return refusal(413, address)
        if (!(await isReadable(headers, read.body))) return refusal(415, address)
        return await protectedOutcome(request, address, read.body, gone)
      }
      if (read.reason === 'tooLarge') return refusal(413, address)
      return read.reason === 'noRoom' ? refusal(503, address, { headers: RETRY_AFTER }) : null
    } finally {
      bodyRoom.give(network, taken)
    }
  }

  function sentForm(
    { headers }: IncomingMessage,
    { path, query }: Address,
    body: Buffer | null,
  ): Promise<SentForm | null> {
    return body ? readSentForm(headers, body, path + query) : Promise.resolve(null)
  }

  /** What is made for one person, in turn with what others ask for. */
  async function protectedOutcome(
    request: IncomingMessage,
    address: Address,
    body: Buffer | null,
    gone: AbortSignal,
  ): Promise<Outcome | null> {
    const isDownload = address.kind === 'download'
    const asked = isDownload ? { ...address, query: publicQuery(address.query) } : address
    const turn = await (isDownload ? downloadTurns : protectedTurns).take(networkOf(request), gone)
    if (!turn) {
      if (gone.aborted) return null
      const sent = await sentForm(request, address, body)
      return refusal(503, address, { headers: RETRY_AFTER, sent })
    }
    let outcome: Outcome | null = null
    try {
      outcome = await make(request, asked, body, gone)
      return outcome
    } finally {
      // The longest part of a download is still to come.
      if (outcome?.stream) outcome.stream.once('close', turn)
      else turn()
    }
  }

  /** Has Next make the answer; null where the visitor has gone in the meantime. */
  async function make(
    request: IncomingMessage,
    address: Address,
    body: Buffer | null,
    gone: AbortSignal,
  ): Promise<Outcome | null> {
    const { kind, path, query } = address
    const errorId = newId()
    const nonce = randomBytes(16).toString('base64')
    const visitor = { policy: scriptPolicy(nonce), addressPrefix: networkOf(request) }
    const nextHeaders = headersForNext(
      request.headers,
      kind,
      config.origin,
      errorId,
      kind === 'protected' ? visitor : null,
    )
    if (body) nextHeaders['content-length'] = String(body.length)
    // Next answers HEAD in its own way; asked by GET, its headers are those of the page.
    const method = body ? 'POST' : 'GET'
    try {
      const asked = { method, target: path + query, headers: nextHeaders, body }
      if (kind === 'download') {
        const answer = await streamNext(handle, asked, gone)
        const trouble = answer.status >= 500 ? config.troubleOf(errorId) : null
        if (!trouble) return await outcomeOfDownload(answer, address, errorId)
        answer.body.destroy()
        return await troubled(request, address, body, trouble, errorId)
      }
      const answer = await askNext(handle, asked, gone)
      const trouble = answer.status >= 500 ? config.troubleOf(errorId) : null
      if (trouble) return await troubled(request, address, body, trouble, errorId)
      return await outcomeOf(answer, address, errorId, nonce)
    } catch (error) {
      if (gone.aborted) return null
      const trouble = config.troubleOf(errorId)
      if (trouble) return troubled(request, address, body, trouble, errorId)
      return failure(address, errorId, { error })
    }
  }

  /**
   * An answer that is the same for everybody: out of memory where it is there and of the present
   * version of the content, else made once, however many are waiting for it.
   */
  async function publicOutcome(
    request: IncomingMessage,
    address: Address,
    gone: AbortSignal,
  ): Promise<Outcome | null> {
    const asked = { ...address, query: publicQuery(address.query) }
    const target = asked.path + asked.query
    const outOfMemory = () => {
      const answer = keptAnswers.get(target, keptVersion())
      return answer ? keptOutcome(asked, target, answer) : null
    }
    const found = outOfMemory()
    if (found) return found
    const turn = await publicTurns.take(networkOf(request), gone)
    if (!turn) return gone.aborted ? null : refusal(503, address, { headers: RETRY_AFTER })
    try {
      return outOfMemory() ?? (await makeOnce(request, asked, target))
    } finally {
      turn()
    }
  }

  function makeOnce(request: IncomingMessage, address: Address, target: string): Promise<Outcome> {
    const version = keptVersion()
    const key = `${String(version)} ${target}`
    const running = making.get(key)
    if (running) return running
    const work = makeAndKeep(request, address, target, version).finally(() => making.delete(key))
    making.set(key, work)
    return work
  }

  async function makeAndKeep(
    request: IncomingMessage,
    address: Address,
    target: string,
    version: number,
  ): Promise<Outcome> {
    // Others may be waiting for it too: it is made to its end, whoever leaves.
    const outcome = await make(request, address, null, new AbortController().signal)
    if (!outcome) return failure(address, newId(), { reason: 'noAnswer' })
    const { kind, status, contentType = '', body } = outcome
    // What was made while the content changed may hold some of both.
    if (status !== 200 || !body || keptVersion() !== version) return outcome
    const isHtml = contentType.startsWith('text/html')
    const headers: Record<string, string> = headersFor({ kind, status, isHtml, isSecure })
    for (const [name, value] of Object.entries(outcome.headers ?? {})) headers[name] = String(value)
    headers['content-type'] = contentType
    if (isCompressible(contentType)) headers['vary'] = varyAnd(headers['vary'])
    const answer: KeptAnswer = {
      ...{ status, contentType, body, length: body.length, headers },
      ...{ hash: hashOf(body), variants: new Map() },
    }
    await keptAnswers.keep(target, version, answer, encodingFor(request, answer))
    return { ...outcome, kept: { address: target, answer } }
  }

  /**
   * A day of the calendar is part of the content: pages say which day it is. The database is asked once
   * for all requests that have come in together: whoever has seen a change can only ask after them.
   */
  function keptVersion(): number {
    if (versionOfThisTurn === null) {
      const day = Math.floor(Date.now() / 86_400_000)
      versionOfThisTurn = config.contentVersion() * 1_000_000 + day
      setImmediate(forgetVersion)
    }
    return versionOfThisTurn
  }

  function forgetVersion() {
    versionOfThisTurn = null
  }

  function keptOutcome({ kind }: Address, address: string, answer: KeptAnswer): Outcome {
    const { status, contentType } = answer
    return { kind: kind as Outcome['kind'], status, contentType, kept: { address, answer } }
  }

  /** Sends what is kept, in the encoding that the visitor likes best. */
  async function sendKept(
    request: IncomingMessage,
    response: ServerResponse,
    { address, answer }: NonNullable<Outcome['kept']>,
  ) {
    const encoding = encodingFor(request, answer)
    const variant = await keptAnswers.variant(address, answer, encoding)
    keptAnswers.use(address, answer)
    writeKept(request, response, answer, variant)
  }

  async function send(request: IncomingMessage, response: ServerResponse, outcome: Outcome) {
    if (outcome.kept) return sendKept(request, response, outcome.kept)
    const { kind, status, contentType = '', body = Buffer.alloc(0), file, nonce } = outcome
    const isHtml = contentType.startsWith('text/html')
    const headers: OutgoingHttpHeaders = {
      ...headersFor({ kind, status, isHtml, isSecure, nonce }),
      ...outcome.headers,
    }
    if (contentType !== '') headers['content-type'] = contentType

    if (outcome.stream)
      return sendStream(request, response, { ...outcome, stream: outcome.stream }, headers)
    if (isCompressible(contentType)) {
      headers['vary'] = varyAnd(headers['vary'])
    }
    const encoding = isCompressible(contentType)
      ? preferredEncoding(request.headers, body.length)
      : 'identity'
    if (status === 200 && headers['cache-control'] !== 'no-store') {
      const hash = file ? (await file.read('identity')).hash : hashOf(body)
      headers['etag'] = `"${hash}${encoding === 'identity' ? '' : `-${encoding}`}"`
      if (hasTag(request.headers['if-none-match'], hash)) {
        delete headers['content-type']
        response.writeHead(304, headers).end()
        return
      }
    }
    let sent = body
    if (encoding !== 'identity') {
      headers['content-encoding'] = encoding
      sent = file ? (await file.read(encoding)).body : await sameBodies.compress(body, encoding)
    }
    if (status !== 204) headers['content-length'] = sent.length
    response.writeHead(status, headers)
    if (request.method === 'HEAD' || status === 204) response.end()
    else sendBody(response, sent)
  }

  /** Sends a body as it comes; a failure in the middle breaks the connection, so that nobody takes a part for the whole. */
  async function sendStream(
    request: IncomingMessage,
    response: ServerResponse,
    { status, contentType = '', stream }: Outcome & { stream: Readable },
    headers: OutgoingHttpHeaders,
  ) {
    const encoding = isCompressible(contentType)
      ? preferredEncoding(request.headers, Infinity)
      : 'identity'
    if (isCompressible(contentType)) headers['vary'] = 'Accept-Encoding'
    if (encoding !== 'identity') headers['content-encoding'] = encoding
    response.writeHead(status, headers)
    if (request.method === 'HEAD') {
      stream.destroy()
      response.end()
      return
    }
    const hurry = setTimeout(() => request.socket.destroy(), DOWNLOAD_WITHIN)
    const through = compressor(encoding)
    await (through ? pipeline(stream, through, response) : pipeline(stream, response))
      .catch((error: unknown) => {
        // Whoever has gone does not want the rest.
        if (!request.socket.destroyed) throw error
      })
      .finally(() => clearTimeout(hurry))
  }

  async function deliver(request: IncomingMessage, response: ServerResponse) {
    const left = new AbortController()
    response.once('close', () => {
      if (!response.writableFinished) left.abort()
    })
    let outcome: Outcome | null
    try {
      outcome = await outcomeFor(request, left.signal)
    } catch (error) {
      outcome = failure(null, newId(), { error })
    }
    if (outcome && !left.signal.aborted) await send(request, response, outcome)
  }

  /** What is in memory with the bytes that this visitor wants. */
  function inMemory(url: string, headers: IncomingMessage['headers']) {
    const answer = keptAnswers.get(url, keptVersion())
    const variant = answer?.variants.get(encodingFor({ headers }, answer))
    return answer && variant ? { answer, variant } : null
  }

  /**
   * The shortest way, for what is in memory with the bytes that this visitor wants: no parsing, no
   * promise. False where it takes the long way.
   */
  function deliverAtOnce(request: IncomingMessage, response: ServerResponse): boolean {
    const { method, url = '/', headers } = request
    if (method !== 'GET' && method !== 'HEAD') return false
    if ('content-length' in headers || 'transfer-encoding' in headers) return false
    const found = inMemory(url, headers)
    if (!found) return false
    keptAnswers.use(url, found.answer)
    writeKept(request, response, found.answer, found.variant)
    return true
  }

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    try {
      if (deliverAtOnce(request, response)) return
    } catch (error) {
      log.error({ event: 'answerFailed', errorId: newId(), error })
    }
    deliver(request, response).catch((error: unknown) => {
      log.error({ event: 'answerFailed', errorId: newId(), error })
      response.destroy()
    })
  }
  return listener
}

function isPublic(kind: Address['kind']): kind is 'page' | 'api' | 'data' {
  return kind === 'page' || kind === 'api' || kind === 'data'
}

function varyAnd(others: unknown): string {
  return [others, 'Accept-Encoding'].filter(Boolean).join(', ')
}

function encodingFor(
  { headers }: Pick<IncomingMessage, 'headers'>,
  { contentType, length }: KeptAnswer,
): Encoding {
  return isCompressible(contentType) ? preferredEncoding(headers, length) : 'identity'
}

function writeKept(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  answer: KeptAnswer,
  variant: KeptVariant,
): void {
  if (headers['if-none-match'] !== undefined && hasTag(headers['if-none-match'], answer.hash)) {
    response.writeHead(304, variant.headersNotModified).end()
    return
  }
  response.writeHead(answer.status, variant.headers)
  if (method === 'HEAD') response.end()
  else sendBody(response, variant.body)
}

function newId(): string {
  return randomBytes(4).toString('hex')
}

function answeringKind({ kind }: Address): Answering['kind'] {
  if (kind === 'download') return 'data'
  return kind === 'root' || kind === 'unknown' ? 'page' : kind
}

function passedHeaders(answer: Pick<Answer, 'headers'>, { kind }: Address): OutgoingHttpHeaders {
  const names =
    kind === 'protected' ? [...PASSED_PROTECTED_HEADERS, ...PASSED_ACTION_HEADERS] : PASSED_HEADERS
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = answer.headers[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** The language of the interface that a browser asks for; English where it asks for none of ours. */
function preferredLocale(acceptLanguage: string | undefined): Locale {
  const preferred = new Negotiator({ headers: { 'accept-language': acceptLanguage } }).language([
    ...routing.locales,
  ])
  return routing.locales.find((locale) => locale === preferred) ?? routing.defaultLocale
}

/** Weak comparison (RFC 9110 13.1.2) with any encoding of the body of this hash. */
function hasTag(ifNoneMatch: string | undefined, hash: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.split(',').some((tag) => {
    const bare = tag.trim().replace(/^W\//, '')
    return (
      bare === '*' || bare === `"${hash}"` || bare === `"${hash}-br"` || bare === `"${hash}-gzip"`
    )
  })
}
