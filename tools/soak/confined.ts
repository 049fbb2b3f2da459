import { sendProfile } from '@/tests/support/desk-over-http'
import { ask } from '@/tests/support/http'
import { runSite } from '@/tests/support/site'

// Run by `machine.ts` inside namespaces: the site and its reader have one loopback of their own there.
const settings = process.env
const site = await runSite({
  port: Number(settings['SOAK_PORT']),
  databaseUrl: settings['DATABASE_URL'] ?? '',
  settings: { LOG_LEVEL: 'warn' },
})
const cookie = settings['COOKIE'] ?? ''
const asked = ['/fr', '/en/organisations', '/fr/organisations?q=fictional', '/fr/map', '/fr/admin']
const faults: string[] = []
for (const address of [...asked, '/fr/organisations/list.csv', '/sitemap.xml', '/healthz']) {
  const { status } = await ask(site.baseUrl, address, { headers: { cookie } })
  if (status !== 200) faults.push(`${address}: ${String(status)}`)
}
const { saved, status, location } = await sendProfile(site.baseUrl, cookie, {
  name: 'Fictional Hermit',
  countryName: 'Burundi',
})
if (saved === null) faults.push(`saving: ${String(status)} ${location}`)
process.kill(site.pid, 'SIGTERM')
const code = await site.ended
await site.stop()
if (code !== 0) faults.push(`ended with ${String(code)}`)
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n${site.said()}\n`)
  process.exit(1)
}
process.stdout.write('starts, answers, signs in, saves and stops\n')
process.exit(0)
