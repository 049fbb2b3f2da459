import { createHash } from 'node:crypto'
import type { Transaction } from '@/lib/database/client'
import { insert } from '@/lib/database/sql'
import type { AuditAction } from './actions'

/** Version of what the hashes cover. */
const AUDIT_HASH_VERSION = 1

/** Codes, ids, numbers: what an entry may say beside who, what and about what. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>

type NewAuditEntry = {
  /** As `actorName` gives it: `user:<id>`, `link:<hash>`, `system:<name>`, `anonymous`. */
  actor: string
  action: AuditAction
  /** Id of the person, organisation or other thing it was about. */
  subject?: string | null
  /** No secret, no address, no text of anybody; see `isHarmless`. */
  detail?: AuditDetail
}

/**
 * Appends an entry to the audit log, in the transaction of what it tells of: both happen or neither.
 * Each entry's hash covers all of it and the hash before it.
 *
 * @throws where actor, subject or detail hold what is no code, id or number: that is a fault of the
 *   program, and the log cannot be cleaned afterwards
 */
export async function recordAudit(tx: Transaction, entry: NewAuditEntry): Promise<void> {
  const { actor, action, subject = null, detail = {} } = entry
  const isClean =
    isCodeOrId(actor) && (subject === null || isCodeOrId(subject)) && isSafeDetail(detail)
  if (!isClean) throw new Error(`an audit entry (${action}) may hold codes, ids and numbers only`)
  const last = await tx.auditEntry.findFirst({
    orderBy: { number: 'desc' },
    select: { number: true, hash: true },
  })
  const link: ChainedEntry = {
    number: (last?.number ?? 0) + 1,
    createdAt: new Date(),
    actor,
    action,
    subject,
    detail: JSON.stringify(detail),
    previousHash: last?.hash ?? null,
  }
  await insert(tx, 'AuditEntry', [{ ...link, hash: auditHash(link) }])
}

type ChainedEntry = {
  number: number
  createdAt: Date
  actor: string
  action: string
  subject: string | null
  /** JSON, as it is kept. */
  detail: string
  previousHash: string | null
}

/** The hash that an entry carries (SHA-256, hex): over all of it and the hash before it. */
export function auditHash(entry: ChainedEntry): string {
  const covered = [
    AUDIT_HASH_VERSION,
    entry.number,
    entry.createdAt.toISOString(),
    entry.actor,
    entry.action,
    entry.subject,
    entry.detail,
    entry.previousHash,
  ]
  return createHash('sha256').update(JSON.stringify(covered)).digest('hex')
}

const code = /^[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*(?:,[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*)*$/
const digitsOnly = /^[\d_,-]+$/

/**
 * Tells whether a detail holds codes, ids, numbers and lists of codes (`name,region`) only. A text
 * with a space, a dot, `@`, `:` or `/` could be a sentence, an e-mail, a network or street address; one
 * of digits only could be a telephone number. Pure.
 */
export function isSafeDetail(detail: AuditDetail): boolean {
  return Object.entries(detail).every(([key, value]) => {
    if (!/^[A-Za-z]{1,40}$/.test(key)) return false
    if (typeof value !== 'string') return typeof value !== 'number' || Number.isFinite(value)
    return value.length <= 200 && code.test(value) && !digitsOnly.test(value)
  })
}

/** A code or id, with the kind of thing in front where it has one: `user:4f2c`. */
function isCodeOrId(text: string): boolean {
  return /^(?:[a-z]+:)?[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*$/.test(text) && text.length <= 100
}
