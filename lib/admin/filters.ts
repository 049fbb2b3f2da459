import { may, type Actor } from '@/lib/permissions/permissions'
import { isRegion, type Region } from '@/lib/geo/regions'
import type { Completeness } from './completeness'
import { STATUSES, type Question, type Status } from '@/lib/organisations/schema'

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

export const DESK_PAGE_SIZE = 25

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

/** Somebody else who has the profile open. */
export type OpenedBy = { name: string; minutes: number }

export type DeskEntry = {
  id: string
  name: string
  status: Status
  country: string | null
  region: Region | null
  regionSuggested: boolean
  completeness: Completeness[]
  openedBy: OpenedBy[]
}

export type DeskOverview = {
  total: number
  pageCount: number
  organisations: DeskEntry[]
  /** How many there are of each, whatever is chosen. */
  attentions: Record<Attention, number>
  states: Record<Status, number>
}

/** A translation whose source has changed, with the source as it was translated; null where that was erased. */
export type BehindAnswer = {
  question: Question
  language: string
  source: { language: string; before: string | null; now: string }
}

/** What somebody may do with a form: save it, save its answers only, propose what it holds, or read it. */
export type FormMode = 'save' | 'translate' | 'propose' | 'read'

/** How the form of a profile is offered to somebody. What they send is asked about again. */
export function formMode(
  actor: Extract<Actor, { kind: 'person' }>,
  profile: { id: string; region: string | null; status: Status; fictional: boolean },
): FormMode {
  const subject = { ...profile, state: profile.status }
  if (may(actor, 'save', subject, [{ field: 'name' }])) return 'save'
  if (actor.role === 'translator' && may(actor, 'save', subject)) return 'translate'
  return may(actor, 'propose', subject) ? 'propose' : 'read'
}
