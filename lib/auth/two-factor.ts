import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import { symmetricDecrypt, symmetricEncrypt, generateRandomString } from 'better-auth/crypto'
import { recordAudit } from '@/lib/audit/record'
import { writer } from '@/lib/database/client'
import { env, secrets } from '@/lib/env'
import { auth, sessionToken } from './better-auth'
import { consumeAttempt } from './rate-limits'
import { actorName } from '@/lib/permissions/permissions'
import { isReauthenticated, findSession, type SignedIn } from './session'

/** Lifetime of a code in seconds (RFC 6238, 5.2). */
const TOTP_PERIOD_SECONDS = 30

const RECOVERY_CODE_COUNT = 10

// Without letters and digits that are easily confused (0/o, 1/l/i).
const RECOVERY_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

const encrypt = (data: string) => symmetricEncrypt({ key: secrets().FACTOR_KEY, data })
const decrypt = (data: string) => symmetricDecrypt({ key: secrets().FACTOR_KEY, data })

function totpAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', secret).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** The time step of a code: the current one or a neighbour, to tolerate clock drift; null if none. */
function matchingStep(secret: string, code: string, now: number): number | null {
  const current = Math.floor(now / 1000 / TOTP_PERIOD_SECONDS)
  const actual = Buffer.from(code)
  const matches = [current - 1, current, current + 1].filter((step) => {
    const expected = Buffer.from(totpAt(secret, step))
    return actual.length === expected.length && timingSafeEqual(actual, expected)
  })
  return matches.at(-1) ?? null
}

/**
 * Verifies a code of an authenticator app. Each code works once: its time step is stored in one
 * conditional update, so a used or older code is refused, even in parallel requests.
 *
 * @param typed as typed; anything but six digits (white space aside) is refused
 * @param verified false while two-factor authentication is being set up with this code
 */
export async function verifyCode(userId: string, typed: string, verified = true): Promise<boolean> {
  const code = typed.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(code)) return false
  const factor = await writer().twoFactor.findFirst({ where: { userId, verified } })
  if (!factor) return false
  const step = matchingStep(await decrypt(factor.secret), code, Date.now())
  if (step === null) return false
  const updated = await writer().$executeRaw`
    UPDATE "User" SET "lastTotpStep" = ${step}
    WHERE "id" = ${userId} AND ("lastTotpStep" IS NULL OR "lastTotpStep" < ${step})`
  return updated === 1
}

/** Brings a typed recovery code into the form in which it was shown: `abcde-fghjk`. */
export function normalizeRecoveryCode(typed: string): string {
  const letters = typed.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return `${letters.slice(0, 5)}-${letters.slice(5)}`
}

function generateRecoveryCodes(): string[] {
  const letters = (count: number) =>
    Array.from(
      { length: count },
      () => RECOVERY_ALPHABET[randomInt(RECOVERY_ALPHABET.length)],
    ).join('')
  return Array.from({ length: RECOVERY_CODE_COUNT }, () => `${letters(5)}-${letters(5)}`)
}

function base32(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((group) => alphabet[parseInt(group.padEnd(5, '0'), 2)])
    .join('')
}

/**
 * Creates the secret for setting up an authenticator app. It stays the same until it is confirmed, so
 * that reloading the page does not invalidate a scanned QR code.
 *
 * @returns the secret in base32, and the `otpauth:` URI for the QR code; null if two-factor
 *   authentication is already set up
 */
export async function prepareTwoFactor({
  user,
}: SignedIn): Promise<{ secret: string; uri: string } | null> {
  const userId = user.id
  const found = await writer().twoFactor.findFirst({ where: { userId } })
  if (found?.verified) return null
  let secret: string
  if (found) secret = await decrypt(found.secret)
  else {
    secret = generateRandomString(32)
    await writer().twoFactor.create({
      data: {
        ...{ id: generateRandomString(32), userId, verified: false },
        secret: await encrypt(secret),
        backupCodes: await encrypt('[]'),
      },
    })
  }
  const issuer = env.SITE_NAME ?? new URL(env.PUBLIC_ORIGIN).hostname
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(user.email)}`
  const query = new URLSearchParams({ secret: base32(secret), issuer })
  return { secret: base32(secret), uri: `otpauth://totp/${label}?${query.toString()}` }
}

/**
 * Enables two-factor authentication with its first code. The session is replaced by a new one, and all
 * other sessions of the user end.
 *
 * @param headers of the request
 * @param typed the code as typed
 * @returns recovery codes, which are never shown again, and the cookies of the new session (inside a
 *   request of Next.js they are already set); or why not: `notSignedIn`, `reauthenticationRequired`,
 *   `refused` if the code is wrong, `tooMany` attempts
 */
export async function enableTwoFactor(
  headers: Headers,
  typed: string,
): Promise<
  | { ok: true; email: string; recoveryCodes: string[]; cookies: Headers }
  | { ok: false; reason: 'notSignedIn' | 'reauthenticationRequired' | 'refused' | 'tooMany' }
> {
  const found = await findSession(headers)
  if (!found) return { ok: false, reason: 'notSignedIn' }
  const { actor, user } = found.signedIn
  if (!isReauthenticated(found.signedIn)) return { ok: false, reason: 'reauthenticationRequired' }
  const attempt = await consumeAttempt('code', user.email, headers)
  if (!attempt.allowed) return { ok: false, reason: 'tooMany' }
  if (!(await verifyCode(user.id, typed, false))) return { ok: false, reason: 'refused' }
  await attempt.refund()
  const code = typed.replaceAll(/\s/g, '')
  const { headers: cookies } = await auth().api.verifyTOTP({
    body: { code },
    headers,
    returnHeaders: true,
  })
  const recoveryCodes = generateRecoveryCodes()
  const backupCodes = await encrypt(JSON.stringify(recoveryCodes))
  await writer().$transaction(async (tx) => {
    await tx.twoFactor.updateMany({ where: { userId: user.id }, data: { backupCodes } })
    // Sessions that began without two-factor authentication must not go on without it.
    const token = sessionToken(cookies)
    await tx.session.deleteMany({ where: { userId: user.id, token: { not: token } } })
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'twoFactorEnabled',
      subject: user.id,
    })
  })
  return { ok: true, email: user.email, recoveryCodes, cookies }
}

/** How many recovery codes the user has left; null without two-factor authentication. */
export async function countRecoveryCodes({ user }: SignedIn): Promise<number | null> {
  const factor = await writer().twoFactor.findFirst({
    where: { userId: user.id, verified: true },
  })
  if (!factor) return null
  return (JSON.parse(await decrypt(factor.backupCodes)) as string[]).length
}

/**
 * Replaces all recovery codes of the user by new ones.
 *
 * @returns the codes, which are never shown again; `reauthenticationRequired`, or `noTwoFactor` without
 *   two-factor authentication
 */
export async function regenerateRecoveryCodes(
  signedIn: SignedIn,
): Promise<
  | { ok: true; recoveryCodes: string[] }
  | { ok: false; reason: 'reauthenticationRequired' | 'noTwoFactor' }
> {
  if (!isReauthenticated(signedIn)) return { ok: false, reason: 'reauthenticationRequired' }
  const recoveryCodes = generateRecoveryCodes()
  const backupCodes = await encrypt(JSON.stringify(recoveryCodes))
  const { id } = signedIn.user
  return writer().$transaction(async (tx) => {
    const { count } = await tx.twoFactor.updateMany({
      where: { userId: id, verified: true },
      data: { backupCodes },
    })
    if (count === 0) return { ok: false, reason: 'noTwoFactor' }
    const actor = actorName(signedIn.actor)
    await recordAudit(tx, {
      actor,
      action: 'twoFactorEnabled',
      subject: id,
      detail: { renewed: true },
    })
    return { ok: true, recoveryCodes }
  })
}
