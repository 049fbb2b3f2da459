import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Runs a command if its file is what Node was started with; a test that imports the file only gets
 * the function.
 *
 * @param moduleUrl `import.meta.url` of the command's file
 * @param command takes the arguments after the file's name, gives the exit code
 */
export async function runAsMain(
  moduleUrl: string,
  command: (args: string[]) => Promise<number>,
): Promise<void> {
  const main = process.argv[1]
  if (main === undefined || realpathSync(main) !== fileURLToPath(moduleUrl)) return
  process.exitCode = await command(process.argv.slice(2))
}
