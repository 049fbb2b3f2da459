import anyAscii from 'any-ascii'
import type { Transaction } from '@/lib/database/client'

const SLUG_LIMIT = 80

/** Words that are addresses of their own below `/organisations`. */
const RESERVED = new Set(['country', 'pays', 'region', 'area', 'domaine', 'new', 'print', 'feed'])

/** Tells whether an address is kept for a page of the directory itself. */
export function isReservedSlug(slug: string): boolean {
  return RESERVED.has(slug)
}

/**
 * The address that a name suggests: transliterated to ASCII, lower case, words joined by `-`, at most
 * 80 characters, cut between words where possible. Empty where nothing is left of the name.
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
 * Finds a free address: the wanted one, else with `-2`, `-3`, …; `organisation-<n>` where none is
 * wanted. Former addresses stay taken, reserved words count as taken.
 *
 * @param promised addresses that count as taken too: those a dry run has given away already
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
