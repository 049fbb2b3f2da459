import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Actor } from '@/lib/permissions/permissions'
import { exportSite } from '@/lib/site-transfer/export'
import { importSite, type Imported } from '@/lib/site-transfer/import'
import { openSiteFile } from '@/lib/site-transfer/read-lines'

export const commandLine: Actor = { kind: 'system', name: 'command-line' }

/** The whole of the worker's database as its export. Throws where it is refused. */
export async function exported(): Promise<string> {
  let text = ''
  const outcome = await exportSite(commandLine, (piece) => {
    text += piece
    return Promise.resolve()
  })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
  return text
}

/** Imports a text or bytes as a file into the worker's database. */
export async function imported(
  content: string | Uint8Array,
  {
    dryRun = false,
    isLatest = true,
    actor = commandLine,
  }: { dryRun?: boolean; isLatest?: boolean; actor?: Actor } = {},
): Promise<Imported> {
  const folder = mkdtempSync(path.join(tmpdir(), 'directory-site-file-'))
  const name = path.join(folder, 'site.jsonl')
  writeFileSync(name, content)
  const file = await openSiteFile(name)
  if (file === null) throw new Error('not written')
  try {
    return await importSite(actor, file, { dryRun, isLatest })
  } finally {
    await file.close()
    rmSync(folder, { recursive: true })
  }
}
