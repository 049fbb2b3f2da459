import { spawn } from 'node:child_process'
import { actorName, mayAtDesk, type Actor } from '@/lib/access/rules'
import { recordAudit } from '@/lib/audit/record'
import { writer } from '@/lib/db/client'
import { commandArguments, env } from '@/lib/env'
import { log } from '@/lib/log'
import type { GivenPage, PageOutcome } from './apply'
import { pagesRequestSchema } from './pages'

/** So many pages are read at once. */
export const PAGES_AT_ONCE = 50

/** So long a process may read them. */
const TIME_LIMIT = 60_000

export type DeskImport =
  | { ok: true; outcomes: PageOutcome[] }
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
export async function importAtDesk(
  actor: Actor,
  request: { pages: readonly GivenPage[]; dryRun: boolean },
  timeLimit = TIME_LIMIT,
): Promise<DeskImport> {
  if (!mayAtDesk(actor, 'importPages')) {
    if (actor.kind === 'person') {
      await writer().$transaction((tx) =>
        recordAudit(tx, {
          actor: actorName(actor),
          act: 'actRefused',
          detail: { act: 'importPages' },
        }),
      )
    }
    return { ok: false, reason: 'denied' }
  }
  if (request.pages.length > PAGES_AT_ONCE) return { ok: false, reason: 'tooMany' }
  const checked = pagesRequestSchema.safeParse({ ...request, actor })
  if (!checked.success) return { ok: false, reason: 'invalid' }
  const said = await ask(JSON.stringify(checked.data), timeLimit)
  if (said === null) return { ok: false, reason: 'failed' }
  const outcomes = JSON.parse(said) as PageOutcome[]
  if (!request.dryRun) {
    const count = (outcome: PageOutcome['plan']['outcome']) =>
      outcomes.filter(({ plan }) => plan.outcome === outcome).length
    await writer().$transaction((tx) =>
      recordAudit(tx, {
        actor: actorName(actor),
        act: 'imported',
        detail: { created: count('create'), updated: count('update'), refused: count('refused') },
      }),
    )
  }
  return { ok: true, outcomes }
}

/** What the process says; null where it did not end well or in time. */
function ask(request: string, timeLimit: number): Promise<string | null> {
  const child = spawn(process.execPath, commandArguments('read-pages'), {
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
      log.error({ event: 'pagesNotRead', reason: signal ?? 'exit' })
      resolve(null)
    })
    // It may be gone before it has heard everything: then it says so by how it ends.
    child.stdin.on('error', () => {})
    child.stdin.end(request)
  })
}
