import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { run } from './processes'
import { folder, say, settings } from './surroundings'
import { figure, table, verdict } from './table'

const SIZE = 5_000
/** Seconds, each way. */
const MOST = 60
const MIB = 2 ** 20

/**
 * The whole site into a file, out of it into a new database, and into a file again: seconds, each as
 * a command of its own, and whether both files are the same bytes.
 */
export async function benchSiteFile(): Promise<string> {
  say(`Inventing ${figure(SIZE)} organisations …`)
  await run(['--import', 'tsx', 'cli/demo.ts', '--count', String(SIZE)], settings('site.db'))
  const command = (name: string, database: string, file: string) => {
    say(`${name} …`)
    const args = ['--import', 'tsx', `cli/${name}.ts`, file]
    return run(args, { ...settings(database), INIT_CWD: folder })
  }
  const out = await command('export', 'site.db', 'site.jsonl')
  const back = await command('import-site', 'moved.db', 'site.jsonl')
  const again = await command('export', 'moved.db', 'again.jsonl')
  const read = (name: string) => readFileSync(path.join(folder, name))
  const row = (name: string, seconds: number) => [
    name,
    figure(seconds),
    figure(SIZE / seconds),
    figure(statSync(path.join(folder, 'site.jsonl')).size / MIB),
  ]
  return [
    table([
      [`${figure(SIZE)} organisations`, 'seconds', 'a second', 'MiB'],
      row('export', out.seconds),
      row('import into a new database', back.seconds),
      row('export of that', again.seconds),
    ]),
    '',
    table([
      ['criterion', 'limit', 'measured', ''],
      verdict({ name: 'export, s', limit: MOST, value: out.seconds }),
      verdict({ name: 'import, s', limit: MOST, value: back.seconds }),
      verdict({
        name: 'same bytes',
        limit: 1,
        value: read('site.jsonl').equals(read('again.jsonl')) ? 1 : 0,
        atLeast: true,
      }),
    ]),
    '',
  ].join('\n')
}
