import { runAsMain } from './run-command'
import { withDatabase } from '@/lib/database/with-database'
import { terminal } from '@/lib/env'
import { refusedDatabase } from '@/lib/health/startup-message'
import { translator } from '@/lib/i18n/translator'
import { verifyAudit } from '@/lib/audit/verify'

const INTACT = 0
const BROKEN = 2

/** What the room of the revisions says of their chains. */
type VerifyRevisions = () => Promise<
  | { ok: true; checked: number; organisations: number }
  | { ok: false; broken: { organisationId: string; number: number; fault: RevisionFault } }
>
type RevisionFault = 'missing' | 'changed' | 'unlinked' | 'contentChanged' | 'erasedWithoutRecord'

/**
 * The audit command: walks the chains of the audit log and of all revisions. What was found is on
 * stdout, one line for each; everything else is on stderr.
 *
 * @param args `verify`
 * @param verifyRevisions walks the chains of revisions
 * @returns the exit code: 0 intact, 2 broken, 1 could not run
 */
export async function auditCommand(
  args: string[],
  verifyRevisions: VerifyRevisions,
): Promise<number> {
  const t = translator(terminal.language, 'Audit.command')
  const words = {
    usage: t('usage'),
    database: refusedDatabase,
  }
  const asked = args.length === 1 && args[0] === 'verify' ? args : null
  return withDatabase(asked, words, async () => {
    const audit = await verifyAudit()
    const revisions = await verifyRevisions()
    const lines = [
      audit.ok
        ? t('auditIntact', { count: audit.checked })
        : t('auditBroken', {
            number: audit.broken.number,
            fault: t(`fault.${audit.broken.fault}`),
          }),
      revisions.ok
        ? t('revisionsIntact', { count: revisions.checked, organisations: revisions.organisations })
        : t('revisionsBroken', {
            number: revisions.broken.number,
            organisation: revisions.broken.organisationId,
            fault: t(`fault.${revisions.broken.fault}`),
          }),
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
    return audit.ok && revisions.ok ? INTACT : BROKEN
  })
}

await runAsMain(import.meta.url, auditCommand)
