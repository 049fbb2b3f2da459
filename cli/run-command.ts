import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs, type ParseArgsConfig } from 'node:util'

/** Exit code of a command that did all it was asked to do. */
export const EXIT_OK = 0
/** The command could not run: arguments not understood, database not usable. */
export const EXIT_FAILURE = 1
/** The command ran, and refused something or found something wrong. */
export const EXIT_REFUSED = 2

/**
 * Runs a command if its file is what Node was started with; a test that imports the file only gets
 * the function.
 *
 * @param moduleUrl `import.meta.url` of the command's file
 * @param command takes the arguments after the file's name, returns the exit code
 */
export async function runAsMain(
  moduleUrl: string,
  command: (args: string[]) => Promise<number>,
): Promise<void> {
  const main = process.argv[1]
  if (main === undefined || realpathSync(main) !== fileURLToPath(moduleUrl)) return
  process.exitCode = await command(process.argv.slice(2))
}

type OptionTypes = NonNullable<ParseArgsConfig['options']>
type ParsedOptions<Options extends OptionTypes> = ReturnType<
  typeof parseArgs<{ args: string[]; allowPositionals: true; options: Options }>
>

/**
 * Parses the arguments of a command.
 *
 * @param options as `parseArgs` of `node:util` describes them
 * @param maxPositionals how many arguments without a name there may be
 * @returns null if they are not understood: an unknown option, a missing value, too many arguments
 */
export function parseOptions<const Options extends OptionTypes>(
  args: string[],
  options: Options,
  maxPositionals = 0,
): ParsedOptions<Options> | null {
  try {
    const parsed = parseArgs({ args, allowPositionals: true, options })
    return parsed.positionals.length <= maxPositionals ? parsed : null
  } catch {
    return null
  }
}
