import { createHash } from 'node:crypto'
import type { FormState } from '@/lib/forms/state'
import { askPrimary } from '@/lib/jobs/primary'

type Values = FormState['values']

/** How long it stands: as long as somebody needs to put right what was refused. */
const DRAFT_TTL = 60 * 60 * 1000
/** A form is about as much as a megabyte, and a link has one. */
const MAX_DRAFTS = 40

type StoredDraft = { values: Values; timer: NodeJS.Timeout }

// The server, a route and a page may each have a copy of this module; what was typed is one.
const KEY = Symbol.for('directory.typed-forms')
const forms = ((globalThis as Record<symbol, unknown>)[KEY] ??= new Map()) as Map<
  string,
  StoredDraft
>

/** What is done about the form of a link, which is named by the hash of its secret. */
type DraftRequest =
  { act: 'keep'; key: string; values: Values } | { act: 'read' | 'discard'; key: string }

const keyOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

/**
 * Keeps what somebody with a mailed link has sent and what could not be taken, so that their page shows
 * it again: in memory, for an hour, under the hash of the link's secret. There is no account to keep it
 * for, and nothing of it is written down. Of several processes one holds it. Another form sent by the
 * same link takes its place; beyond a number of them, the oldest goes.
 */
export async function saveLinkDraft(secret: string, values: Values): Promise<void> {
  await askPrimary({ act: 'keep', key: keyOf(secret), values }, handleDraftRequest)
}

/** What was sent by a link and could not be taken; null where there is nothing, or no longer. */
export async function loadLinkDraft(secret: string): Promise<Values | null> {
  return askPrimary({ act: 'read', key: keyOf(secret) }, handleDraftRequest)
}

/** Forgets what was sent by a link. */
export async function deleteLinkDraft(secret: string): Promise<void> {
  await askPrimary({ act: 'discard', key: keyOf(secret) }, handleDraftRequest)
}

/** Answers for the process that holds the forms: called by it alone, with what the functions here ask. */
export function handleDraftRequest(asked: DraftRequest): Values | null {
  const { act, key } = asked
  if (act === 'read') return forms.get(key)?.values ?? null
  drop(key)
  if (act === 'keep') {
    const oldest = forms.size < MAX_DRAFTS ? undefined : forms.keys().next().value
    if (oldest !== undefined) drop(oldest)
    const timer = setTimeout(() => drop(key), DRAFT_TTL)
    timer.unref()
    forms.set(key, { values: asked.values, timer })
  }
  return null
}

function drop(key: string): void {
  clearTimeout(forms.get(key)?.timer)
  forms.delete(key)
}
