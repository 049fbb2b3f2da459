import { terminal } from '@/lib/env'
import { translator } from '@/lib/i18n/translator'
import { verifyRevisions } from '@/lib/revisions/verify'
import { verifyAudit } from '@/lib/audit/verify'
import { EXIT_OK, EXIT_REFUSED, runAsMain } from './run-command'
import { withDatabase } from './with-database'

/**
 * The audit command: verifies the hash chains of the audit log and of all revisions. The result goes
 * to stdout, one line for each; everything else to stderr.
 *
 * @param args `verify`
 * @returns the exit code: 0 intact, 2 broken, 1 could not run
 */
export async function auditCommand(args: string[]): Promise<number> {
  const t = translator(terminal.language, 'Audit.command')
  const options = args.length === 1 && args[0] === 'verify' ? args : null
  return withDatabase(options, t('usage'), async () => {
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
    return audit.ok && revisions.ok ? EXIT_OK : EXIT_REFUSED
  })
}

await runAsMain(import.meta.url, auditCommand)
