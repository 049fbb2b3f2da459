import { doctorCommand } from '@/lib/health/command'

process.exitCode = await doctorCommand(process.argv.slice(2))
