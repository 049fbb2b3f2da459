import { randomBytes } from 'node:crypto'
import { run } from './processes'
import { say, settings } from './surroundings'

/** Whether time tells who has an account (A11). */
export async function benchKnownEmails(): Promise<string> {
  say('Comparing e-mails with an account and without …')
  const secret = randomBytes(32).toString('base64')
  const { answered } = await run(['--import', 'tsx', 'tools/bench/sign-in.ts'], {
    ...settings('sign-in.db'),
    ...{ SESSION_SECRET: secret, FACTOR_KEY: secret },
    // Nobody takes mail there: it waits, and what waits is not measured.
    ...{ SMTP_URL: 'smtp://127.0.0.1:9', SMTP_FROM: 'desk@fictional.example' },
  })
  return answered.trimEnd()
}
