import type { UserActor } from '@/lib/permissions/permissions'
import { reader, writer } from '@/lib/database/client'
import type { ActiveEditor } from './filters'

/** How long a user counts as an editor of a profile after opening it. */
const PRESENCE_MINUTES = 15

/** Records that a user has opened a profile now. */
export async function recordPresence(actor: UserActor, organisationId: string): Promise<void> {
  const openedAt = new Date()
  const key = { organisationId, userId: actor.id }
  await writer().editingPresence.upsert({
    where: { organisationId_userId: key },
    create: { ...key, openedAt },
    update: { openedAt },
  })
}

/**
 * Other users who have opened one of these organisations in the last minutes, the latest first. A member
 * is not told the names of the staff.
 */
export async function listPresence(
  actor: UserActor,
  organisationIds: string[],
): Promise<(ActiveEditor & { organisationId: string })[]> {
  const now = Date.now()
  const rows = await reader().editingPresence.findMany({
    where: {
      organisationId: { in: organisationIds },
      userId: { not: actor.id },
      openedAt: { gt: new Date(now - PRESENCE_MINUTES * 60_000) },
    },
    select: {
      ...{ organisationId: true, openedAt: true },
      user: { select: { name: true, role: true } },
    },
    orderBy: { openedAt: 'desc' },
  })
  return rows.map(({ organisationId, openedAt, user }) => ({
    organisationId,
    name: actor.role === 'member' ? null : user.name,
    role: user.role,
    minutes: Math.max(0, Math.floor((now - openedAt.getTime()) / 60_000)),
  }))
}
