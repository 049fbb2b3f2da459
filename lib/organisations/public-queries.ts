import { reader } from '@/lib/database/client'
import { PUBLIC_SELECT, PUBLIC_WHERE, toPublicProfile, type PublicProfile } from './public'

/**
 * Finds what the public may see at an address: the profile, the address it moved to, or nothing.
 * Nothing is said about why: what is not listed does not exist.
 *
 * @param slug as it stands in the address
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
