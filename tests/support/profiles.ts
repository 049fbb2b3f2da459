import type { Actor } from '@/lib/permissions/permissions'
import { saveProfile } from '@/lib/organisations/save'
import type { CommandOk } from '@/lib/organisations/result'
import type { ProfileContent } from '@/lib/organisations/schema'

export const administrator: Actor = { kind: 'user', id: 'ada', role: 'administrator' }

/** The content of a fictional profile; every field may be replaced. */
export function content(changes: Partial<ProfileContent> = {}): ProfileContent {
  return {
    name: 'Collectif Lanterne',
    aliases: [],
    country: 'BI',
    region: 'africa',
    regionSuggested: false,
    priorityAreas: ['health', 'stigma'],
    contacts: { email: null, website: null, telephone: null },
    answers: {
      who: [
        {
          language: 'fr',
          text: 'Nous travaillons avec des femmes et des personnes trans.',
          provenance: 'original',
          source: null,
        },
        {
          language: 'en',
          text: 'We work with women and trans people.',
          provenance: 'translation',
          source: { language: 'fr', revision: 'current' },
        },
      ],
      involvement: [],
      challenges: [],
      otherWork: [],
    },
    ...changes,
  }
}

/** Saves a fictional profile, listed unless said otherwise. */
export async function givenProfile(
  changes: Partial<ProfileContent> = {},
  status: 'draft' | 'listed' = 'listed',
): Promise<CommandOk> {
  const outcome = await saveProfile(administrator, {
    profile: null,
    content: content(changes),
    reason: 'edit',
    status,
  })
  if (!outcome.ok) throw new Error(`not saved: ${outcome.reason}`)
  return outcome
}
