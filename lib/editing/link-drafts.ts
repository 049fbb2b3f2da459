import { createHash } from 'node:crypto'
import type { FormState } from '@/lib/forms/state'
import { askPrimary } from '@/lib/jobs/primary'

type Values = FormState['values']

/** How long it stands: as long as somebody needs to put right what was refused. */
const KEPT_FOR = 60 * 60 * 1000
/** A form is about as much as a megabyte, and a link has one. */
const KEPT_AT_MOST = 40

type Kept = { values: Values; timer: NodeJS.Timeout }

// The server, a route and a page may each have a copy of this module; what was typed is one.
const KEY = Symbol.for('directory.typed-forms')
const forms = ((globalThis as Record<symbol, unknown>)[KEY] ??= new Map()) as Map<string, Kept>

/** What is done about the form of a link, which is named by the hash of its secret. */
type Asked = { act: 'keep'; key: string; values: Values } | { act: 'read' | 'discard'; key: string }

const keyOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

/**
 * Keeps what somebody with a mailed link has sent and what could not be taken, so that their page shows
 * it again: in memory, for an hour, under the hash of the link's secret. There is no account to keep it
 * for, and nothing of it is written down. Of several processes one holds it. Another form sent by the
 * same link takes its place; beyond a number of them, the oldest goes.
 */
export async function keepTyped(secret: string, values: Values): Promise<void> {
  await askPrimary({ act: 'keep', key: keyOf(secret), values }, answerTyped)
}

/** What was sent by a link and could not be taken; null where there is nothing, or no longer. */
export async function readTyped(secret: string): Promise<Values | null> {
  return askPrimary({ act: 'read', key: keyOf(secret) }, answerTyped)
}

/** Forgets what was sent by a link. */
export async function discardTyped(secret: string): Promise<void> {
  await askPrimary({ act: 'discard', key: keyOf(secret) }, answerTyped)
}

/** Answers for the process that holds the forms: called by it alone, with what the functions here ask. */
export function answerTyped(asked: Asked): Values | null {
  const { act, key } = asked
  if (act === 'read') return forms.get(key)?.values ?? null
  drop(key)
  if (act === 'keep') {
    const oldest = forms.size < KEPT_AT_MOST ? undefined : forms.keys().next().value
    if (oldest !== undefined) drop(oldest)
    const timer = setTimeout(() => drop(key), KEPT_FOR)
    timer.unref()
    forms.set(key, { values: asked.values, timer })
  }
  return null
}

function drop(key: string): void {
  clearTimeout(forms.get(key)?.timer)
  forms.delete(key)
}
