/**
 * Puts server.ts and what it uses of this repository into one file of the build:
 * `node cli/bundle-server.mjs FOLDER`. Packages stay where they are.
 */
import path from 'node:path'
import { build } from 'esbuild'

const [folder = '.next'] = process.argv.slice(2)

await build({
  entryPoints: ['server.ts'],
  outfile: path.join(folder, 'server.mjs'),
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // For whoever asks for it with --enable-source-maps: it takes some 50 MB of memory.
  sourcemap: 'linked',
  logLevel: 'warning',
})
