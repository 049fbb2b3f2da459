import { createTransport } from 'nodemailer'

/** Where mail is handed over, and in whose name. */
export type MailServer = {
  /** `smtp(s)://user:password@host:port`, as the settings have it. */
  url: string
  /** An address, or a name and `<address>`. */
  from: string
  /** How long it may take in milliseconds, as a whole; shorter in tests. */
  timeoutMs?: number
}

type Mail = {
  /** Of the outbox: makes the Message-ID, the same at every attempt. */
  id: string
  recipient: string
  subject: string
  text: string
  /** Language of the text. */
  locale: string
}

/** Why a mail was not taken. */
export type MailError =
  /** No connection, or it broke off. */
  | 'unreachable'
  | 'timedOut'
  /** The server offers no TLS where a password is to be sent, or its certificate is not good. */
  | 'notEncrypted'
  | 'notSignedIn'
  /** Not now. */
  | 'putOff'
  /** Never: the address or the mail. */
  | 'refused'
  /** A line break in what becomes a header. */
  | 'unsafeHeader'
  | 'unknown'

type SendResult =
  | { ok: true }
  /** `isPermanent`: trying again would give the same. */
  | { ok: false; reason: MailError; isPermanent: boolean }

/** Less than the shortest wait between two attempts, so that no two are under way at once. */
const SEND_TIMEOUT_MS = 40_000

/**
 * Hands one mail to the mail server. Whatever that does, this ends within the deadline: connecting,
 * greeting and silence have time limits of their own, and a server that trickles is cut off.
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
  const tooLate = AbortSignal.timeout(deadline)
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
      // As objects the addresses are taken as they are, never as a list of several.
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
      signal: AbortSignal.any([signal, tooLate]),
    })
    return { ok: true }
  } catch (error) {
    return tooLate.aborted
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
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    // A password goes over no open line.
    requireTLS: user !== '' && !isHere,
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
    // 421 and 503 speak of the connection, not of the mail.
    return responseCode >= 500 && responseCode !== 503 ? failed('refused', true) : failed('putOff')
  }
  const isConnection = ['ECONNECTION', 'ESOCKET', 'EDNS', 'EABORT'].includes(String(code))
  return failed(isConnection ? 'unreachable' : 'unknown')
}
