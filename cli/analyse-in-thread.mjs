import { register } from 'tsx/esm/api'

// The older versions of Node that this runs on hand `--import tsx` on to no thread, so the thread is
// begun without it in all of them.
register()
await import('../lib/organisations/analyse-in-thread.ts')
