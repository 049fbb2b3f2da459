import { auditCommand } from '@/lib/audit/command'
import { verifyRevisions } from '@/lib/revision/verify'

process.exitCode = await auditCommand(process.argv.slice(2), verifyRevisions)
