/** Actions in the audit log. Stored entries keep their code for ever: codes are added, never renamed. */
export const AUDIT_ACTIONS = [
  'signedIn',
  'signedOut',
  'signInRefused',
  'codeRefused',
  'recoveryCodeUsed',
  'passwordChanged',
  'twoFactorEnabled',
  'twoFactorReset',
  'userInvited',
  'userChanged',
  'userDisabled',
  'userEnabled',
  'sessionsRevoked',
  'profileListed',
  'profileHidden',
  'profileWithdrawn',
  'profileErased',
  'profileConfirmed',
  'passagesPublished',
  'permissionDenied',
  'exported',
  'imported',
  'proposalCreated',
  'proposalDecided',
  'linkCreated',
  'linkUsed',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** Tells whether a text, such as a query parameter, is the code of an action. */
export function isAuditAction(text: string): text is AuditAction {
  return (AUDIT_ACTIONS as readonly string[]).includes(text)
}
