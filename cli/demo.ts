import { terminal } from '@/lib/env'
import { translator } from '@/lib/i18n/translator'
import { removeDemoProfiles } from '@/lib/organisations/remove'
import { countRealOrganisations, DEMO_ACTOR, generateDemo } from '@/tools/demo/fill'
import { EXIT_FAILURE, EXIT_OK, parseOptions, runAsMain } from './run-command'
import { withDatabase } from './with-database'

const DEFAULT_SEED = 1
const PROGRESS_STEP = 250
/** Ten times the largest directory that the product is made for. */
const MAX_ORGANISATIONS = 250_000

type Options = { remove: true } | { remove: false; count: number; seed: number; yes: boolean }

/**
 * The demo command: adds fictional organisations, or removes them all. The result is the last line on
 * stdout, everything else goes to stderr.
 *
 * @param args `--count N [--seed S] [--yes]` or `--remove`
 * @returns the exit code: 0 done, 1 could not run
 */
export async function demoCommand(args: string[]): Promise<number> {
  const usage = translator(terminal.language, 'Demo')('usage')
  return withDatabase(parseDemoOptions(args), usage, (options) =>
    options.remove ? removeDemo() : addDemo(options),
  )
}

/** Parses the arguments; null if they are not understood: an unknown option, no count, not a number. */
export function parseDemoOptions(args: string[]): Options | null {
  const parsed = parseOptions(args, {
    count: { type: 'string' },
    seed: { type: 'string' },
    remove: { type: 'boolean' },
    yes: { type: 'boolean' },
  })
  if (parsed === null) return null
  const { remove, count, seed, yes } = parsed.values
  if (remove) {
    return count === undefined && seed === undefined ? { remove: true } : null
  }
  const organisations = parseWholeNumber(count ?? '')
  const from = parseWholeNumber(seed ?? String(DEFAULT_SEED))
  if (organisations === null || organisations < 1 || organisations > MAX_ORGANISATIONS) return null
  if (from === null) return null
  return { remove: false, count: organisations, seed: from, yes: yes ?? false }
}

function parseWholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

async function addDemo({ count, seed, yes }: Extract<Options, { remove: false }>): Promise<number> {
  const t = translator(terminal.language, 'Demo')
  const real = await countRealOrganisations()
  if (real > 0 && !yes) {
    process.stderr.write(`${t('realOnes', { count: real })}\n`)
    return EXIT_FAILURE
  }
  const startedAt = performance.now()
  const filled = await generateDemo(count, seed, (done) => {
    const isDue = done % PROGRESS_STEP === 0 || done === count
    if (isDue) process.stderr.write(`${t('progress', { done, total: count })}\n`)
  })
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10
  const perSecond = Math.round(filled.added / Math.max(seconds, 0.1))
  process.stdout.write(`${t('added', { ...filled, seconds, perSecond })}\n`)
  return EXIT_OK
}

async function removeDemo(): Promise<number> {
  const t = translator(terminal.language, 'Demo')
  const outcome = await removeDemoProfiles(DEMO_ACTOR)
  if (!outcome.ok) throw new Error(outcome.reason)
  process.stdout.write(`${t('removed', { count: outcome.removed })}\n`)
  return EXIT_OK
}

await runAsMain(import.meta.url, demoCommand)
