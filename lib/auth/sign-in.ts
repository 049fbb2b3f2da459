import { constantTimeEqual, makeSignature } from 'better-auth/crypto'
import { recordAudit } from '@/lib/audit/record'
import { writer } from '@/lib/database/client'
import { auth, cookieName, parseSignedCookie } from './better-auth'
import { verifyCode, normalizeRecoveryCode } from './two-factor'
import { consumeAttempt } from './rate-limits'
import { findPasswordToken, consumePasswordToken } from './password-links'
import { hashPassword, checkPassword, verifyPassword, type PasswordError } from './password'
import { actorName } from '@/lib/permissions/permissions'
import { requiresTwoFactor, findSession, type SignedIn } from './session'

/** Why a sign-in was refused. Whether there is such an account is not among it. */
export type SignInError = 'refused' | 'tooMany' | 'restart'

type SignInResult =
  | {
      ok: true
      /** `done`, or what is still asked for: a code, or to set up a second factor. */
      next: 'done' | 'code' | 'factor'
      email: string
      /** What was set for the browser; inside a request of the framework it has taken them already. */
      cookies: Headers
    }
  | { ok: false; reason: SignInError }

type PendingUser = { id: string; email: string; role: SignedIn['actor']['role'] }

async function recordRefusal(subject: string | null, detail: Record<string, string>) {
  await writer().$transaction((tx) =>
    recordAudit(tx, { actor: 'anonymous', action: 'signInRefused', subject, detail }),
  )
}

/** Runs an endpoint of better-auth; null where it refuses. */
async function nullIfRejected<Answer>(call: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await call()
  } catch (error) {
    const { statusCode = 500 } = error as { statusCode?: number }
    if (statusCode >= 400 && statusCode < 500) return null
    throw error
  }
}

/** Ends the session that a browser had before; a new one never goes on under an old name. */
async function revokePrevious(former: SignedIn | undefined): Promise<void> {
  if (former) await writer().session.deleteMany({ where: { id: former.session.id } })
}

async function recordSignIn({ id, role }: PendingUser, factor: string): Promise<void> {
  await writer().$transaction(async (tx) => {
    const actor = `user:${id}`
    if (factor === 'recovery')
      await recordAudit(tx, { actor, action: 'recoveryCodeUsed', subject: id })
    await recordAudit(tx, { actor, action: 'signedIn', subject: id, detail: { role, factor } })
  })
}

/**
 * Signs in by e-mail and password. What comes back, and the work done for it, are the same whether
 * there is such an account or not: a password is hashed in either case.
 *
 * @param headers of the request
 */
export async function signIn(
  headers: Headers,
  given: { email: string; password: string },
): Promise<SignInResult> {
  const email = given.email.trim().toLowerCase()
  const attempt = await consumeAttempt('password', email, headers)
  if (!attempt.allowed) {
    if (attempt.first) {
      const attacked = await writer().user.findUnique({ where: { email }, select: { id: true } })
      await recordRefusal(attacked?.id ?? null, { reason: 'tooMany' })
    }
    return { ok: false, reason: 'tooMany' }
  }
  const former = await findSession(headers)
  const answer = await nullIfRejected(() =>
    auth().api.signInEmail({
      body: { email, password: given.password },
      headers,
      returnHeaders: true,
    }),
  )
  const person = await writer().user.findUnique({ where: { email } })
  if (!answer || !person) {
    // better-auth looks for the password of a known account; one that is not there takes as long.
    if (!person) await writer().account.findMany({ where: { userId: '' } })
    await recordRefusal(person?.id ?? null, { reason: 'password' })
    return { ok: false, reason: 'refused' }
  }
  await attempt.refund()
  await revokePrevious(former?.signedIn)
  const base = { ok: true, email, cookies: answer.headers } as const
  if ('twoFactorRedirect' in answer.response) return { ...base, next: 'code' }
  if (requiresTwoFactor(person.role)) return { ...base, next: 'factor' }
  await recordSignIn(person, 'none')
  return { ...base, next: 'done' }
}

/** Who has given their password and still owes a code; null where nobody has, or too long ago. */
async function findPendingUser(headers: Headers): Promise<PendingUser | null> {
  const { secret, internalAdapter } = await auth().$context
  const name = `${cookieName('second-factor')}=`
  const cookie = (headers.get('cookie') ?? '').split('; ').find((pair) => pair.startsWith(name))
  if (cookie === undefined) return null
  const signed = parseSignedCookie(cookie.slice(name.length))
  if (!signed) return null
  const isOurs = constantTimeEqual(signed.signature, await makeSignature(signed.value, secret))
  const pending = isOurs ? await internalAdapter.findVerificationValue(signed.value) : null
  if (!pending || pending.expiresAt <= new Date()) return null
  return writer().user.findFirst({ where: { id: pending.value, disabledAt: null } })
}

/** Whether somebody has given their password and still owes a code. */
export async function hasPendingCode(headers: Headers): Promise<boolean> {
  return (await findPendingUser(headers)) !== null
}

/**
 * The second step: a code of an authenticator (six digits) or a recovery code, each good once.
 *
 * @param headers of the request
 * @returns `restart` where no password was given, or too long ago, or too many codes were tried
 */
export async function signInWithCode(headers: Headers, typed: string): Promise<SignInResult> {
  const person = await findPendingUser(headers)
  if (!person) return { ok: false, reason: 'restart' }
  const attempt = await consumeAttempt('code', person.email, headers)
  if (!attempt.allowed) {
    if (attempt.first) await recordRefusal(person.id, { reason: 'tooManyCodes' })
    return { ok: false, reason: 'tooMany' }
  }
  const bare = typed.replaceAll(/\s/g, '')
  const isCode = /^\d{6}$/.test(bare)
  const isFresh = !isCode || (await verifyCode(person.id, bare))
  const options = { headers, returnHeaders: true } as const
  const answer = await nullIfRejected<{ headers: Headers }>(() =>
    isCode
      ? // A code that was used is tried as one that never is right, so that it counts as a failure.
        auth().api.verifyTOTP({ body: { code: isFresh ? bare : '' }, ...options })
      : auth().api.verifyBackupCode({ body: { code: normalizeRecoveryCode(typed) }, ...options }),
  )
  if (!answer) {
    await writer().$transaction((tx) =>
      recordAudit(tx, { actor: 'anonymous', action: 'codeRefused', subject: person.id }),
    )
    return { ok: false, reason: (await findPendingUser(headers)) ? 'refused' : 'restart' }
  }
  await attempt.refund()
  await recordSignIn(person, isCode ? 'code' : 'recovery')
  return { ok: true, next: 'done', email: person.email, cookies: answer.headers }
}

/**
 * Asks somebody who has signed in for their password or a code once more, before a sensitive act.
 *
 * @param typed six digits are taken as a code, all else as the password
 */
export async function reauthenticate(
  headers: Headers,
  signedIn: SignedIn,
  typed: string,
): Promise<{ ok: true } | { ok: false; reason: 'refused' | 'tooMany' }> {
  const { user: person, session } = signedIn
  const isCode = /^\d{3}\s?\d{3}$/.test(typed.trim())
  const attempt = await consumeAttempt(isCode ? 'code' : 'password', person.email, headers)
  if (!attempt.allowed) {
    if (attempt.first)
      await recordRefusal(person.id, { reason: isCode ? 'tooManyCodes' : 'tooMany' })
    return { ok: false, reason: 'tooMany' }
  }
  const isRight = isCode
    ? await verifyCode(person.id, typed)
    : await isCurrentPassword(person.id, typed)
  if (!isRight) {
    await recordRefusal(person.id, { reason: 'reauthentication' })
    return { ok: false, reason: 'refused' }
  }
  await attempt.refund()
  await writer().session.updateMany({
    where: { id: session.id },
    data: { reauthenticatedAt: new Date() },
  })
  return { ok: true }
}

async function isCurrentPassword(userId: string, password: string): Promise<boolean> {
  const account = await writer().account.findFirst({ where: { userId, providerId: 'credential' } })
  return account?.password ? verifyPassword(account.password, password) : false
}

/** Ends the session of a request; gives what clears the browser's cookie. */
export async function signOut(headers: Headers): Promise<Headers> {
  const found = await findSession(headers)
  const answer = await auth().api.signOut({ headers, returnHeaders: true })
  if (found) {
    const { id } = found.signedIn.user
    await writer().$transaction((tx) =>
      recordAudit(tx, { actor: `user:${id}`, action: 'signedOut', subject: id }),
    )
  }
  return answer.headers
}

/**
 * Sets the password of whoever holds a link, uses the link up and ends all sessions.
 *
 * @returns what is wrong with the password, or `linkGone`
 */
export async function setPasswordWithToken(
  secret: string,
  password: string,
): Promise<{ ok: true } | { ok: false; reason: PasswordError | 'linkGone' }> {
  const link = await findPasswordToken(secret)
  if (!link) return { ok: false, reason: 'linkGone' }
  const fault = checkPassword(password, link.user)
  if (fault) return { ok: false, reason: fault }
  const { id } = link.user
  const hashed = await hashPassword(password)
  return writer().$transaction(async (tx) => {
    if (!(await consumePasswordToken(tx, secret))) return { ok: false, reason: 'linkGone' }
    const now = new Date()
    const { count } = await tx.account.updateMany({
      where: { userId: id, providerId: 'credential' },
      data: { password: hashed, updatedAt: now },
    })
    if (count === 0) {
      await tx.account.create({
        data: {
          ...{ id: crypto.randomUUID(), accountId: id, providerId: 'credential', userId: id },
          ...{ password: hashed, createdAt: now, updatedAt: now },
        },
      })
    }
    await tx.user.update({ where: { id }, data: { emailVerified: true, updatedAt: now } })
    await tx.session.deleteMany({ where: { userId: id } })
    const actor = `user:${id}`
    await recordAudit(tx, { actor, action: 'linkUsed', subject: id, detail: { kind: link.kind } })
    await recordAudit(tx, { actor, action: 'passwordChanged', subject: id })
    return { ok: true }
  })
}

/**
 * Changes one's own password; all other sessions end.
 *
 * @returns what is wrong with the new one; `refused` where the present one is wrong, `tooMany` where
 *   it was tried too often
 */
export async function changePassword(
  headers: Headers,
  signedIn: SignedIn,
  given: { current: string; password: string },
): Promise<{ ok: true } | { ok: false; reason: PasswordError | 'refused' | 'tooMany' }> {
  const { user: person, session, actor } = signedIn
  const attempt = await consumeAttempt('password', person.email, headers)
  if (!attempt.allowed) return { ok: false, reason: 'tooMany' }
  if (!(await isCurrentPassword(person.id, given.current))) return { ok: false, reason: 'refused' }
  await attempt.refund()
  const fault = checkPassword(given.password, person)
  if (fault) return { ok: false, reason: fault }
  const password = await hashPassword(given.password)
  await writer().$transaction(async (tx) => {
    const userId = person.id
    await tx.account.updateMany({
      where: { userId, providerId: 'credential' },
      data: { password, updatedAt: new Date() },
    })
    await tx.session.deleteMany({ where: { userId, id: { not: session.id } } })
    await recordAudit(tx, { actor: actorName(actor), action: 'passwordChanged', subject: userId })
  })
  return { ok: true }
}
