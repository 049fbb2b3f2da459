import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/**
 * How often the expected results come first, in a process with a database of its own.
 *
 * @param settings environment of the process; its database is empty or missing
 * @returns lines of a table
 */
export async function relevanceTable(settings: Record<string, string>): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'tests/bench/relevance-figures.ts'],
    { env: { ...process.env, ...settings } },
  )
  return stdout.trimEnd()
}
