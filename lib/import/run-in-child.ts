import { spawn } from 'node:child_process'
import { actorName, canAdmin, type Actor } from '@/lib/permissions/permissions'
import { recordAudit } from '@/lib/audit/record'
import { writer } from '@/lib/database/client'
import { commandArguments, env } from '@/lib/env'
import { log } from '@/lib/log'
import type { PageInput, PageResult } from './apply'
import { importRequestSchema } from './read-pages'

/** So many pages are read at once. */
export const MAX_PAGES = 50

/** So long a process may read them. */
const TIMEOUT_MS = 60_000

export type AdminImportResult =
  | { ok: true; outcomes: PageResult[] }
  | { ok: false; reason: 'denied' | 'tooMany' | 'invalid' | 'failed' }

/**
 * Imports pages that a person pasted or sent, in a short-lived process of its own: telling languages
 * apart takes memory that a server would keep for good. The same code as the import command; the
 * rights are those of the person, asked about each organisation where it is written.
 *
 * @param request.dryRun compute the same plan and write nothing
 * @param timeLimit milliseconds after which the process is ended
 * @returns what happened to each page, in the same order; `failed`: the process ended or took too long
 */
export async function importFromAdmin(
  actor: Actor,
  request: { pages: readonly PageInput[]; dryRun: boolean },
  timeLimit = TIMEOUT_MS,
): Promise<AdminImportResult> {
  if (!canAdmin(actor, 'importPages')) {
    if (actor.kind === 'user') {
      await writer().$transaction((tx) =>
        recordAudit(tx, {
          actor: actorName(actor),
          action: 'permissionDenied',
          detail: { act: 'importPages' },
        }),
      )
    }
    return { ok: false, reason: 'denied' }
  }
  if (request.pages.length > MAX_PAGES) return { ok: false, reason: 'tooMany' }
  const checked = importRequestSchema.safeParse({ ...request, actor })
  if (!checked.success) return { ok: false, reason: 'invalid' }
  const said = await runChild(JSON.stringify(checked.data), timeLimit)
  if (said === null) return { ok: false, reason: 'failed' }
  const outcomes = JSON.parse(said) as PageResult[]
  if (!request.dryRun) {
    const count = (outcome: PageResult['plan']['outcome']) =>
      outcomes.filter(({ plan }) => plan.outcome === outcome).length
    await writer().$transaction((tx) =>
      recordAudit(tx, {
        actor: actorName(actor),
        action: 'imported',
        detail: { created: count('create'), updated: count('update'), refused: count('refused') },
      }),
    )
  }
  return { ok: true, outcomes }
}

/** What the process says; null where it did not end well or in time. */
function runChild(request: string, timeLimit: number): Promise<string | null> {
  const child = spawn(process.execPath, commandArguments('import-pages'), {
    cwd: env.root,
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: timeLimit,
    killSignal: 'SIGKILL',
  })
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', () => resolve(null))
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(Buffer.concat(chunks).toString('utf8'))
      log.error({ event: 'importFailed', reason: signal ?? 'exit' })
      resolve(null)
    })
    // It may be gone before it has heard everything: then it says so by how it ends.
    child.stdin.on('error', () => {})
    child.stdin.end(request)
  })
}
