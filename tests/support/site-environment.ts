import { inject } from 'vitest'

// Where the shared site is. The process that has started it does not hand its environment on.
Object.assign(process.env, inject('siteEnvironment'))
