import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const at = (file: string) => path.join(root, file)
const config = ts.parseJsonConfigFileContent(
  ts.readConfigFile(at('tsconfig.json'), (file) => ts.sys.readFile(file)).config,
  ts.sys,
  root,
)

const files = [at('lib/i18n/catalogs.ts'), at('lib/i18n/declarations.ts'), at('use-site.ts')]

/** Codes of the compiler's complaints when some files say something else than on the disk. */
function complaints(changed: Record<string, string>): number[] {
  const options = { ...config.options, incremental: false }
  const disk = ts.createCompilerHost(options)
  const overlay = new Map(Object.entries(changed).map(([file, text]) => [at(file), text]))
  const host: ts.CompilerHost = {
    ...disk,
    readFile: (file) => overlay.get(path.resolve(file)) ?? disk.readFile(file),
    fileExists: (file) => overlay.has(path.resolve(file)) || disk.fileExists(file),
    getSourceFile: (file, languageVersion) => {
      const text = overlay.get(path.resolve(file))
      return text === undefined
        ? disk.getSourceFile(file, languageVersion)
        : ts.createSourceFile(file, text, languageVersion)
    },
  }
  const program = ts.createProgram(files, options, host)
  return files
    .map((file) => program.getSourceFile(file))
    .flatMap((file) => (file ? program.getSemanticDiagnostics(file) : []))
    .map(({ code }) => code)
}

const ARGUMENT_NOT_ASSIGNABLE = 2345
const NOT_ASSIGNABLE = 2322

const useSite = (key: string) =>
  `import { useTranslations } from 'next-intl'\nuseTranslations('Site')('${key}')\n`

function withSite(file: string, change: (site: Record<string, unknown>) => void): string {
  const catalog = JSON.parse(readFileSync(at(file), 'utf8')) as {
    Site: Record<string, unknown>
  }
  change(catalog.Site)
  return JSON.stringify(catalog)
}

const cases: [what: string, changed: Record<string, string>, codes: number[]][] = [
  ['the catalogs as they are', {}, []],
  [
    'a key that French lacks',
    { 'messages/fr.json': withSite('messages/fr.json', (site) => delete site['title']) },
    [NOT_ASSIGNABLE],
  ],
  [
    'a key that English lacks',
    { 'messages/fr.json': withSite('messages/fr.json', (site) => (site['extra'] = 'Ajout')) },
    [NOT_ASSIGNABLE],
  ],
  ['a key that no catalog has', { 'use-site.ts': useSite('titel') }, [ARGUMENT_NOT_ASSIGNABLE]],
]

test.each(cases)('the compiler on %s', { timeout: 120_000 }, (_, changed, codes) => {
  expect(complaints({ 'use-site.ts': useSite('title'), ...changed })).toEqual(codes)
})
