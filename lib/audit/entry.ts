import type { AuditAction } from './actions'
import type { AuditDetail } from './record'

/** Who acted. A user's name is null if the account no longer exists. */
export type AuditActor =
  | { kind: 'user'; id: string; name: string | null }
  | { kind: 'system'; code: string }
  | { kind: 'link' }
  | { kind: 'anonymous' }

/** What an entry is about, by its current name. */
export type AuditSubject = {
  id: string
  kind: 'user' | 'organisation' | 'other'
  /** Null if it is neither a user nor an organisation, or no longer exists. */
  name: string | null
}

/** An entry of the audit log, with current names. */
export type AuditEntryView = {
  number: number
  at: Date
  actor: AuditActor
  action: AuditAction
  subject: AuditSubject | null
  detail: AuditDetail
}
