import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseSettings } from '@/lib/env'
import { startCommand } from '@/tests/support/start-command'

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>
}

/** Names of settings, as lib/env.ts knows them: in capitals, unlike what it works out from them. */
function settingsOfProgram(): string[] {
  const parsed = parseSettings({}, '/srv/directory')
  if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
  const secrets = [
    ...readFileSync('.env.example', 'utf8').matchAll(
      /^(SESSION_SECRET|FACTOR_KEY|NEXT_\w+_KEY)=/gm,
    ),
  ].map(([, name = '']) => name)
  return [...Object.keys(parsed.settings).filter((name) => /^[A-Z_]+$/.test(name)), ...secrets]
}

const sorted = (names: Iterable<string>) => [...new Set(names)].sort()
const matches = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, one = '']) => one)

/** What a text names: commands of npm, settings of its table, settings anywhere, lines of its examples. */
function named(language: 'en' | 'fr') {
  const text = readFileSync(`docs/operate.${language}.md`, 'utf8')
  const rows = text.split('\n').filter((line) => line.startsWith('| `'))
  return {
    commands: sorted(matches(text, /npm run (?:--silent )?([a-z][a-z:-]*)/g)),
    table: sorted(rows.flatMap((row) => matches(row.split('|')[1] ?? '', /`([A-Z_]+)`/g))),
    defaults: sorted(rows.map((row) => row.split('|').slice(1, 3).join('').replace(/\s+/g, ' '))),
    settings: sorted(matches(text, /`?\b([A-Z][A-Z]+(?:_[A-Z]+)+)\b/g)),
    headings: matches(text, /^(#+) /gm),
    steps: matches(text, /^ {0,3}(\d+)\. /gm),
    shell: matches(text, /^ +(sudo .*|node .*|npm .*|curl .*|git .*)$/gm),
  }
}

describe.each(['en', 'fr'] as const)('the pages on operating (%s)', (language) => {
  const { commands, table, settings } = named(language)

  test('name commands that there are', () => {
    expect(commands.length).toBeGreaterThan(8)
    const missing = commands.filter((name) => !(name in scripts))
    expect(missing).toEqual([])
  })

  test('explain every setting, and none that there is not', () => {
    const program = settingsOfProgram()
    expect(program.filter((name) => !table.includes(name))).toEqual([])
    const known = new Set(program)
    expect([...table, ...settings].filter((name) => !known.has(name))).toEqual([])
  })
})

test('both languages say the same: sections, steps, commands, settings and their defaults', () => {
  const [english, french] = [named('en'), named('fr')]
  const withoutWords = (texts: string[]) =>
    texts.map((text) => text.replace(/ (none|aucune?) /g, ' – '))
  expect({ ...french, defaults: withoutWords(french.defaults) }).toEqual({
    ...english,
    defaults: withoutWords(english.defaults),
  })
})

test('files that are copied to the machine are there', () => {
  const text = readFileSync('docs/operate.en.md', 'utf8')
  for (const file of matches(text, /\/opt\/member-directory\/(deploy\/[\w./@-]+)/g)) {
    expect(readFileSync(file, 'utf8'), file).not.toBe('')
  }
})

test('a service and a container start the site as `npm start` does', () => {
  const { args, settings } = startCommand
  const service = readFileSync('deploy/systemd/member-directory@.service', 'utf8')
  expect(service).toContain(`\nExecStart=/usr/local/bin/node ${args.join(' ')}\n`)
  const inService = matches(service, /^Environment=(.*)$/gm).flatMap((line) => line.split(' '))
  const container = readFileSync('deploy/Containerfile', 'utf8')
  expect(container).toContain(`\nCMD ${JSON.stringify(['node', ...args]).replaceAll(',', ', ')}\n`)
  const inContainer = matches(container, /^ENV (.*)$/gm).flatMap((line) => line.split(' '))
  expect(Object.keys(settings)).toContain('NODE_ENV')
  for (const setting of Object.entries(settings).map((pair) => pair.join('='))) {
    expect(inService).toContain(setting)
    expect(inContainer).toContain(setting)
  }
})
