import { parentPort } from 'node:worker_threads'
import { rowsOfProfiles, type ReadProfile } from './search-text'

// The other end of analysis-thread.ts.
parentPort?.on('message', (profiles: readonly ReadProfile[]) => {
  parentPort?.postMessage(rowsOfProfiles(profiles))
})
parentPort?.postMessage(null)
