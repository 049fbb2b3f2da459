import { reader } from '@/lib/database/client'
import { fold } from '@/lib/text/fold'
import { toProfileContent } from '@/lib/organisations/load-content'
import type { ProfileContent, Status } from '@/lib/organisations/schema'
import { chooseSlug, slugFrom } from '@/lib/organisations/slug'
import { loadStoredProfile } from '@/lib/organisations/stored'
import { parseFields } from './merge-page'
import type { ImportedFields } from './merge-page'

/** An organisation as an import meets it. */
export type OrganisationMatch = {
  id: string
  slug: string
  status: Status
  version: number
  content: ProfileContent
  /** What its last imported page gave; null where it was never imported. */
  lastPage: { contentHash: string; fields: ImportedFields | null } | null
}

/** What the database holds; for a dry run, together with what the files before would have written. */
export type OrganisationMatcher = {
  /**
   * Organisation of a page, by folded name or alias and country. A country that was not understood
   * leads only to the organisation that a page with the same words for it made.
   */
  find: (page: {
    name: string
    country: string | null
    unclearCountry: string | null
  }) => Promise<OrganisationMatch | 'none' | 'ambiguous'>
  /** The address that a new organisation of this name gets. */
  slugFor: (name: string) => Promise<string>
  /** Takes note of what would have been written. */
  addPlanned: (known: OrganisationMatch) => void
}

/** Opens the view on the database that one import works with. Reads only. */
export function createMatcher(): OrganisationMatcher {
  const planned = new Map<string, OrganisationMatch>()

  async function candidates(name: string): Promise<{ id: string; country: string | null }[]> {
    const nameFolded = fold(name)
    const stored = await reader().organisation.findMany({
      where: { OR: [{ nameFolded }, { aliases: { some: { nameFolded } } }] },
      select: { id: true, country: true },
      orderBy: { id: 'asc' },
    })
    const isNamed = ({ content }: OrganisationMatch): boolean =>
      [content.name, ...content.aliases].some((other) => fold(other) === nameFolded)
    return [
      ...stored.filter(({ id }) => !planned.has(id)),
      ...[...planned.values()]
        .filter(isNamed)
        .map(({ id, content }) => ({ id, country: content.country })),
    ]
  }

  async function read(id: string): Promise<OrganisationMatch | 'none'> {
    return planned.get(id) ?? (await loadMatch(id)) ?? 'none'
  }

  return {
    async find({ name, country, unclearCountry }) {
      const named = await candidates(name)
      if (unclearCountry !== null) {
        for (const { id } of named) {
          const known = await read(id)
          if (known === 'none') continue
          const before = known.lastPage?.fields?.unclearCountry ?? null
          if (before !== null && fold(before) === fold(unclearCountry)) return known
        }
        return named.some((other) => other.country === null) ? 'ambiguous' : 'none'
      }
      const inCountry = named.filter((candidate) => candidate.country === country)
      // A missing country, of the page or of the organisation, matches where there is only one.
      const anyhow = country === null ? named : named.filter((other) => other.country === null)
      const matches = country !== null && inCountry.length > 0 ? inCountry : anyhow
      const [match] = matches
      if (match === undefined) return 'none'
      return matches.length > 1 ? 'ambiguous' : read(match.id)
    },
    slugFor(name) {
      const promised = new Set([...planned.values()].map(({ slug }) => slug))
      return chooseSlug(reader(), slugFrom(name), promised)
    },
    addPlanned(known) {
      planned.set(known.id, known)
    },
  }
}

async function loadMatch(id: string): Promise<OrganisationMatch | null> {
  const profile = await loadStoredProfile(reader(), id)
  if (!profile) return null
  const last = await reader().importedPage.findFirst({
    where: { organisationId: id },
    orderBy: { id: 'desc' },
    select: { content: true, contentHash: true },
  })
  return {
    id,
    slug: profile.slug,
    status: profile.status,
    version: profile.version,
    content: toProfileContent(profile),
    lastPage: last && { contentHash: last.contentHash, fields: parseFields(last.content) },
  }
}
