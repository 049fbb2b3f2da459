import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Actor } from '@/lib/permissions/permissions'
import { closeDatabase } from '@/lib/database/client'
import { withDatabase } from '@/lib/database/with-database'
import { env, terminal } from '@/lib/env'
import { startupMessage } from '@/lib/health/startup-message'
import { translator } from '@/lib/i18n/translator'
import { NOTHING, readPresent } from './compare'
import { importSite, type Imported } from './import'
import { openSiteFile } from './read'

const DONE = 0
const REFUSED = 2

const ACTOR: Actor = { kind: 'system', name: 'command-line' }
const LONGEST_SHOWN = 160

type Asked = { file: string; dryRun: boolean }

/**
 * The command that takes a whole site in from a file. What was done is on stdout, everything else on
 * stderr.
 *
 * @param args `FILE [--dry-run]`
 * @returns the exit code: 0 done, 2 refused, 1 could not run
 */
export async function importSiteCommand(args: string[]): Promise<number> {
  const t = translator(terminal.language, 'SiteFile')
  const words = {
    usage: t('importUsage'),
    database: startupMessage,
  }
  const asked = readAsked(args)
  // A dry run makes no database.
  if (asked?.dryRun && !existsSync(env.databaseFile)) return run(asked, false)
  try {
    return await withDatabase(asked, words, (one) => run(one, true))
  } finally {
    await closeDatabase()
  }
}

function readAsked(args: string[]): Asked | null {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean' } },
    })
    const [file] = positionals
    if (file === undefined || positionals.length > 1) return null
    return { file, dryRun: values['dry-run'] ?? false }
  } catch {
    return null
  }
}

async function run({ file, dryRun }: Asked, hasDatabase: boolean): Promise<number> {
  const t = translator(terminal.language, 'SiteFile')
  const began = performance.now()
  const handle = await openSiteFile(path.resolve(terminal.directory, file))
  if (handle === null) return fail(t('fault.notAFile'))
  try {
    const present = hasDatabase ? await readPresent() : NOTHING
    const outcome = await importSite(ACTOR, handle, {
      ...{ dryRun, present },
      onProgress: (done, total) =>
        process.stderr.write(
          `${total === null ? t('checked', { done }) : t('written', { done, total })}\n`,
        ),
    })
    if (!outcome.ok) return fail(refusal(outcome))
    const seconds = Math.round((performance.now() - began) / 100) / 10
    const perSecond = Math.round(outcome.created / Math.max(seconds, 0.1))
    const { counts, created, unchanged, fictional, seed } = outcome
    const report = [
      ...(dryRun ? [t('dryRun')] : []),
      t('imported', { ...counts, created, unchanged, seconds, perSecond }),
      ...(fictional > 0 ? [t('fictionalGaveWay', { count: fictional })] : []),
      ...(seed ? [t('seedGaveWay')] : []),
      ...(counts.people > 0 ? [t('passwords')] : []),
    ]
    process.stdout.write(`${report.join('\n')}\n`)
    return DONE
  } finally {
    await handle.close()
  }
}

function refusal(outcome: Extract<Imported, { ok: false }>): string {
  const t = translator(terminal.language, 'SiteFile')
  switch (outcome.reason) {
    case 'denied':
      return t('denied')
    case 'file': {
      const { fault, line, created } = outcome
      const words = t(`fault.${fault.reason}`, { detail: shown(fault.detail ?? '') })
      return [
        line === null ? words : t('atLine', { line, fault: words }),
        created === 0 ? t('nothingWritten') : t('goesOn', { created }),
      ].join('\n')
    }
    case 'changedMeanwhile':
    case 'diskFull':
      return `${t(outcome.reason, { file: env.databaseFile })}\n${t('goesOn', { created: outcome.created })}`
    case 'otherOrganisations':
    case 'otherRevision':
    case 'otherPeople':
    case 'otherAudit':
      return `${t(outcome.reason, { detail: outcome.detail, file: env.databaseFile })}\n${t('nothingWritten')}`
  }
}

/** What a file says must not steer a terminal. */
function shown(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.length <= LONGEST_SHOWN ? line : `${line.slice(0, LONGEST_SHOWN)}…`
}

function fail(words: string): number {
  process.stderr.write(`${words}\n`)
  return REFUSED
}
