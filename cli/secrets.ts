import { unusablePlace } from '@/lib/db/place'
import { env, secrets } from '@/lib/env'
import { refusedDatabase } from '@/lib/i18n/refused-database'

// The secrets usually lie beside the database: whoever cannot write there is told about both at once.
const unusable = unusablePlace(env.databaseFile)
if (unusable === null) secrets()
else {
  process.stderr.write(`${refusedDatabase(unusable)}\n`)
  process.exitCode = 1
}
