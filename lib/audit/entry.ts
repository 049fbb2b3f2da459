import type { AuditAction } from './actions'
import type { AuditDetail } from './record'

/** Who acted. A person's name is null where the account is gone. */
export type AuditActor =
  | { kind: 'user'; id: string; name: string | null }
  | { kind: 'system'; code: string }
  | { kind: 'link' }
  | { kind: 'anonymous' }

/** What or whom it was about, by its present name. */
export type AuditSubject = {
  id: string
  kind: 'user' | 'organisation' | 'other'
  /** Null where it is neither a person nor an organisation, or is there no more. */
  name: string | null
}

/** An entry of the audit log, with names as they are now. */
export type AuditEntryView = {
  number: number
  at: Date
  actor: AuditActor
  action: AuditAction
  subject: AuditSubject | null
  detail: AuditDetail
}
