import { checkDatabasePath } from '@/lib/database/check-path'
import { env, secrets } from '@/lib/env'
import { startupMessage } from '@/lib/health/startup-message'

// The secrets usually lie beside the database: whoever cannot write there is told about both at once.
const unusable = checkDatabasePath(env.databaseFile)
if (unusable === null) secrets()
else {
  process.stderr.write(`${startupMessage(unusable)}\n`)
  process.exitCode = 1
}
