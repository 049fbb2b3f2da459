import { runAsMain } from './run-command'
import { withDatabase } from '@/lib/database/with-database'
import { terminal } from '@/lib/env'
import { startupMessage } from '@/lib/health/startup-message'
import { translator } from '@/lib/i18n/translator'
import { verifyRevisions } from '@/lib/revisions/verify'
import { verifyAudit } from '@/lib/audit/verify'

const EXIT_INTACT = 0
const EXIT_BROKEN = 2

/**
 * The audit command: walks the chains of the audit log and of all revisions. What was found is on
 * stdout, one line for each; everything else is on stderr.
 *
 * @param args `verify`
 * @returns the exit code: 0 intact, 2 broken, 1 could not run
 */
export async function auditCommand(args: string[]): Promise<number> {
  const t = translator(terminal.language, 'Audit.command')
  const words = {
    usage: t('usage'),
    database: startupMessage,
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
    return audit.ok && revisions.ok ? EXIT_INTACT : EXIT_BROKEN
  })
}

await runAsMain(import.meta.url, auditCommand)
