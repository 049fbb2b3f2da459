import { connect as connectPlain } from 'node:net'
import { connect as connectTls } from 'node:tls'

const DEFAULT_PORTS = { smtp: 587, smtps: 465 }

/**
 * Whether a mail server greets whoever connects. Nothing is sent to it.
 *
 * @param url `smtp://` or `smtps://`, as in the settings
 * @param patience milliseconds after which it counts as silent
 */
export function isSmtpReachable(url: string, patience = 5_000): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url)
  const isTls = protocol === 'smtps:'
  const to = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (isTls ? DEFAULT_PORTS.smtps : DEFAULT_PORTS.smtp),
  }
  return new Promise((resolve) => {
    const socket = isTls ? connectTls({ ...to, servername: to.host }) : connectPlain(to)
    const end = (isGreeting: boolean) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(isGreeting)
    }
    const timer = setTimeout(() => end(false), patience)
    socket.once('data', (words: Buffer) => end(words.toString('latin1').startsWith('220')))
    socket.once('error', () => end(false))
    socket.once('end', () => end(false))
  })
}
