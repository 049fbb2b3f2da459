import { createHash } from 'node:crypto'
import type { FormState } from '@/lib/form/state'

type Values = FormState['values']

/** How long it stands: as long as somebody needs to put right what was refused. */
const KEPT_FOR = 60 * 60 * 1000
/** A form is about as much as a megabyte, and a link has one. */
const KEPT_AT_MOST = 40

type Kept = { values: Values; timer: NodeJS.Timeout }

// A route and a page may each have a copy of this module; what was typed is one.
const KEY = Symbol.for('directory.typed-forms')
const forms = ((globalThis as Record<symbol, unknown>)[KEY] ??= new Map()) as Map<string, Kept>

const keyOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

/**
 * Keeps what somebody with a mailed link has sent and what could not be taken, so that their page shows
 * it again: in the memory of the process, for an hour, under the hash of the link's secret. There is no
 * account to keep it for, and nothing of it is written down. Another form sent by the same link takes its
 * place; beyond a number of them, the oldest goes.
 */
export function keepTyped(secret: string, values: Values): void {
  discardTyped(secret)
  const oldest = forms.size < KEPT_AT_MOST ? undefined : forms.keys().next().value
  if (oldest !== undefined) drop(oldest)
  const key = keyOf(secret)
  const timer = setTimeout(() => drop(key), KEPT_FOR)
  timer.unref()
  forms.set(key, { values, timer })
}

/** What was sent by a link and could not be taken; null where there is nothing, or no longer. */
export function readTyped(secret: string): Values | null {
  return forms.get(keyOf(secret))?.values ?? null
}

/** Forgets what was sent by a link. */
export function discardTyped(secret: string): void {
  drop(keyOf(secret))
}

function drop(key: string): void {
  clearTimeout(forms.get(key)?.timer)
  forms.delete(key)
}
