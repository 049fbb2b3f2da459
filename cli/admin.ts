import { adminCommand } from '@/lib/access/command'

process.exitCode = await adminCommand(process.argv.slice(2))
