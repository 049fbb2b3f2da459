import { checkDatabasePath } from '@/lib/database/check-path'
import { env, terminal } from '@/lib/env'
import { translator } from '@/lib/i18n/translator'
import { runDoctor } from '@/lib/health/doctor'
import type { Finding } from '@/lib/health/findings'
import { startupMessage } from '@/lib/health/startup-message'
import { EXIT_OK, parseOptions, runAsMain } from './run-command'

// The other way round than elsewhere: a fault is what the caller of a doctor wants to know first.
const EXIT_FAULTS = 1
const EXIT_USAGE = 2

/**
 * The doctor: checks the installation. Its findings go to stdout, one line each, or as JSON.
 *
 * @param args `[--json]`
 * @returns the exit code: 0 hints at the most, 1 faults, 2 arguments not understood
 */
export async function doctorCommand(args: string[]): Promise<number> {
  const t = translator(terminal.language, 'Doctor')
  const options = parseOptions(args, { json: { type: 'boolean' } })
  if (options === null) {
    process.stderr.write(`${t('usage')}\n`)
    return EXIT_USAGE
  }
  const error = checkDatabasePath(env.databaseFile)
  if (error !== null) process.stderr.write(`${startupMessage(error)}\n`)
  const findings = await runDoctor()
  const faults = findings.filter(({ state }) => state === 'fault').length
  process.stdout.write(
    options.values.json
      ? `${JSON.stringify({ ok: faults === 0, findings }, null, 2)}\n`
      : `${report(findings).join('\n')}\n`,
  )
  return faults === 0 ? EXIT_OK : EXIT_FAULTS
}

function report(findings: readonly Finding[]): string[] {
  const t = translator(terminal.language, 'Doctor')
  const rows = findings.map(({ check, state, code, values }) => [
    t(`state.${state}`),
    t(`check.${check}`),
    t(`found.${code}`, values),
  ])
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0))
  const count = (counted: Finding['state']) =>
    findings.filter(({ state }) => state === counted).length
  return [
    ...rows.map(([state = '', check = '', message = '']) =>
      [state.padEnd(width(0)), check.padEnd(width(1)), message].join('  '),
    ),
    t('summary', { faults: count('fault'), hints: count('hint') }),
  ]
}

await runAsMain(import.meta.url, doctorCommand)
