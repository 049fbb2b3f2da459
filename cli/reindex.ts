import { reindexCommand } from '@/lib/profile/reindex-command'

process.exitCode = await reindexCommand(process.argv.slice(2))
