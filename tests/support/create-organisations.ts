import { reader } from '@/lib/database/client'
import { hideProfile, listProfile } from '@/lib/organisations/publish'
import { renameProfile } from '@/lib/organisations/rename'
import { saveProfile } from '@/lib/organisations/save'
import { administrator, content, givenProfile } from './profiles'
import { XSS_STRINGS } from './xss-strings'

/**
 * A listed organisation in Africa with two revisions: the later one is called `NAME bis`, and has every
 * hostile text in its answers.
 */
export async function createHistory(name: string): Promise<{ id: string; slug: string }> {
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
  return { id: first.id, slug: first.slug }
}

/** An organisation of this name that is hidden; gives its id. */
export async function createHidden(name: string): Promise<string> {
  const { id } = await givenProfile({ name })
  const hidden = await hideProfile(administrator, { id, reason: 'hide' })
  if (!hidden.ok) throw new Error(hidden.reason)
  return id
}

/** A listed organisation of this name at another address than its first one. */
export async function createRenamed(name: string, slug: string): Promise<void> {
  const { id } = await givenProfile({ name })
  const outcome = await renameProfile(administrator, { id, slug, reason: 'rename' })
  if (!outcome.ok) throw new Error(outcome.reason)
}

/** Hides or lists an organisation in this process: the site must notice what it did not do itself. */
export async function setStatus(slug: string, status: 'hidden' | 'listed'): Promise<void> {
  const { id } = await reader().organisation.findUniqueOrThrow({ where: { slug } })
  const command = status === 'hidden' ? hideProfile : listProfile
  const outcome = await command(administrator, { id, reason: 'test' })
  if (!outcome.ok) throw new Error(outcome.reason)
}
