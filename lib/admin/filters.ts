import { isRegion, type Region } from '@/lib/geo/regions'
import type { Role } from '@/lib/permissions/permissions'
import type { Completeness } from './completeness'
import { STATUSES, type Question, type Status } from '@/lib/organisations/schema'

/** Kinds of tasks that an organisation may have, in the order of the overview. */
export const TODO_KINDS = [
  'held',
  'proposals',
  'suggested',
  'missing-fr',
  'missing-en',
  'behind',
  'unconfirmed',
] as const
export type TodoKind = (typeof TODO_KINDS)[number]

export const ADMIN_PAGE_SIZE = 25

export type AdminFilters = {
  q: string
  state: Status | null
  attention: TodoKind | null
  region: Region | null
  page: number
}

const MAX_QUERY_LENGTH = 200

/** Parses the filters from a query string; values that are not valid are ignored. */
export function parseAdminFilters(
  query: Readonly<Record<string, string | string[] | undefined>>,
): AdminFilters {
  const firstOf = (name: string) => {
    const value = query[name]
    return (Array.isArray(value) ? value[0] : value) ?? ''
  }
  const page = /^[1-9]\d{0,5}$/.test(firstOf('page')) ? Number(firstOf('page')) : 1
  const region = firstOf('region')
  return {
    q: firstOf('q').trim().slice(0, MAX_QUERY_LENGTH),
    state: STATUSES.find((status) => status === firstOf('state')) ?? null,
    attention: TODO_KINDS.find((attention) => attention === firstOf('attention')) ?? null,
    region: isRegion(region) ? region : null,
    page,
  }
}

/**
 * Writes filters as a query string: empty, or with its question mark. Starts at page 1 unless `changes`
 * names a page.
 */
export function adminQueryString(
  filters: AdminFilters,
  changes: Partial<AdminFilters> = {},
): string {
  const { q, state, attention, region, page } = { ...filters, page: 1, ...changes }
  const pairs = Object.entries({ q, state, attention, region, page: page > 1 ? String(page) : '' })
  const query = new URLSearchParams(
    pairs.flatMap(([name, value]) => (value ? [[name, value]] : [])),
  )
  return query.size === 0 ? '' : `?${query.toString()}`
}

/**
 * Another user who has opened the profile; `minutes` since then. Who is no member of the staff reads the
 * role, never the name: `name` is null then.
 */
export type ActiveEditor = { name: string | null; role: Role; minutes: number }

export type AdminListEntry = {
  id: string
  name: string
  status: Status
  country: string | null
  region: Region | null
  regionSuggested: boolean
  completeness: Completeness[]
  editors: ActiveEditor[]
}

export type AdminOverview = {
  total: number
  pageCount: number
  organisations: AdminListEntry[]
  /** Counts of all visible organisations, whatever the filters are. */
  todoCounts: Record<TodoKind, number>
  statusCounts: Record<Status, number>
}

/** A translation whose source has changed; `before` is the source as it was translated, null if erased. */
export type OutdatedAnswer = {
  question: Question
  language: string
  source: { language: string; before: string | null; now: string }
}
