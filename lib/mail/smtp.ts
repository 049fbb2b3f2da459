import { createTransport } from 'nodemailer'

/** The outgoing mail server and the sender. */
export type MailServer = {
  /** `smtp(s)://user:password@host:port` (setting `SMTP_URL`). */
  url: string
  /** `address` or `name <address>` (setting `SMTP_FROM`). */
  from: string
  /** Deadline of the whole delivery in milliseconds; shorter in tests. */
  timeoutMs?: number
}

type Mail = {
  /** Id in the outbox; the Message-ID is made of it, so that it is the same at every attempt. */
  id: string
  recipient: string
  subject: string
  text: string
  /** Language of the text. */
  locale: string
}

/** Why a mail was not accepted. */
export type MailError =
  /** No connection, or it was closed early. */
  | 'unreachable'
  | 'timedOut'
  /** A password would be sent, but the server offers no TLS or its certificate is invalid. */
  | 'notEncrypted'
  /** The mail server refused name or password. */
  | 'notSignedIn'
  /** Temporarily refused. */
  | 'deferred'
  /** Permanently refused: the address or the mail. */
  | 'refused'
  /** A line break or control character in a header value. */
  | 'unsafeHeader'
  | 'unknown'

type SendResult =
  | { ok: true }
  /** `isPermanent`: another attempt would fail the same way. */
  | { ok: false; reason: MailError; isPermanent: boolean }

/** Shorter than the shortest retry delay, so that two attempts never overlap. */
const SEND_TIMEOUT_MS = 40_000

/**
 * Delivers one mail to the mail server. It always ends within the deadline: connecting, greeting and
 * silence have their own timeouts, and a server that sends very slowly is cut off.
 *
 * @param signal aborts the delivery
 * @returns whether the server accepted the mail, else why not; never throws
 */
export async function sendMail(
  server: MailServer,
  mail: Mail,
  signal: AbortSignal,
): Promise<SendResult> {
  const headers = [server.from, mail.recipient, mail.subject, mail.id, mail.locale]
  if (headers.some((text) => /[\p{Cc}\p{Zl}\p{Zp}]/u.test(text))) {
    return { ok: false, reason: 'unsafeHeader', isPermanent: true }
  }
  const sender = parseSender(server.from)
  const deadline = server.timeoutMs ?? SEND_TIMEOUT_MS
  const timeout = AbortSignal.timeout(deadline)
  const transport = createTransport({
    ...smtpOptions(server.url),
    connectionTimeout: deadline / 4,
    greetingTimeout: deadline / 4,
    socketTimeout: deadline / 2,
    dnsTimeout: deadline / 4,
    socketCloseTimeout: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail({
      // Address objects are used literally; a string could be parsed as several addresses.
      from: { name: sender.name, address: sender.address },
      to: { name: '', address: mail.recipient },
      subject: mail.subject,
      text: mail.text,
      messageId: `<${mail.id}@${sender.domain}>`,
      headers: {
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        'Content-Language': mail.locale,
      },
      signal: AbortSignal.any([signal, timeout]),
    })
    return { ok: true }
  } catch (error) {
    return timeout.aborted
      ? { ok: false, reason: 'timedOut', isPermanent: false }
      : toFailure(error)
  } finally {
    transport.close()
  }
}

function smtpOptions(address: string) {
  const url = new URL(address)
  const secure = url.protocol === 'smtps:'
  const user = decodeURIComponent(url.username)
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    // A password must not cross the network unencrypted.
    requireTLS: user !== '' && !isLocal,
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
  }
}

function parseSender(from: string): { name: string; address: string; domain: string } {
  const [, name = '', address = from] = /^(.*) <([^<>]+)>$/.exec(from) ?? []
  return { name, address, domain: address.slice(address.lastIndexOf('@') + 1) }
}

function toFailure(error: unknown): SendResult {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  const failed = (reason: MailError, isPermanent = false) =>
    ({ ok: false, reason, isPermanent }) as const
  if (code === 'EAUTH' || code === 'ENOAUTH') return failed('notSignedIn')
  if (code === 'ETIMEDOUT') return failed('timedOut')
  if (code === 'ETLS') return failed('notEncrypted')
  if (typeof responseCode === 'number' && responseCode >= 400) {
    // 421 and 503 are about the connection, not about the mail (RFC 5321, 4.2.3).
    return responseCode >= 500 && responseCode !== 503
      ? failed('refused', true)
      : failed('deferred')
  }
  const isConnection = ['ECONNECTION', 'ESOCKET', 'EDNS', 'EABORT'].includes(String(code))
  return failed(isConnection ? 'unreachable' : 'unknown')
}
