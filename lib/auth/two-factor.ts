import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import { symmetricDecrypt, symmetricEncrypt, generateRandomString } from 'better-auth/crypto'
import { recordAudit } from '@/lib/audit/record'
import { writer } from '@/lib/database/client'
import { env, secrets } from '@/lib/env'
import { auth, sessionToken } from './better-auth'
import { consumeAttempt } from './rate-limits'
import { actorName } from '@/lib/permissions/permissions'
import { isReauthenticated, findSession, type SignedIn } from './session'

/** Length of a code's life, in seconds (RFC 6238). */
const TOTP_PERIOD_SECONDS = 30

/** So many recovery codes are made at a time. */
const RECOVERY_CODE_COUNT = 10

// Without letters and figures that are easily taken for each other.
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

/** The step that a code belongs to: this one or a neighbour, for clocks that are a little off. */
function matchingStep(secret: string, code: string, now: number): number | null {
  const current = Math.floor(now / 1000 / TOTP_PERIOD_SECONDS)
  const given = Buffer.from(code)
  const matches = [current - 1, current, current + 1].filter((step) => {
    const expected = Buffer.from(totpAt(secret, step))
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
  return matches.at(-1) ?? null
}

/**
 * Accepts the code of an authenticator, once: the step that it belongs to is remembered in one
 * conditional update, so a code that was used, or an older one, is refused, also to two at once.
 *
 * @param typed as typed; anything but six digits is refused
 * @param verified whether the second factor is set up, or is being set up by this code
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

/** The form in which recovery codes are compared: as they were shown, however they were typed. */
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
 * What somebody puts into an authenticator to set up a second factor. The same until it is
 * confirmed, so that a page can be shown again.
 *
 * @returns the secret in base32 and the address that a QR code holds; null where one is set up already
 */
export async function prepareTwoFactor({
  user: person,
}: SignedIn): Promise<{ secret: string; uri: string } | null> {
  const userId = person.id
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
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(person.email)}`
  const query = new URLSearchParams({ secret: base32(secret), issuer })
  return { secret: base32(secret), uri: `otpauth://totp/${label}?${query.toString()}` }
}

/**
 * Confirms a second factor by its first code. The session is replaced by a new one, all others end.
 *
 * @param headers of the request
 * @returns recovery codes, which are never shown again, and the cookies of the new session (inside a
 *   request of the framework it has taken them already); `nobody`, `refused`, `tooMany`, or `sudo`
 *   where password or code were asked for too long ago
 */
export async function enableTwoFactor(
  headers: Headers,
  typed: string,
): Promise<
  | { ok: true; email: string; recoveryCodes: string[]; cookies: Headers }
  | { ok: false; reason: 'nobody' | 'sudo' | 'refused' | 'tooMany' }
> {
  const found = await findSession(headers)
  if (!found) return { ok: false, reason: 'nobody' }
  const { actor, user: person } = found.signedIn
  if (!isReauthenticated(found.signedIn)) return { ok: false, reason: 'sudo' }
  const attempt = await consumeAttempt('code', person.email, headers)
  if (!attempt.allowed) return { ok: false, reason: 'tooMany' }
  if (!(await verifyCode(person.id, typed, false))) return { ok: false, reason: 'refused' }
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
    await tx.twoFactor.updateMany({ where: { userId: person.id }, data: { backupCodes } })
    // What began without a second factor does not go on without it.
    const token = sessionToken(cookies)
    await tx.session.deleteMany({ where: { userId: person.id, token: { not: token } } })
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'twoFactorEnabled',
      subject: person.id,
    })
  })
  return { ok: true, email: person.email, recoveryCodes, cookies }
}

/** How many recovery codes somebody has left; null where they have no second factor. */
export async function countRecoveryCodes({ user: person }: SignedIn): Promise<number | null> {
  const factor = await writer().twoFactor.findFirst({
    where: { userId: person.id, verified: true },
  })
  if (!factor) return null
  return (JSON.parse(await decrypt(factor.backupCodes)) as string[]).length
}

/**
 * Makes new recovery codes in place of all that are left.
 *
 * @returns the codes, which are never shown again; `sudo` where password or code have to be given
 *   first, `noFactor` where there is none
 */
export async function regenerateRecoveryCodes(
  signedIn: SignedIn,
): Promise<{ ok: true; recoveryCodes: string[] } | { ok: false; reason: 'sudo' | 'noTwoFactor' }> {
  if (!isReauthenticated(signedIn)) return { ok: false, reason: 'sudo' }
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
