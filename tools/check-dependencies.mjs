/**
 * Every package in "dependencies" is imported by what runs in production, or stands here with its reason:
 * `node tools/check-dependencies.mjs`, part of `npm run check`.
 */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

const root = path.dirname(import.meta.dirname)

/** Needed in production although no file imports it. */
const REASONS = {
  '@prisma/client': 'imported by the generated client in lib/database/generated',
  'react-dom': 'Next renders with it',
  tsx: 'runs the commands in cli/',
  typescript: 'next build reads tsconfig.json with it',
}

const PRODUCTION = ['app', 'components', 'lib', 'server', 'cli', 'tools/demo']
const FILES = ['server.ts', 'instrumentation.ts', 'next.config.ts', 'prisma.config.ts']

const tracked = execFileSync('git', ['ls-files', '--', ...PRODUCTION, ...FILES], {
  cwd: root,
  encoding: 'utf8',
})
const imported = new Set(
  tracked
    .split('\n')
    .filter((file) => /\.(tsx?|mjs)$/.test(file))
    .flatMap((file) => [
      ...fs
        .readFileSync(path.join(root, file), 'utf8')
        .matchAll(/(?:from|import|require\.resolve)\s*\(?\s*'((?:@[^/']+\/)?[^/']+)/g),
    ])
    .map(([, name]) => name),
)

const { dependencies } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
const names = Object.keys(dependencies)
const unused = names.filter((name) => !imported.has(name) && !(name in REASONS))
const stale = Object.keys(REASONS).filter((name) => !names.includes(name) || imported.has(name))
for (const name of unused) {
  process.stderr.write(
    `${name}: no production code imports it. Move it to devDependencies, or add its reason to tools/check-dependencies.mjs.\n`,
  )
}
for (const name of stale) {
  process.stderr.write(
    `${name}: needs no reason any more. Remove it from tools/check-dependencies.mjs.\n`,
  )
}
process.exitCode = unused.length + stale.length === 0 ? 0 : 1
