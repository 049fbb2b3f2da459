import { reader } from '@/lib/database/client'
import { PUBLIC_SELECT, PUBLIC_WHERE, toPublicProfile, type PublicProfile } from './public'

/**
 * Finds what the public may see under a slug: the profile, or the slug that it has moved to.
 *
 * @param slug as in the URL
 * @returns null if there is nothing, or it is not listed: callers must not be able to tell the two apart
 */
export async function findPublicProfile(
  slug: string,
): Promise<{ kind: 'profile'; profile: PublicProfile } | { kind: 'moved'; slug: string } | null> {
  const row = await reader().organisation.findFirst({
    where: { ...PUBLIC_WHERE, slug },
    select: PUBLIC_SELECT,
  })
  if (row) return { kind: 'profile', profile: toPublicProfile(row) }
  const former = await reader().formerSlug.findFirst({
    where: { slug, organisation: PUBLIC_WHERE },
    select: { organisation: { select: { slug: true } } },
  })
  return former ? { kind: 'moved', slug: former.organisation.slug } : null
}
