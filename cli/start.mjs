/**
 * Starts the built site: `node cli/start.mjs`, in production through `npm start`. TypeScript was turned
 * into one file when the site was built, because doing it at every start takes 130 MB that stay taken.
 */
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

// As lib/env.ts does: what is set outside comes first, and tests depend on no settings of the machine.
if (process.env.NODE_ENV !== 'test' && fs.existsSync('.env')) process.loadEnvFile('.env')
const server = path.resolve(process.env.NEXT_DIST_DIR?.trim() || '.next', 'server.mjs')
if (fs.existsSync(server)) {
  await import(pathToFileURL(server).href)
} else {
  process.stderr.write('The site is not built yet: node cli/setup.mjs build\n')
  process.exitCode = 1
}
