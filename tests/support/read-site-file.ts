import { openSiteFile, readSite } from '@/lib/site-transfer/read-lines'

// Run as a process of its own: `tsx tests/support/read-site-file.ts FILE`. Says where the file is
// refused and why, and how many bytes of memory the reading took at the most.
const [name = ''] = process.argv.slice(2)
const KIB = 1024
const before = process.resourceUsage().maxRSS
const file = await openSiteFile(name)
let said = 'notAFile'
if (file) {
  for await (const read of readSite(file)) {
    said = read.ok ? 'read' : `${String(read.line)} ${read.fault.reason}`
  }
  await file.close()
}
const bytes = (process.resourceUsage().maxRSS - before) * KIB
process.stdout.write(JSON.stringify({ said, bytes }))
