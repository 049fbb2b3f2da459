import { register } from 'tsx/esm/api'

// `--import tsx` does nothing in a thread (https://github.com/privatenumber/tsx/issues/354).
register()
await import('../lib/profile/analyse-in-thread.ts')
