import { runAsMain } from './run-command'
import { parseArgs } from 'node:util'
import { COULD_NOT_RUN, withDatabase } from '@/lib/database/with-database'
import { terminal } from '@/lib/env'
import { startupMessage } from '@/lib/health/startup-message'
import { translator } from '@/lib/i18n/translator'
import { removeDemoProfiles } from '@/lib/organisations/remove'
import { countRealOrganisations, DEMO_ACTOR, generateDemo } from '@/tools/demo/fill'

const DONE = 0

const DEFAULT_SEED = 1
const PROGRESS_STEP = 250
/** Ten times the largest directory that the product is made for. */
const MAX_ORGANISATIONS = 250_000

type Options = { remove: true } | { remove: false; count: number; seed: number; yes: boolean }

/**
 * The demo command: adds invented organisations, or takes them all away. What was done is the last
 * line on stdout, everything else is on stderr.
 *
 * @param args `--count N [--seed S] [--yes]` or `--remove`
 * @returns the exit code: 0 done, 1 could not run
 */
export async function demoCommand(args: string[]): Promise<number> {
  const t = translator(terminal.language, 'Demo')
  const words = {
    usage: t('usage'),
    database: startupMessage,
  }
  return withDatabase(parseOptions(args), words, (options) =>
    options.remove ? removeDemo() : addDemo(options),
  )
}

/**
 * Reads what follows the command.
 *
 * @returns null where it is not understood: an unknown option, no count, a number that is none
 */
export function parseOptions(args: string[]): Options | null {
  const values = parseValues(args)
  if (values === null) return null
  const { remove, count, seed, yes } = values
  if (remove) {
    return count === undefined && seed === undefined ? { remove: true } : null
  }
  const wanted = parseWholeNumber(count ?? '')
  const from = parseWholeNumber(seed ?? String(DEFAULT_SEED))
  if (wanted === null || wanted < 1 || wanted > MAX_ORGANISATIONS || from === null) return null
  return { remove: false, count: wanted, seed: from, yes: yes ?? false }
}

function parseValues(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        count: { type: 'string' },
        seed: { type: 'string' },
        remove: { type: 'boolean' },
        yes: { type: 'boolean' },
      },
    }).values
  } catch {
    return null
  }
}

function parseWholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

async function addDemo({ count, seed, yes }: Extract<Options, { remove: false }>): Promise<number> {
  const t = translator(terminal.language, 'Demo')
  const real = await countRealOrganisations()
  if (real > 0 && !yes) {
    process.stderr.write(`${t('realOnes', { count: real })}\n`)
    return COULD_NOT_RUN
  }
  const began = performance.now()
  const filled = await generateDemo(count, seed, (done) => {
    const isDue = done % PROGRESS_STEP === 0 || done === count
    if (isDue) process.stderr.write(`${t('progress', { done, total: count })}\n`)
  })
  const seconds = Math.round((performance.now() - began) / 100) / 10
  const perSecond = Math.round(filled.added / Math.max(seconds, 0.1))
  process.stdout.write(`${t('added', { ...filled, seconds, perSecond })}\n`)
  return DONE
}

async function removeDemo(): Promise<number> {
  const t = translator(terminal.language, 'Demo')
  const outcome = await removeDemoProfiles(DEMO_ACTOR)
  if (!outcome.ok) throw new Error(outcome.reason)
  process.stdout.write(`${t('removed', { count: outcome.removed })}\n`)
  return DONE
}

await runAsMain(import.meta.url, demoCommand)
