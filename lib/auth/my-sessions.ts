import { recordAudit } from '@/lib/audit/record'
import { writer } from '@/lib/database/client'
import { actorName } from '@/lib/permissions/permissions'
import type { SignedIn } from './session'
import { isSessionValid } from './session-lifetime'

/** One of somebody's sessions, as they see it. */
export type MySession = {
  id: string
  /** Family of the browser; null where it is none of the usual. */
  browser: string | null
  createdAt: Date
  lastUsedAt: Date
  isCurrent: boolean
}

/** Where somebody is signed in, the last used first. */
export async function listMySessions({
  actor,
  user: person,
  session,
}: SignedIn): Promise<MySession[]> {
  const stored = await writer().session.findMany({
    where: { userId: person.id },
    orderBy: { updatedAt: 'desc' },
  })
  const now = new Date()
  return stored
    .filter((one) => isSessionValid(actor.role, one, now))
    .map(({ id, userAgent, createdAt, updatedAt }) => ({
      ...{ id, createdAt, browser: userAgent, lastUsedAt: updatedAt, isCurrent: id === session.id },
    }))
}

/**
 * Ends one of one's own sessions, or all but the one that asks.
 *
 * @param id of the session; `others` for all but this one
 * @returns how many ended: none where it is nobody's, or somebody else's
 */
export async function revokeMySessions(signedIn: SignedIn, id: string): Promise<number> {
  const { actor, user: person, session } = signedIn
  const which = id === 'others' ? { not: session.id } : id
  return writer().$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { userId: person.id, id: which } })
    if (count > 0) {
      const entry = {
        actor: actorName(actor),
        action: 'sessionsRevoked',
        subject: person.id,
      } as const
      await recordAudit(tx, { ...entry, detail: { count } })
    }
    return count
  })
}
