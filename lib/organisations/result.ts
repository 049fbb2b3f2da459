import type { z } from 'zod'
import type { WouldDisclose } from './disclosure'
import type { Status } from './schema'
import type { StoredProfile } from './stored'

/** Why a command changed nothing. */
export type CommandError =
  /** The actor has no permission to do this to this profile in its present state. */
  | { ok: false; reason: 'denied' }
  | { ok: false; reason: 'notFound' }
  /** Somebody else changed the profile after the given version; `version` is the current one. */
  | { ok: false; reason: 'stale'; version: number }
  | InvalidInput
  /** An organisation with this name and country exists already; `id` is the existing one. */
  | { ok: false; reason: 'duplicate'; id: string }
  /** The slug is taken, reserved or not well formed. */
  | { ok: false; reason: 'slugTaken' }
  | WouldDisclose

/** The input breaks its schema: the path of each field, joined by dots, and the code of its error. */
export type InvalidInput = {
  ok: false
  reason: 'invalid'
  issues: { path: string; code: string }[]
}

/** The profile after the command; unchanged if there was nothing to change. */
export type CommandOk = { ok: true; id: string; slug: string; version: number; status: Status }

export type CommandResult = CommandOk | CommandError

/** The profile that a command changes, and why. */
export type CommandInput = {
  id: string
  /** The version that the actor has seen; if given, a profile that has changed since is left alone. */
  version?: number
  /** A code (`edit`, `hide`, …) or the actor's own words; kept in the history. */
  reason: string
  /** Hashes of the passages that the actor was shown and publishes as they are. */
  asItIs?: readonly string[] | undefined
}

export function commandOk({ id, slug, version, status }: StoredProfile): CommandOk {
  return { ok: true, id, slug, version, status }
}

/** @param path of the value that was parsed, if it is part of something larger */
export function invalidInput(error: z.ZodError, path: readonly string[] = []): InvalidInput {
  const issues = error.issues.map((issue) => ({
    path: [...path, ...issue.path].join('.'),
    code: issue.message,
  }))
  return { ok: false, reason: 'invalid', issues }
}
