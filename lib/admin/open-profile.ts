import { can, type UserActor } from '@/lib/permissions/permissions'
import { subjectOf } from '@/lib/permissions/subject'
import { writer } from '@/lib/database/client'
import { loadRevisionContent } from '@/lib/organisations/load-content'
import { isOutdated } from '@/lib/organisations/outdated'
import { PUBLIC_SELECT, toPublicProfile, type PublicProfile } from '@/lib/organisations/public'
import { QUESTIONS, type ProfileContent } from '@/lib/organisations/schema'
import { loadStoredProfile, type StoredProfile } from '@/lib/organisations/stored'
import type { ActiveEditor, OutdatedAnswer } from './filters'
import { listPresence, recordPresence } from './presence'

// This file reads through the writer, so that a user sees what they have just saved.

export type OpenedProfile = {
  profile: StoredProfile
  outdated: OutdatedAnswer[]
  /** Other users who have opened it in the last minutes. */
  editors: ActiveEditor[]
}

/**
 * Loads a profile for editing, and records that the user has opened it.
 *
 * @returns null if there is no such profile or the user may not view it; the two look the same
 */
export async function openProfile(actor: UserActor, id: string): Promise<OpenedProfile | null> {
  const profile = await loadVisibleProfile(actor, id)
  if (!profile) return null
  await recordPresence(actor, id)
  return {
    profile,
    outdated: await findOutdatedAnswers(profile),
    editors: await listPresence(actor, [id]),
  }
}

/** Loads a profile like `openProfile`, but records nothing: for the pages beside the form. */
export async function loadVisibleProfile(
  actor: UserActor,
  id: string,
): Promise<StoredProfile | null> {
  const profile = await loadStoredProfile(writer(), id)
  return profile && can(actor, 'view', subjectOf(profile)) ? profile : null
}

/** Loads the profile as its public page shows it, or would show it; null as for `openProfile`. */
export async function loadPreview(actor: UserActor, id: string): Promise<PublicProfile | null> {
  if (!(await loadVisibleProfile(actor, id))) return null
  const row = await writer().organisation.findUnique({ where: { id }, select: PUBLIC_SELECT })
  return row && toPublicProfile(row)
}

/**
 * Loads the content of a profile at an earlier version, for merging two changes.
 *
 * @returns null as for `openProfile`, and if there is no such version or it was erased
 */
export async function contentAtVersion(
  actor: UserActor,
  id: string,
  version: number,
): Promise<ProfileContent | null> {
  if (!(await loadVisibleProfile(actor, id))) return null
  return loadRevisionContent(writer(), id, version)
}

async function findOutdatedAnswers(profile: StoredProfile): Promise<OutdatedAnswer[]> {
  const outdated = QUESTIONS.flatMap((question) => {
    const answers = profile.answers[question]
    return answers.flatMap((answer) => {
      const source = answers.find(({ language }) => language === answer.source?.language)
      if (!source || !answer.source || !isOutdated(answer, answers)) return []
      const { revision } = answer.source
      return { question, language: answer.language, source, revision }
    })
  })
  const contents = new Map<number, ProfileContent | null>()
  for (const { revision } of outdated) {
    if (contents.has(revision)) continue
    contents.set(revision, await loadRevisionContent(writer(), profile.id, revision))
  }
  return outdated.map(({ question, language, source, revision }) => {
    const before = contents
      .get(revision)
      ?.answers[question].find((answer) => answer.language === source.language)
    return {
      question,
      language,
      source: { language: source.language, before: before?.text ?? null, now: source.text },
    }
  })
}
