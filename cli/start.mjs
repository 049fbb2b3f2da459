/**
 * Starts the built site: `node cli/start.mjs`, in production through `npm start`. TypeScript was turned
 * into JavaScript when the site was built, because doing it at every start takes 130 MB that stay taken.
 */
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { linkToBuild, markRunning } from './running-servers.mjs'

// As lib/env.ts does: what is set outside comes first, and tests depend on no settings of the machine.
if (process.env.NODE_ENV !== 'test' && fs.existsSync('.env')) process.loadEnvFile('.env')
const link = linkToBuild()
if (fs.existsSync(path.join(link, 'server.mjs'))) {
  // A later build changes where the link leads; this process stays with the folder that it began with.
  const build = path.relative(process.cwd(), fs.realpathSync(link))
  process.env.NEXT_DIST_DIR = build
  markRunning(build)
  await import(pathToFileURL(path.resolve(build, 'server.mjs')).href)
} else {
  process.stderr.write('The site is not built yet: node cli/setup.mjs build\n')
  process.exitCode = 1
}
