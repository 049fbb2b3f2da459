/** What the audit log speaks of. An entry keeps its code for ever: codes are added, never renamed. */
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
  'permissionDenied',
  'exported',
  'imported',
  'proposalCreated',
  'proposalDecided',
  'linkCreated',
  'linkUsed',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** Tells whether a text, such as one from an address, is one of the acts. */
export function isAuditAction(text: string): text is AuditAction {
  return (AUDIT_ACTIONS as readonly string[]).includes(text)
}
