/** What the audit log speaks of. An entry keeps its code for ever: codes are added, never renamed. */
export const AUDIT_ACTS = [
  'signedIn',
  'signedOut',
  'signInRefused',
  'codeRefused',
  'recoveryCodeUsed',
  'passwordChanged',
  'factorSet',
  'factorReset',
  'personInvited',
  'personChanged',
  'personDisabled',
  'personEnabled',
  'sessionsEnded',
  'profileListed',
  'profileHidden',
  'profileWithdrawn',
  'profileErased',
  'profileConfirmed',
  'actRefused',
  'exported',
  'imported',
  'proposalMade',
  'proposalDecided',
  'linkMade',
  'linkUsed',
] as const
export type AuditAct = (typeof AUDIT_ACTS)[number]

/** Tells whether a text, such as one from an address, is one of the acts. */
export function isAuditAct(text: string): text is AuditAct {
  return (AUDIT_ACTS as readonly string[]).includes(text)
}
