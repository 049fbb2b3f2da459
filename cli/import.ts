import { importCommand } from '@/lib/import/command'

process.exitCode = await importCommand(process.argv.slice(2))
