import { importSiteCommand } from '@/lib/site/import-command'

process.exitCode = await importSiteCommand(process.argv.slice(2))
