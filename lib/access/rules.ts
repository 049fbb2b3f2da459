import type { Region } from '@/lib/places/regions'

/** Who is acting. Programs act under a name of their own, never as nobody and never as a person. */
export type Actor =
  | { kind: 'system'; name: 'import' | 'demo' }
  | { kind: 'person'; id: string; role: 'administrator' }
  | { kind: 'person'; id: string; role: 'editor'; regions: readonly Region[] }
  | { kind: 'person'; id: string; role: 'member'; organisations: readonly string[] }
  | { kind: 'nobody' }

/** What is done to a profile. `list` at creation is asked for too. */
export const ACTS = [
  'create',
  'save',
  'rename',
  'confirm',
  'list',
  'hide',
  'withdraw',
  'remove',
] as const
export type Act = (typeof ACTS)[number]

/** Where a profile stands before the act; `new` while it does not exist. */
export const STATES = ['new', 'draft', 'listed', 'hidden', 'withdrawn'] as const
export type State = (typeof STATES)[number]

type Role = 'administrator' | 'editor' | 'member' | 'import' | 'demo'

const EXISTING = ['draft', 'listed', 'hidden', 'withdrawn'] as const
const NOT_WITHDRAWN = ['draft', 'listed', 'hidden'] as const

/**
 * The whole of the rights: role × act → states of the profile in which it is allowed. What is not
 * named is refused. Withdrawn is off for good: only an administrator lists it again. An import adds
 * profiles and completes them, and never changes where an existing one stands.
 */
export const RULES: Record<Role, Partial<Record<Act, readonly State[]>>> = {
  administrator: {
    create: ['new'],
    save: EXISTING,
    rename: EXISTING,
    confirm: EXISTING,
    list: ['new', 'draft', 'hidden', 'withdrawn'],
    hide: NOT_WITHDRAWN,
    withdraw: EXISTING,
  },
  editor: {
    create: ['new'],
    save: NOT_WITHDRAWN,
    rename: NOT_WITHDRAWN,
    confirm: NOT_WITHDRAWN,
    list: ['new', 'draft', 'hidden'],
    hide: NOT_WITHDRAWN,
    withdraw: NOT_WITHDRAWN,
  },
  member: {
    confirm: ['listed'],
    list: ['hidden'],
    hide: ['listed', 'hidden'],
  },
  import: { create: ['new'], list: ['new'], save: ['draft', 'listed'] },
  demo: { create: ['new'], list: ['new'], save: ['draft', 'listed'], remove: EXISTING },
}

/** The record an act is about, as it stands before the act. */
export type Subject = {
  /** Null while it does not exist. */
  id: string | null
  region: string | null
  state: State
  fictional: boolean
}

/**
 * Tells whether an actor may do something to a profile. Pure; asked inside the write, about the
 * record that is written. Nobody may do anything; an editor acts on profiles of their own regions,
 * a member on their own organisation, the demonstration on what it invented.
 */
export function may(actor: Actor, act: Act, subject: Subject): boolean {
  if (actor.kind === 'nobody') return false
  const role = actor.kind === 'system' ? actor.name : actor.role
  if (!RULES[role][act]?.includes(subject.state)) return false
  if (actor.kind === 'system') return actor.name !== 'demo' || subject.fictional
  switch (actor.role) {
    case 'administrator':
      return true
    case 'editor':
      return actor.regions.some((region) => region === subject.region)
    case 'member':
      return subject.id !== null && actor.organisations.includes(subject.id)
  }
}

/** Names an actor for the history: `system:import`, `person:<id>`, `nobody`. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'system') return `system:${actor.name}`
  return actor.kind === 'person' ? `person:${actor.id}` : 'nobody'
}
