import { demoCommand } from '@/lib/demo/command'

process.exitCode = await demoCommand(process.argv.slice(2))
