import { beforeEach, expect, test } from 'vitest'
import { parseFilters } from '@/lib/directory/filters'
import { listOrganisations } from '@/lib/directory/queries'
import { saveProfile } from '@/lib/organisations/save'
import { findPublicProfile } from '@/lib/organisations/public-queries'
import { freshDatabase } from '@/tests/support/database'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

beforeEach(freshDatabase)

function answering(text: string) {
  const answers = { ...content().answers, who: [] }
  return {
    answers: {
      ...answers,
      otherWork: [{ language: 'fr', text, provenance: 'original' as const, source: null }],
    },
  }
}

test.each([
  ['emoji joined into one', '👩🏿‍⚖️ avec nous'],
  ['joiners and non-joiners', 'می‌خواهیم و فارسی‍ها'],
  ['marks of direction', 'groupe \u200Fعربي\u200E ici'],
  ['a soft hyphen and a tab', 'travail\u00ADleurSEs\tdu sexe'],
  ['letters with separate accents', 'e\u0301coute et solidarite\u0301'],
  ['letters beyond the basic plane', '𝒜ssociation 𠮷野'],
])('%s stay as they were written', async (_, text) => {
  const { slug } = await givenProfile(answering(text))
  const found = await findPublicProfile(slug)
  expect(found).toMatchObject({ profile: { answers: { otherWork: [{ text }] } } })
})

test.each([
  ['an embedding', 'a\u202Ab'],
  ['an override', 'a\u202Eb'],
  ['an isolate', 'a\u2067b'],
  ['NUL', 'a\u0000b'],
  ['half a surrogate pair', 'a\uDC00b'],
])('%s is refused wherever it stands', async (_, text) => {
  for (const changes of [answering(text), { name: text }, { aliases: [text] }]) {
    const outcome = await saveProfile(administrator, {
      profile: null,
      content: content(changes),
      reason: 'edit',
    })
    expect(outcome).toMatchObject({ ok: false, reason: 'invalid' })
  }
})

test('composed and decomposed letters are the same to a search', async () => {
  await givenProfile({ name: 'Écoute (fictive)', ...answering('Solidarité et écoute.') })
  await givenProfile({
    name: 'E\u0301coute 2 (fictive)',
    ...answering('Solidarite\u0301 et e\u0301coute.'),
  })
  for (const q of ['écoute', 'e\u0301coute', 'ECOUTE', 'SOLIDARITÉ', 'solidarite\u0301']) {
    const { filters } = parseFilters({ q })
    expect(await listOrganisations(filters, 'fr')).toMatchObject({ total: 2 })
  }
})
