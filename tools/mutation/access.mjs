import { mutation } from './shared.mjs'

// The command only puts the answers of people.ts into words; audit-log.ts hands on what lib/audit reads.
export default mutation('access', ['lib/access/*.ts', '!lib/admin/audit-log.ts', '!cli/admin.ts'])
