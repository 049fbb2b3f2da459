import { recordAudit } from '@/lib/audit/record'
import { writer } from '@/lib/database/client'
import { actorName } from '@/lib/permissions/permissions'
import type { SignedIn } from './session'
import { isSessionValid } from './session-lifetime'

/** A session as its own user sees it. */
export type MySession = {
  id: string
  /** Such as `Firefox`; null if the browser is not a common one. */
  browser: string | null
  createdAt: Date
  lastUsedAt: Date
  isCurrent: boolean
}

/** The valid sessions of the signed-in user, most recently used first. */
export async function listMySessions({ actor, user, session }: SignedIn): Promise<MySession[]> {
  const stored = await writer().session.findMany({
    where: { userId: user.id },
    orderBy: { updatedAt: 'desc' },
  })
  const now = new Date()
  return stored
    .filter((row) => isSessionValid(actor.role, row, now))
    .map(({ id, userAgent, createdAt, updatedAt }) => ({
      ...{ id, createdAt, browser: userAgent, lastUsedAt: updatedAt, isCurrent: id === session.id },
    }))
}

/**
 * Ends one session of the signed-in user, or all except the current one.
 *
 * @param id of the session; `others` for all except the current one
 * @returns how many sessions ended; 0 if the id is unknown or belongs to another user
 */
export async function revokeMySessions(signedIn: SignedIn, id: string): Promise<number> {
  const { actor, user, session } = signedIn
  const which = id === 'others' ? { not: session.id } : id
  return writer().$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { userId: user.id, id: which } })
    if (count > 0) {
      await recordAudit(tx, {
        ...{ actor: actorName(actor), action: 'sessionsRevoked', subject: user.id },
        detail: { count },
      })
    }
    return count
  })
}
