import type { Region } from '@/lib/geo/regions'

/** Who is acting. Programs act under their own name, never as an anonymous visitor or a user. */
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
  /** Someone who opened an e-mailed link, for one organisation. */
  | { kind: 'link'; id: string; organisation: string }
  | { kind: 'anonymous' }

/** Somebody with an account. */
export type UserActor = Extract<Actor, { kind: 'user' }>

/** What people with an account may be. */
export const ROLES = ['administrator', 'editor', 'translator', 'member'] as const
export type Role = (typeof ROLES)[number]

/** Actions on a profile. Creating a listed profile needs both `create` and `list`. */
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

/** Actions that concern no single profile. */
export const ADMIN_ACTIONS = ['manageUsers', 'readAudit', 'importPages', 'transferSite'] as const
export type AdminAction = (typeof ADMIN_ACTIONS)[number]

/** The fields of a profile that permissions distinguish. */
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

/** A field that an action changes; for an answer with its language (BCP 47). */
export type Change = { field: Field; language?: string }

/** The status of a profile before the action; `new` if it does not exist yet. */
export const STATES = ['new', 'draft', 'listed', 'hidden', 'withdrawn'] as const
export type State = (typeof STATES)[number]

type Permission = {
  /** Statuses of the profile in which the action is allowed. */
  states: readonly State[]
  /** Fields that the action may change; all if missing. */
  fields?: readonly Field[]
}

const EXISTING = ['draft', 'listed', 'hidden', 'withdrawn'] as const
const NOT_WITHDRAWN = ['draft', 'listed', 'hidden'] as const

/** Everyone who has permissions: users by role, programs, and holders of an e-mailed link. */
type PermissionHolder = Role | 'import' | 'demo' | 'command-line' | 'link'

/**
 * All permissions on profiles: role × action → statuses and fields. Anything missing is denied. Only an
 * administrator sees a withdrawn profile or lists it again. An import creates and completes profiles and
 * never changes the status of an existing one.
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
 * All other permissions: managing users, reading the audit log, importing in the browser, exporting and
 * importing the whole site.
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

/** The profile that an action is about, as it is before the action. */
export type Subject = {
  /** Null if it does not exist yet. */
  id: string | null
  region: string | null
  state: State
  fictional: boolean
  /** Came back with a backup that could not be compared with what came after it. */
  held: boolean
}

/**
 * Tells whether an actor may do something to a profile. Pure; called inside the writing transaction with
 * the stored record. An anonymous actor may do nothing. An editor acts on profiles of their own regions, a
 * member and an e-mailed link on their own organisation, a translator on answers of the organisations or in
 * the languages assigned to them, and the demo on profiles that it created. A profile that is held is
 * listed by an administrator alone.
 *
 * @param changes what the action changes; empty if it changes no field, or the fields are not known yet
 */
export function can(
  actor: Actor,
  action: Action,
  subject: Subject,
  changes: readonly Change[] = [],
): boolean {
  const holder = permissionHolderOf(actor)
  const permission = holder === null ? undefined : PERMISSIONS[holder][action]
  if (!permission?.states.includes(subject.state)) return false
  if (action === 'list' && subject.held && holder !== 'administrator') return false
  if (!changes.every(({ field }) => permission.fields?.includes(field) ?? true)) return false
  return isInScope(actor, subject, changes)
}

/** Tells whether an actor may do something that concerns no single profile. Pure. */
export function canAdmin(actor: Actor, action: AdminAction): boolean {
  const holder = permissionHolderOf(actor)
  return holder !== null && ADMIN_PERMISSIONS[holder].includes(action)
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

/** The stored name of an actor: `system:import`, `user:<id>`, `link:<id>` or `anonymous`. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'system') return `system:${actor.name}`
  return actor.kind === 'anonymous' ? 'anonymous' : `${actor.kind}:${actor.id}`
}
