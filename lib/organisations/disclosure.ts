import { createHmac } from 'node:crypto'
import { actorName, type Actor } from '@/lib/permissions/permissions'
import { recordAudit } from '@/lib/audit/record'
import { writer, type Transaction } from '@/lib/database/client'
import { secrets } from '@/lib/env'
import { findPassages, lineParts, type Passage } from './passages'
import { QUESTIONS, type ProfileContent, type Question } from './schema'
import type { StoredProfile } from './stored'

/** A passage of an answer that would become public. */
export type DisclosedPassage = Passage & {
  question: Question
  /** BCP 47. */
  language: string
  /** Keyed hash of kind and line: names the passage to whoever answers for it. */
  hash: string
}

/** Nothing was written: these passages are, or would become, public, and nobody answered for them. */
export type WouldDisclose = {
  ok: false
  reason: 'wouldDisclose'
  passages: DisclosedPassage[]
}

/** The passages of all answers of a profile. */
export function passagesOf(answers: ProfileContent['answers']): DisclosedPassage[] {
  return QUESTIONS.flatMap((question) =>
    answers[question].flatMap(({ language, text }) =>
      findPassages(text).map((passage) => ({
        ...{ ...passage, question, language },
        hash: passageHash(passage),
      })),
    ),
  )
}

/** Keyed, because a telephone number could be guessed from a plain hash. */
function passageHash({ kind, line }: Passage): string {
  return createHmac('sha256', secrets().SESSION_SECRET)
    .update(`disclosure\n${kind}\n${line}`)
    .digest('base64url')
}

/**
 * Asks about the passages that a write makes public. Where `asItIs` names them, their hashes are
 * recorded with who and which kind, never the text, in this transaction.
 *
 * @param profile as it will be; nothing is asked unless it is listed
 * @param asItIs hashes that the actor has seen and wants to publish
 * @returns null if the write may go on; to be called before anything of it is written
 */
export async function findUndisclosed(
  tx: Transaction,
  profile: Pick<StoredProfile, 'id' | 'status' | 'answers'>,
  asItIs: readonly string[] = [],
): Promise<WouldDisclose | null> {
  if (profile.status !== 'listed') return null
  const passages = passagesOf(profile.answers)
  if (passages.length === 0) return null
  const known = await knownHashes(tx, profile.id)
  const open = passages.filter(({ hash }) => !known.has(hash) && !asItIs.includes(hash))
  return open.length === 0 ? null : { ok: false, reason: 'wouldDisclose', passages: open }
}

/**
 * Records the passages of a listed profile that the actor published as they are, and forgets what no
 * longer stands in it; of a profile that is not listed everything is forgotten, so that listing it asks
 * again. Call it after the profile's row is written.
 */
export async function recordDisclosures(
  tx: Transaction,
  actor: Actor,
  profile: Pick<StoredProfile, 'id' | 'status' | 'answers'>,
  at: Date,
  asItIs: readonly string[] = [],
): Promise<void> {
  const passages = profile.status === 'listed' ? passagesOf(profile.answers) : []
  const known = await knownHashes(tx, profile.id)
  if (known.size === 0 && passages.length === 0) return
  const organisationId = profile.id
  const standing = new Map(passages.map(({ hash, kind }) => [hash, kind]))
  const gone = [...known].filter((hash) => !standing.has(hash))
  if (gone.length > 0) {
    await tx.disclosure.deleteMany({ where: { organisationId, passageHash: { in: gone } } })
  }
  // Confirming or renaming shows no passages: what was not answered for is not recorded as answered.
  const added = [...standing].filter(([hash]) => asItIs.includes(hash) && !known.has(hash))
  if (added.length === 0) return
  await tx.disclosure.createMany({
    data: added.map(([passageHash, kind]) => ({
      ...{ organisationId, passageHash, kind },
      ...{ actor: actorName(actor), createdAt: at },
    })),
  })
  await recordAudit(tx, {
    ...{ actor: actorName(actor), action: 'passagesPublished', subject: organisationId },
    detail: { kinds: [...new Set(added.map(([, kind]) => kind))].sort().join(',') },
  })
}

/**
 * The passages that a page shows and asks about.
 *
 * @param id of the organisation; null for a new one, of which nothing is known yet
 */
export async function loadUndisclosed(
  id: string | null,
  answers: ProfileContent['answers'],
): Promise<DisclosedPassage[]> {
  const known = id === null ? new Set<string>() : await knownHashes(writer(), id)
  return passagesOf(answers).filter(({ hash }) => !known.has(hash))
}

async function knownHashes(
  tx: Pick<Transaction, 'disclosure'>,
  organisationId: string,
): Promise<Set<string>> {
  const rows = await tx.disclosure.findMany({
    where: { organisationId },
    select: { passageHash: true },
  })
  return new Set(rows.map(({ passageHash }) => passageHash))
}

/**
 * Reads the button "publish as it is": what was asked for, then the hashes of the passages shown.
 *
 * @param value of the button; empty where another was pressed
 * @returns `intent` is empty where another button was pressed
 */
export function parseAsItIs(value: string): { intent: string; asItIs: string[] } {
  const [intent = '', ...asItIs] = value.split(' ')
  return { intent, asItIs }
}

/** What a form that stopped shows again: see `DisclosedLines`. */
export function disclosureValues({ passages }: WouldDisclose): Record<string, string[]> {
  return {
    passage: passages.flatMap(lineParts),
    asItIs: [...new Set(passages.map(({ hash }) => hash))],
  }
}
