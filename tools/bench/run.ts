import { benchDelivery } from './delivery'
import { benchDirectory } from './directory'
import { benchKnownEmails } from './account-enumeration'
import { benchRelevance } from './relevance'
import { benchShapes } from './shapes'
import { benchSiteFile } from './site-file'
import { benchPages } from './site-pages'

// `npm run bench` runs everything, `npm run bench -- directory` a part of it by its name.
const SECTIONS: Record<string, () => Promise<string>> = {
  pages: benchPages,
  delivery: benchDelivery,
  directory: benchDirectory,
  relevance: benchRelevance,
  shapes: benchShapes,
  'sign-in': benchKnownEmails,
  export: benchSiteFile,
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in SECTIONS))
if (unknown.length > 0) {
  process.stderr.write(`${unknown.join(' ')}: known are ${Object.keys(SECTIONS).join(' ')}\n`)
  process.exit(1)
}
for (const [name, section] of Object.entries(SECTIONS)) {
  if (asked.length === 0 || asked.includes(name)) process.stdout.write(`${await section()}\n`)
}
