import { restoreCommand } from '@/lib/backup/restore-command'

process.exitCode = await restoreCommand(process.argv.slice(2))
