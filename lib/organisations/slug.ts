import anyAscii from 'any-ascii'
import type { Transaction } from '@/lib/database/client'

const SLUG_LIMIT = 80

/** Path segments below `/organisations` that are pages of the directory. */
const RESERVED = new Set(['country', 'pays', 'region', 'area', 'domaine', 'new', 'print', 'feed'])

/** Tells whether a slug would collide with a page of the directory itself. */
export function isReservedSlug(slug: string): boolean {
  return RESERVED.has(slug)
}

/**
 * Makes a slug from a name: transliterated to ASCII, lower case, words joined by `-`, at most 80
 * characters, cut between words if possible. Empty if nothing is left of the name.
 */
export function slugFrom(name: string): string {
  const words = anyAscii(name.normalize('NFC'))
    .toLowerCase()
    .replaceAll(/['’]/g, ' ')
    .match(/[a-z0-9]+/g)
  const slug = (words ?? []).join('-')
  if (slug.length <= SLUG_LIMIT) return slug
  const cut = slug.slice(0, SLUG_LIMIT + 1)
  const lastWord = cut.lastIndexOf('-')
  return lastWord > 0 ? cut.slice(0, lastWord) : slug.slice(0, SLUG_LIMIT)
}

/**
 * Finds a free slug: the wanted one, otherwise with `-2`, `-3`, …, or `organisation-<n>` if `wanted` is
 * empty. Former slugs and reserved words count as taken.
 *
 * @param promised slugs that count as taken too, because a dry run has handed them out already
 */
export async function chooseSlug(
  tx: Pick<Transaction, '$queryRaw'>,
  wanted: string,
  promised: ReadonlySet<string> = new Set(),
): Promise<string> {
  const base = wanted === '' ? 'organisation' : wanted
  for (let number = wanted === '' ? 1 : 0; ; number++) {
    const suffix = number === 0 ? '' : `-${wanted === '' ? number : number + 1}`
    const slug = base.slice(0, SLUG_LIMIT - suffix.length).replace(/-+$/, '') + suffix
    const isFree = !isReservedSlug(slug) && !promised.has(slug) && !(await isTaken(tx, slug))
    if (isFree) return slug
  }
}

async function isTaken(tx: Pick<Transaction, '$queryRaw'>, slug: string): Promise<boolean> {
  const found = await tx.$queryRaw<unknown[]>`
    SELECT "slug" FROM "Organisation" WHERE "slug" = ${slug}
    UNION ALL SELECT "slug" FROM "FormerSlug" WHERE "slug" = ${slug}`
  return found.length > 0
}
