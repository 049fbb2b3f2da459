import { can, type Actor } from '@/lib/permissions/permissions'
import { isRegion, type Region } from '@/lib/geo/regions'
import type { Completeness } from './completeness'
import { STATUSES, type Question, type Status } from '@/lib/organisations/schema'

/** What may need somebody's attention, in the order of the overview. */
export const TODO_KINDS = [
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

/** Reads the filters out of an address; what is not understood counts as not said. */
export function parseAdminFilters(
  query: Readonly<Record<string, string | string[] | undefined>>,
): AdminFilters {
  const one = (name: string) => {
    const value = query[name]
    return (Array.isArray(value) ? value[0] : value) ?? ''
  }
  const page = /^[1-9]\d{0,5}$/.test(one('page')) ? Number(one('page')) : 1
  const region = one('region')
  return {
    q: one('q').trim().slice(0, MAX_QUERY_LENGTH),
    state: STATUSES.find((status) => status === one('state')) ?? null,
    attention: TODO_KINDS.find((attention) => attention === one('attention')) ?? null,
    region: isRegion(region) ? region : null,
    page,
  }
}

/** Writes filters as a query, empty or with its question mark; another choice starts at page 1. */
export function adminQueryString(
  filters: AdminFilters,
  changes: Partial<AdminFilters> = {},
): string {
  const { q, state, attention, region, page } = { ...filters, page: 1, ...changes }
  const pairs = Object.entries({ q, state, attention, region, page: page > 1 ? String(page) : '' })
  const said = new URLSearchParams(pairs.flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return said.size === 0 ? '' : `?${said.toString()}`
}

/** Somebody else who has the profile open. */
export type ActiveEditor = { name: string; minutes: number }

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
  /** How many there are of each, whatever is chosen. */
  todoCounts: Record<TodoKind, number>
  statusCounts: Record<Status, number>
}

/** A translation whose source has changed, with the source as it was translated; null where that was erased. */
export type OutdatedAnswer = {
  question: Question
  language: string
  source: { language: string; before: string | null; now: string }
}

/** What somebody may do with a form: save it, save its answers only, propose what it holds, or read it. */
export type FormMode = 'save' | 'translate' | 'propose' | 'read'

/** How the form of a profile is offered to somebody. What they send is asked about again. */
export function formMode(
  actor: Extract<Actor, { kind: 'user' }>,
  profile: { id: string; region: string | null; status: Status; fictional: boolean },
): FormMode {
  const subject = { ...profile, state: profile.status }
  if (can(actor, 'save', subject, [{ field: 'name' }])) return 'save'
  if (actor.role === 'translator' && can(actor, 'save', subject)) return 'translate'
  return can(actor, 'propose', subject) ? 'propose' : 'read'
}
