/**
 * Puts everything that a running server loads besides pages and packages into the folder of a build:
 * `node cli/bundle-server.mjs FOLDER`. server.ts and the commands that it starts become one file each;
 * the files that they read are copied. Whatever changes in the repository, the server stays as built.
 */
import fs from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

const [folder] = process.argv.slice(2)

await build({
  entryPoints: ['server.ts', 'cli/backup.ts', 'cli/import.ts', 'cli/import-pages.ts'],
  outdir: folder,
  outbase: '.',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // For whoever asks for it with --enable-source-maps: it takes some 50 MB of memory.
  sourcemap: 'linked',
  logLevel: 'warning',
})
for (const name of ['public', 'prisma/migrations', 'prisma/seed']) {
  fs.cpSync(name, path.join(folder, name), { recursive: true })
}
