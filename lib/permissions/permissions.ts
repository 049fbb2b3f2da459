import type { Region } from '@/lib/geo/regions'

/** Who is acting. Programs act under a name of their own, never as nobody and never as a person. */
export type Actor =
  | { kind: 'system'; name: 'import' | 'demo' | 'command-line' }
  | { kind: 'user'; id: string; role: 'administrator' }
  | { kind: 'user'; id: string; role: 'editor'; regions: readonly Region[] }
  | {
      kind: 'user'
      id: string
      role: 'translator'
      organisations: readonly string[]
      /** BCP 47. */
      languages: readonly string[]
    }
  | { kind: 'user'; id: string; role: 'member'; organisations: readonly string[] }
  /** Whoever opened a mailed link, for one organisation. */
  | { kind: 'link'; id: string; organisation: string }
  | { kind: 'anonymous' }

/** What people with an account may be. */
export const ROLES = ['administrator', 'editor', 'translator', 'member'] as const
export type Role = (typeof ROLES)[number]

/** What is done to a profile. `list` at creation is asked for too. */
export const ACTIONS = [
  'view',
  'download',
  'create',
  'save',
  'propose',
  'review',
  'rename',
  'confirm',
  'list',
  'hide',
  'withdraw',
  'erase',
  'remove',
] as const
export type Action = (typeof ACTIONS)[number]

/** What is done beside the profiles. */
export const ADMIN_ACTIONS = ['manageUsers', 'readAudit', 'importPages', 'transferSite'] as const
export type AdminAction = (typeof ADMIN_ACTIONS)[number]

/** The fields of a profile, as far as rights tell them apart. */
export const FIELDS = [
  'name',
  'aliases',
  'country',
  'region',
  'priorityAreas',
  'contacts',
  'answers',
] as const
export type Field = (typeof FIELDS)[number]

/** A field that is changed; for an answer, in which language (BCP 47). */
export type Change = { field: Field; language?: string }

/** Where a profile stands before the act; `new` while it does not exist. */
export const STATES = ['new', 'draft', 'listed', 'hidden', 'withdrawn'] as const
export type State = (typeof STATES)[number]

type Permission = {
  /** States of the profile in which the act is allowed. */
  states: readonly State[]
  /** Fields that may be changed by it; all unless said. */
  fields?: readonly Field[]
}

const EXISTING = ['draft', 'listed', 'hidden', 'withdrawn'] as const
const NOT_WITHDRAWN = ['draft', 'listed', 'hidden'] as const

/** Everybody who has rules of their own: people, programs, and whoever opened a mailed link. */
type PermissionHolder = Role | 'import' | 'demo' | 'command-line' | 'link'

/**
 * The whole of the rights: role × act → states and fields. What is not named is refused. Withdrawn is
 * off for good: only an administrator sees or lists it again. An import adds profiles and completes
 * them, and never changes where an existing one stands.
 */
export const PERMISSIONS: Record<PermissionHolder, Partial<Record<Action, Permission>>> = {
  administrator: {
    view: { states: EXISTING },
    download: { states: EXISTING },
    create: { states: ['new'] },
    save: { states: EXISTING },
    review: { states: EXISTING },
    rename: { states: EXISTING },
    confirm: { states: EXISTING },
    list: { states: ['new', 'draft', 'hidden', 'withdrawn'] },
    hide: { states: NOT_WITHDRAWN },
    withdraw: { states: EXISTING },
    erase: { states: EXISTING },
  },
  editor: {
    view: { states: NOT_WITHDRAWN },
    download: { states: NOT_WITHDRAWN },
    create: { states: ['new'] },
    save: { states: NOT_WITHDRAWN },
    review: { states: NOT_WITHDRAWN },
    rename: { states: NOT_WITHDRAWN },
    confirm: { states: NOT_WITHDRAWN },
    list: { states: ['new', 'draft', 'hidden'] },
    hide: { states: NOT_WITHDRAWN },
    withdraw: { states: NOT_WITHDRAWN },
  },
  translator: {
    view: { states: NOT_WITHDRAWN },
    save: { states: NOT_WITHDRAWN, fields: ['answers'] },
  },
  member: {
    view: { states: NOT_WITHDRAWN },
    download: { states: NOT_WITHDRAWN },
    propose: { states: NOT_WITHDRAWN },
    confirm: { states: ['listed'] },
    list: { states: ['hidden'] },
    hide: { states: ['listed', 'hidden'] },
  },
  link: { view: { states: NOT_WITHDRAWN }, propose: { states: NOT_WITHDRAWN } },
  import: {
    create: { states: ['new'] },
    list: { states: ['new'] },
    save: { states: ['draft', 'listed'] },
  },
  demo: {
    create: { states: ['new'] },
    list: { states: ['new'] },
    save: { states: ['draft', 'listed'] },
    remove: { states: EXISTING },
  },
  'command-line': {},
}

/**
 * The rights beside the profiles: who manages people, reads the audit log, imports in the browser,
 * takes the whole site along or puts it back.
 */
export const ADMIN_PERMISSIONS: Record<PermissionHolder, readonly AdminAction[]> = {
  administrator: ['manageUsers', 'readAudit', 'importPages'],
  editor: ['importPages'],
  translator: [],
  member: [],
  link: [],
  import: [],
  demo: [],
  'command-line': ['manageUsers', 'transferSite'],
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
 * a member and a mailed link on their own organisation, a translator on answers of the organisations
 * or in the languages they were given, the demonstration on what it invented.
 *
 * @param changes what the act changes; none where it changes no field, or none is known yet
 */
export function can(
  actor: Actor,
  act: Action,
  subject: Subject,
  changes: readonly Change[] = [],
): boolean {
  const ruled = permissionHolderOf(actor)
  const rule = ruled === null ? undefined : PERMISSIONS[ruled][act]
  if (!rule?.states.includes(subject.state)) return false
  if (!changes.every(({ field }) => rule.fields?.includes(field) ?? true)) return false
  return isInScope(actor, subject, changes)
}

/** Tells whether an actor may do something that is about no single profile. Pure. */
export function canAdmin(actor: Actor, act: AdminAction): boolean {
  const ruled = permissionHolderOf(actor)
  return ruled !== null && ADMIN_PERMISSIONS[ruled].includes(act)
}

function permissionHolderOf(actor: Actor): PermissionHolder | null {
  switch (actor.kind) {
    case 'anonymous':
      return null
    case 'link':
      return 'link'
    case 'system':
      return actor.name
    case 'user':
      return actor.role
  }
}

function isInScope(actor: Actor, subject: Subject, changes: readonly Change[]): boolean {
  if (actor.kind === 'anonymous') return false
  if (actor.kind === 'system') return actor.name !== 'demo' || subject.fictional
  if (actor.kind === 'link') return subject.id === actor.organisation
  const isOneOf = (organisations: readonly string[]) =>
    subject.id !== null && organisations.includes(subject.id)
  switch (actor.role) {
    case 'administrator':
      return true
    case 'editor':
      return actor.regions.some((region) => region === subject.region)
    case 'translator':
      if (isOneOf(actor.organisations)) return true
      return (
        actor.languages.length > 0 &&
        changes.every(
          ({ language }) => language !== undefined && actor.languages.includes(language),
        )
      )
    case 'member':
      return isOneOf(actor.organisations)
  }
}

/** Names an actor for the history: `system:import`, `user:<id>`, `link:<id>`, `anonymous`. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'system') return `system:${actor.name}`
  return actor.kind === 'anonymous' ? 'anonymous' : `${actor.kind}:${actor.id}`
}
