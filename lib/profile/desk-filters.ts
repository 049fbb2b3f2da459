import { isRegion, type Region } from '@/lib/places/regions'
import { STATUSES, type Status } from './schema'

/** What may need somebody's attention, in the order of the overview. */
export const ATTENTIONS = [
  'proposals',
  'suggested',
  'missing-fr',
  'missing-en',
  'behind',
  'unconfirmed',
] as const
export type Attention = (typeof ATTENTIONS)[number]

export type DeskFilters = {
  q: string
  state: Status | null
  attention: Attention | null
  region: Region | null
  page: number
}

const LONGEST_QUERY = 200

/** Reads the filters out of an address; what is not understood counts as not said. */
export function readDeskFilters(
  query: Readonly<Record<string, string | string[] | undefined>>,
): DeskFilters {
  const one = (name: string) => {
    const value = query[name]
    return (Array.isArray(value) ? value[0] : value) ?? ''
  }
  const page = /^[1-9]\d{0,5}$/.test(one('page')) ? Number(one('page')) : 1
  const region = one('region')
  return {
    q: one('q').trim().slice(0, LONGEST_QUERY),
    state: STATUSES.find((status) => status === one('state')) ?? null,
    attention: ATTENTIONS.find((attention) => attention === one('attention')) ?? null,
    region: isRegion(region) ? region : null,
    page,
  }
}

/** Writes filters as a query, empty or with its question mark; another choice starts at page 1. */
export function deskQuery(filters: DeskFilters, changes: Partial<DeskFilters> = {}): string {
  const { q, state, attention, region, page } = { ...filters, page: 1, ...changes }
  const pairs = Object.entries({ q, state, attention, region, page: page > 1 ? String(page) : '' })
  const said = new URLSearchParams(pairs.flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return said.size === 0 ? '' : `?${said.toString()}`
}
