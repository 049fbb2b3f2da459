import { parseArgs } from 'node:util'
import { unusablePlace } from '@/lib/db/place'
import { env, terminal } from '@/lib/env'
import { refusedDatabase } from '@/lib/i18n/refused-database'
import { translator } from '@/lib/i18n/translator'
import { examineSite } from './doctor'
import type { Finding } from './findings'

const HEALTHY = 0
const FAULTS = 1
const NOT_UNDERSTOOD = 2

/**
 * The doctor: what it found is on stdout, a line for each thing, in words or as JSON.
 *
 * @param args `[--json]`
 * @returns the exit code: 0 nothing but hints, 1 faults, 2 not understood
 */
export async function doctorCommand(args: string[]): Promise<number> {
  const t = translator(terminal.language, 'Doctor')
  const asJson = readOptions(args)
  if (asJson === null) {
    process.stderr.write(`${t('usage')}\n`)
    return NOT_UNDERSTOOD
  }
  const unusable = unusablePlace(env.databaseFile)
  if (unusable !== null) process.stderr.write(`${refusedDatabase(unusable)}\n`)
  const findings = await examineSite()
  const faults = findings.filter(({ state }) => state === 'fault').length
  process.stdout.write(
    asJson
      ? `${JSON.stringify({ ok: faults === 0, findings }, null, 2)}\n`
      : `${report(findings).join('\n')}\n`,
  )
  return faults === 0 ? HEALTHY : FAULTS
}

function readOptions(args: string[]): boolean | null {
  try {
    return parseArgs({ args, options: { json: { type: 'boolean' } } }).values.json ?? false
  } catch {
    return null
  }
}

function report(findings: readonly Finding[]): string[] {
  const t = translator(terminal.language, 'Doctor')
  const rows = findings.map(({ check, state, code, values }) => [
    t(`state.${state}`),
    t(`check.${check}`),
    t(`found.${code}`, values),
  ])
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0))
  const count = (wanted: Finding['state']) =>
    findings.filter(({ state }) => state === wanted).length
  return [
    ...rows.map(([state = '', check = '', words = '']) =>
      [state.padEnd(width(0)), check.padEnd(width(1)), words].join('  '),
    ),
    t('summary', { faults: count('fault'), hints: count('hint') }),
  ]
}
