import { exportCommand } from '@/lib/site/export-command'

process.exitCode = await exportCommand(process.argv.slice(2))
