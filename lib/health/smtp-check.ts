import { connect as connectPlain } from 'node:net'
import { connect as connectTls } from 'node:tls'

const DEFAULT_PORTS = { smtp: 587, smtps: 465 }

/**
 * Tells whether a mail server answers a connection with its greeting. Nothing is sent to it.
 *
 * @param url `smtp://` or `smtps://`, as in the settings
 * @param timeoutMs how long to wait for the greeting, in milliseconds
 */
export function isSmtpReachable(url: string, timeoutMs = 5_000): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url)
  const isTls = protocol === 'smtps:'
  const target = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (isTls ? DEFAULT_PORTS.smtps : DEFAULT_PORTS.smtp),
  }
  return new Promise((resolve) => {
    const socket = isTls ? connectTls({ ...target, servername: target.host }) : connectPlain(target)
    const end = (isGreeting: boolean) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(isGreeting)
    }
    const timer = setTimeout(() => end(false), timeoutMs)
    socket.once('data', (greeting: Buffer) => end(greeting.toString('latin1').startsWith('220')))
    socket.once('error', () => end(false))
    socket.once('end', () => end(false))
  })
}
