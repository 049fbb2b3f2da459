import { z } from 'zod'
import type { NamePosition } from './facet-columns'

/** The order of a list; by relevance only where words are searched for and nothing else is asked. */
export type Order = 'name' | 'newest' | 'relevance'

/** A place between two organisations of a list, told by what it is sorted by. */
export type Position =
  | ({ order: 'name' } & NamePosition)
  | ({ order: 'newest'; listedAt: number } & NamePosition)
  | ({ order: 'relevance'; score: number; own: boolean } & NamePosition)

/** Where a page begins or ends, whatever came or went before it. */
export type Cursor = { direction: 'after' | 'before'; position: Position }

/** No organisation's name makes a longer one. */
const LONGEST = 2000

const place = [z.string(), z.int().min(0).max(0xffff_ffff)] as const
const written = z.union([
  z.tuple([z.literal('name'), ...place]),
  z.tuple([z.literal('newest'), ...place, z.number()]),
  z.tuple([z.literal('relevance'), ...place, z.int(), z.boolean()]),
])

/** Writes a position for an address: base64url, to be handed back as it is. */
export function writePosition(position: Position): string {
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
export function readPosition(text: string, order: Order): Position | null {
  if (text.length > LONGEST) return null
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) return null
  const read = written.safeParse(parsed(bytes.toString('utf8')))
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
