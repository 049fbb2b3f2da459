import { recordAudit } from '@/lib/audit/record'
import { writer } from '@/lib/database/client'
import { actorName } from '@/lib/permissions/permissions'
import type { SignedIn } from './session'
import { isAlive } from './session-lifetime'

/** One of somebody's sessions, as they see it. */
export type OwnSession = {
  id: string
  /** Family of the browser; null where it is none of the usual. */
  browser: string | null
  createdAt: Date
  usedAt: Date
  isThis: boolean
}

/** Where somebody is signed in, the last used first. */
export async function listOwnSessions({ actor, person, session }: SignedIn): Promise<OwnSession[]> {
  const stored = await writer().session.findMany({
    where: { userId: person.id },
    orderBy: { updatedAt: 'desc' },
  })
  const now = new Date()
  return stored
    .filter((one) => isAlive(actor.role, one, now))
    .map(({ id, userAgent, createdAt, updatedAt }) => ({
      ...{ id, createdAt, browser: userAgent, usedAt: updatedAt, isThis: id === session.id },
    }))
}

/**
 * Ends one of one's own sessions, or all but the one that asks.
 *
 * @param id of the session; `others` for all but this one
 * @returns how many ended: none where it is nobody's, or somebody else's
 */
export async function endOwnSessions(signedIn: SignedIn, id: string): Promise<number> {
  const { actor, person, session } = signedIn
  const which = id === 'others' ? { not: session.id } : id
  return writer().$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { userId: person.id, id: which } })
    if (count > 0) {
      const entry = { actor: actorName(actor), act: 'sessionsEnded', subject: person.id } as const
      await recordAudit(tx, { ...entry, detail: { count } })
    }
    return count
  })
}
