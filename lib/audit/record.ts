import { createHash } from 'node:crypto'
import type { Transaction } from '@/lib/database/client'
import { insert } from '@/lib/database/sql'
import type { AuditAction } from './actions'

/** Version of the hash input; part of every hash. */
const AUDIT_HASH_VERSION = 1

/** Further facts of an entry: codes, ids and numbers only (`isSafeDetail`). */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>

type NewAuditEntry = {
  /** As `actorName` gives it: `user:<id>`, `link:<hash>`, `system:<name>`, `anonymous`. */
  actor: string
  action: AuditAction
  /** Id of the user, organisation or other thing that the entry is about. */
  subject?: string | null
  /** No secrets, addresses or free text; see `isSafeDetail`. */
  detail?: AuditDetail
}

/**
 * Appends an entry to the audit log in the transaction of the change that it records, so that both happen
 * or neither does. Its hash covers the whole entry and the previous hash.
 *
 * @throws Error if actor, subject or detail hold anything but codes, ids and numbers: a bug, and the log
 *   could not be cleaned afterwards
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
  /** JSON, as stored. */
  detail: string
  previousHash: string | null
}

/** The hash of an entry (SHA-256, hex) over the whole entry and the previous hash. */
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
 * Tells whether a detail holds only codes, ids, numbers and lists of codes (`name,region`). Text with a
 * space, a dot, `@`, `:` or `/` could be a sentence, an e-mail, an IP or street address; text of digits
 * only could be a telephone number. Pure.
 */
export function isSafeDetail(detail: AuditDetail): boolean {
  return Object.entries(detail).every(([key, value]) => {
    if (!/^[A-Za-z]{1,40}$/.test(key)) return false
    if (typeof value !== 'string') return typeof value !== 'number' || Number.isFinite(value)
    return value.length <= 200 && code.test(value) && !digitsOnly.test(value)
  })
}

/** A code or id, with or without a kind in front: `user:4f2c`. */
function isCodeOrId(text: string): boolean {
  return /^(?:[a-z]+:)?[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*$/.test(text) && text.length <= 100
}
