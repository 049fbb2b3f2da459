import { z } from 'zod'
import type { NameSortKey } from './facet-columns'

/** The order of a list; by relevance only where words are searched for and nothing else is asked. */
export type SortOrder = 'name' | 'newest' | 'relevance'

/** A place between two organisations of a list, told by what it is sorted by. */
export type SortPosition =
  | ({ order: 'name' } & NameSortKey)
  | ({ order: 'newest'; listedAt: number } & NameSortKey)
  | ({ order: 'relevance'; score: number; own: boolean } & NameSortKey)

/** Where a page begins or ends, whatever came or went before it. */
export type Cursor = { direction: 'after' | 'before'; position: SortPosition }

/** No organisation's name makes a longer one. */
const MAX_ENCODED_LENGTH = 2000

const sortKeyFields = [z.string(), z.int().min(0).max(0xffff_ffff)] as const
const encodedSchema = z.union([
  z.tuple([z.literal('name'), ...sortKeyFields]),
  z.tuple([z.literal('newest'), ...sortKeyFields, z.number()]),
  z.tuple([z.literal('relevance'), ...sortKeyFields, z.int(), z.boolean()]),
])

/** Writes a position for an address: base64url, to be handed back as it is. */
export function encodePosition(position: SortPosition): string {
  const { order, name, tie } = position
  const further =
    order === 'name'
      ? []
      : order === 'newest'
        ? [position.listedAt]
        : [position.score, position.own]
  return Buffer.from(JSON.stringify([order, name, tie, ...further])).toString('base64url')
}

/** Reads what `writePosition` wrote; null where it is anything else, or belongs to another order. */
export function decodePosition(text: string, order: SortOrder): SortPosition | null {
  if (text.length > MAX_ENCODED_LENGTH) return null
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) return null
  const read = encodedSchema.safeParse(parseJson(bytes.toString('utf8')))
  if (!read.success || read.data[0] !== order) return null
  const [, name, tie] = read.data
  switch (read.data[0]) {
    case 'name':
      return { order: 'name', name, tie }
    case 'newest':
      return { order: 'newest', name, tie, listedAt: read.data[3] }
    case 'relevance':
      return { order: 'relevance', name, tie, score: read.data[3], own: read.data[4] }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
