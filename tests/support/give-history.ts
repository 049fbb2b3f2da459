import { closeDatabase } from '@/lib/database/client'
import { saveProfile } from '@/lib/organisations/save'
import { administrator, content } from './profiles'
import { XSS_STRINGS } from './xss-strings'

// Run as a process of its own: `tsx tests/support/give-history.ts NAME`. A listed organisation in
// Africa with two revisions: the later one has another name, and every hostile text in its answers.
const [name = ''] = process.argv.slice(2)
const first = await saveProfile(administrator, {
  ...{ profile: null, reason: 'edit', status: 'listed' },
  content: content({ name }),
})
if (!first.ok) throw new Error(first.reason)
const second = await saveProfile(administrator, {
  profile: { id: first.id, version: 1 },
  content: content({
    name: `${name} bis`,
    aliases: XSS_STRINGS.slice(0, 40).map((text) => text),
    answers: {
      ...content().answers,
      involvement: [
        { language: 'fr', text: XSS_STRINGS.join('\n'), provenance: 'original', source: null },
      ],
    },
  }),
  reason: XSS_STRINGS[0],
})
if (!second.ok) throw new Error(second.reason)
process.stdout.write(JSON.stringify({ id: first.id, slug: first.slug }))
await closeDatabase()
