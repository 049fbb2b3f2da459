import { importPagesFromStdin } from '@/lib/import/read-pages'

// Started by the server, for what takes memory that a server would keep for good.
process.exitCode = await importPagesFromStdin()
