import { can, type Action, type Actor } from '@/lib/permissions/permissions'
import { subjectOf } from '@/lib/permissions/subject'
import type { Transaction } from '@/lib/database/client'
import { env } from '@/lib/env'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { isErased } from '@/lib/organisations/erase'
import { recordDenied } from '@/lib/organisations/record-denied'
import { loadStoredProfile, type StoredProfile } from '@/lib/organisations/stored'

export type Denied = { ok: false; reason: 'denied' | 'notFound' }

/** Refuses an action on a profile. Only an anonymous actor must not learn whether the profile exists. */
export async function deny(
  tx: Transaction,
  actor: Actor,
  action: Action,
  profile: StoredProfile | null,
): Promise<Denied> {
  if (profile === null && actor.kind !== 'anonymous') return { ok: false, reason: 'notFound' }
  return recordDenied(tx, actor, action, profile?.id ?? null)
}

/** Loads the profile of an organisation whose proposals the actor may review. */
export async function findReviewable(
  tx: Transaction,
  actor: Actor,
  organisationId: string | null,
): Promise<{ ok: true; profile: StoredProfile } | Denied> {
  const stored = organisationId === null ? null : await loadStoredProfile(tx, organisationId)
  const profile = stored && (await isErased(tx, stored.id)) ? null : stored
  if (profile && can(actor, 'review', subjectOf(profile))) return { ok: true, profile }
  return deny(tx, actor, 'review', profile)
}

/** The absolute URL of a page of the site. */
export function pageUrl(locale: Locale, path: string): string {
  return `${env.PUBLIC_ORIGIN}${localePath(locale, path)}`
}
