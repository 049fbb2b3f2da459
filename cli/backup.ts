import { backupCommand } from '@/lib/backup/command'

process.exitCode = await backupCommand(process.argv.slice(2))
