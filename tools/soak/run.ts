// First: it says where the database is.
import './surroundings'
import { parseArgs } from 'node:util'
import { closeDatabase } from '@/lib/database/client'
import { ATTACKS } from './attacks'
import type { Check } from './check'
import { FAULTS } from './faults'
import { LOADS } from './load'
import { SURROUNDINGS } from './machine'

// `npm run soak` makes every check, `npm run soak -- F1 L4 --rounds 20 --minutes 60` some of them.
const CHECKS: readonly Check[] = [...FAULTS, ...SURROUNDINGS, ...ATTACKS, ...LOADS]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '60' },
    minutes: { type: 'string', default: '3' },
  },
})
const unknown = positionals.filter((name) => !CHECKS.some(({ id }) => id === name))
const bounds = {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  minutes: Number(values.minutes),
}
if (unknown.length > 0 || Object.values(bounds).some((bound) => !(bound > 0))) {
  process.stderr.write(
    `npm run soak -- [${CHECKS.map(({ id }) => id).join('|')}]… [--rounds N] [--seconds N] [--minutes N]\n`,
  )
  process.exit(1)
}

const say = (line: string) => process.stderr.write(`${line}\n`)
const lines: string[] = []
let failed = 0
for (const { id, what, missing, make } of CHECKS) {
  if (positionals.length > 0 && !positionals.includes(id)) continue
  say(`${id}: ${what} …`)
  const why = missing?.() ?? null
  let outcome: string
  if (why !== null) outcome = `not run (${why})`
  else {
    try {
      outcome = `ok: ${await make(bounds)}`
    } catch (error) {
      failed += 1
      outcome = `FAILED: ${error instanceof Error ? error.message : String(error)}`
    }
  }
  await closeDatabase()
  say(`  ${outcome}`)
  lines.push(`${id.padEnd(4)} ${what}\n     ${outcome}`)
}
process.stdout.write(`${lines.join('\n')}\n`)
process.exit(failed === 0 ? 0 : 1)
