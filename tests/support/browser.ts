import { existsSync, readFileSync } from 'node:fs'

/**
 * Absolute path of the Chromium, Chrome or Edge that the tests run in: `CHROMIUM_PATH`, or what
 * set-up has found. Null where there was no set-up yet.
 */
export function browserPath(): string | null {
  const asked = process.env['CHROMIUM_PATH']?.trim()
  if (asked) return asked
  return existsSync('.setup/browser') ? readFileSync('.setup/browser', 'utf8') : null
}

/** Without them the browser asks its maker for updates and the log fills with its complaints. */
export const browserFlags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
