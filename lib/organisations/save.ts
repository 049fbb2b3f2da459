import { randomUUID } from 'node:crypto'
import {
  can,
  type Action,
  type Actor,
  type Subject,
  type UserActor,
} from '@/lib/permissions/permissions'
import { subjectOf } from '@/lib/permissions/subject'
import { writer, type Transaction } from '@/lib/database/client'
import { insert } from '@/lib/database/sql'
import { fold } from '@/lib/text/fold'
import { writeSearchDocuments } from '@/lib/search/document'
import { authorize } from './authorize'
import { changedFields } from './changed-fields'
import { findUndisclosed, passagesOf } from './disclosure'
import { withIdempotency } from './idempotency'
import { changeStatusInTransaction } from './publish'
import { recordDenied } from './record-denied'
import { renameInTransaction } from './rename'
import {
  commandOk,
  invalidInput,
  type CommandError,
  type CommandOk,
  type CommandResult,
  type InvalidInput,
} from './result'
import { profileContentSchema, type ProfileContent } from './schema'
import { chooseSlug, slugFrom } from './slug'
import { loadStoredProfile, type StoredProfile } from './stored'
import {
  assignAnswerRevisions,
  deleteChildRows,
  hasSameContent,
  insertChildRows,
  recordChange,
  saveImportedPage,
  toOrganisationRow,
  updateProfileRow,
  type DeferredSearchDocuments,
  type ImportedPage,
  type WriteOptions,
} from './write-rows'

export type SaveInput = {
  /** The profile to change and the version that the actor has seen; null creates one. */
  profile: { id: string; version: number } | null
  content: ProfileContent
  /** A code (`import`, `edit`) or the actor's own words; kept in the history. */
  reason: string
  /** Status of a new profile, `draft` if missing. Existing ones keep their status. */
  status?: 'draft' | 'listed'
  /** For a new profile: made up for a demo. */
  fictional?: boolean
  /** For an import; the page is stored in the same transaction. */
  importedPage?: ImportedPage
  /** Hashes of the passages that the actor was shown and publishes as they are. */
  asItIs?: readonly string[] | undefined
}

/**
 * Creates a profile or replaces the content of one: profile, revision, search document and content
 * version in one transaction. An import never creates a second organisation with the same name and
 * country. Saving content that is there already changes nothing and makes no revision.
 *
 * @returns the profile's new version, or why nothing was written
 */
export async function saveProfile(actor: Actor, input: SaveInput): Promise<CommandResult> {
  return writer().$transaction((tx) => saveProfileInTransaction(tx, actor, input))
}

/** Saves a profile as `saveProfile` does, as part of a larger transaction. */
export async function saveProfileInTransaction(
  tx: Transaction,
  actor: Actor,
  input: SaveInput,
): Promise<CommandResult> {
  const content = parseContent(input.content)
  return content.ok ? writeProfile(tx, actor, input, content.data) : content
}

/**
 * Saves many profiles in one transaction, each checked and written as `saveProfile` does: with a
 * transaction for each, filling a directory would mostly wait for the disk. An input that is refused
 * changes nothing and does not stop the others; an exception rolls all of them back.
 *
 * @param inputs a few dozen at a time, because other writers wait meanwhile
 * @returns a result for each, in the same order
 */
export async function saveProfiles(actor: Actor, inputs: SaveInput[]): Promise<CommandResult[]> {
  const parsed = inputs.map((input) => ({ input, content: parseContent(input.content) }))
  return writer().$transaction(async (tx) => {
    const results: CommandResult[] = []
    const deferredSearchDocuments: DeferredSearchDocuments = new Map()
    for (const { input, content } of parsed) {
      const options: SaveInput & WriteOptions = { ...input, deferredSearchDocuments }
      results.push(content.ok ? await writeProfile(tx, actor, options, content.data) : content)
    }
    await writeSearchDocuments(tx, [...deferredSearchDocuments.values()])
    return results
  })
}

export type EditInput = Pick<SaveInput, 'profile' | 'content'> & {
  /** A new slug for an existing profile; if missing, it stays. */
  slug?: string | undefined
  /** Lists the profile in the same transaction. */
  followUp?: 'list' | undefined
  /** Hashes of the passages that the actor was shown and publishes as they are. */
  asItIs?: readonly string[] | undefined
  /** As `idempotencyKeyOf` makes it: the same form sent again changes nothing and gets the same result. */
  idempotencyKey: string
}

/** Rolls the transaction back and carries the result out of it. */
class RollbackError extends Error {
  constructor(readonly result: CommandError) {
    super(result.reason)
  }
}

/**
 * Saves a profile from a form: its content, then a new slug and the listing if the form asks for them.
 * Either all of it is written or nothing, and only once for each form.
 *
 * @returns the profile after all of it, or why nothing was written
 */
export async function editProfile(actor: UserActor, input: EditInput): Promise<CommandResult> {
  try {
    return await writer().$transaction((tx) =>
      withIdempotency(tx, actor, input.idempotencyKey, () => editInTransaction(tx, actor, input)),
    )
  } catch (error) {
    if (error instanceof RollbackError) return error.result
    throw error
  }
}

async function editInTransaction(
  tx: Transaction,
  actor: UserActor,
  { profile, content, slug, followUp, asItIs }: EditInput,
): Promise<CommandResult> {
  const isListing = followUp === 'list'
  const before = profile === null ? null : await loadStoredProfile(tx, profile.id)
  const furtherActions: Action[] = [
    ...(before && slug !== undefined && slug !== before.slug ? (['rename'] as const) : []),
    ...(before && isListing && before.status !== 'listed' ? (['list'] as const) : []),
  ]
  for (const action of furtherActions) {
    const error = await authorize(tx, actor, action, before, undefined)
    if (error) return error
  }
  const reason = 'edit'
  const status = profile === null && isListing ? 'listed' : 'draft'
  const input = { profile, content, reason, status, asItIs } as const
  const saved = await saveProfileInTransaction(tx, actor, input)
  if (!saved.ok) return saved
  let result: CommandOk = saved
  if (slug !== undefined) {
    const { id, version } = result
    result = orRollBack(await renameInTransaction(tx, actor, { id, version, reason, slug }))
  }
  if (isListing) {
    const { id, version } = result
    const listing = { id, version, reason, asItIs }
    result = orRollBack(await changeStatusInTransaction(tx, 'listed', 'list', actor, listing))
  }
  return result
}

/** What was saved before must not stay if a later step fails. */
function orRollBack(result: CommandResult): CommandOk {
  if (!result.ok) throw new RollbackError(result)
  return result
}

/** Checks content against the schema of a profile. */
export function parseContent(content: unknown): { ok: true; data: ProfileContent } | InvalidInput {
  const parsed = profileContentSchema.safeParse(content)
  return parsed.success ? { ok: true, data: parsed.data } : invalidInput(parsed.error)
}

function writeProfile(
  tx: Transaction,
  actor: Actor,
  input: SaveInput & WriteOptions,
  content: ProfileContent,
): Promise<CommandResult> {
  if (input.profile === null) return createProfile(tx, actor, input, content)
  return replaceProfile(tx, actor, input.profile, input, content)
}

async function createProfile(
  tx: Transaction,
  actor: Actor,
  input: SaveInput & WriteOptions,
  content: ProfileContent,
): Promise<CommandResult> {
  const status = input.status ?? 'draft'
  const fictional = input.fictional ?? false
  const subject: Subject = {
    ...{ id: null, region: content.region, state: 'new', fictional },
    held: false,
  }
  if (!can(actor, 'create', subject)) return recordDenied(tx, actor, 'create', null)
  if (status === 'listed' && !can(actor, 'list', subject)) {
    return recordDenied(tx, actor, 'list', null)
  }
  if (input.importedPage) {
    const duplicate = await tx.organisation.findFirst({
      where: { nameFolded: fold(content.name), country: content.country },
      select: { id: true },
    })
    if (duplicate) return { ok: false, reason: 'duplicate', id: duplicate.id }
  }
  const at = new Date()
  const profile: StoredProfile = {
    ...content,
    id: randomUUID(),
    slug: await chooseSlug(tx, slugFrom(content.name)),
    status,
    version: 1,
    fictional,
    held: false,
    listedAt: status === 'listed' ? at : null,
    confirmedAt: null,
    confirmedBy: null,
    updatedAt: at,
    answers: assignAnswerRevisions(content.answers, null, 1),
  }
  const disclosure = await findUndisclosed(tx, profile, input.asItIs)
  if (disclosure) return disclosure
  await insert(tx, 'Organisation', [{ ...toOrganisationRow(profile), createdAt: at }])
  await insertChildRows(tx, profile)
  await recordChange(tx, actor, input, profile, 'new', at)
  return commandOk(profile)
}

/**
 * Replaces the content of a profile, in the caller's transaction.
 *
 * @param target the profile and the version that the actor has seen
 * @param content already checked by `parseContent`
 */
export async function replaceProfile(
  tx: Transaction,
  actor: Actor,
  target: { id: string; version: number },
  options: WriteOptions,
  content: ProfileContent,
): Promise<CommandResult> {
  const before = await loadStoredProfile(tx, target.id)
  const error = await authorize(tx, actor, 'save', before, target.version)
  if (error || !before) return error ?? { ok: false, reason: 'notFound' }

  const at = new Date()
  const version = before.version + 1
  const after: StoredProfile = {
    ...before,
    ...content,
    version,
    updatedAt: at,
    answers: assignAnswerRevisions(content.answers, before.answers, version),
  }
  const changes = changedFields(before, after)
  // Checked for both sides: an editor must not move a profile into a region that is not theirs.
  const isAllowed = [before, after].every((side) => can(actor, 'save', subjectOf(side), changes))
  if (!isAllowed) return recordDenied(tx, actor, 'save', before.id)
  if (hasSameContent(before, after)) {
    if (options.importedPage) await saveImportedPage(tx, before.id, options.importedPage, at)
    return commandOk(before)
  }
  // An import has nobody to ask: it brings nothing new, and what stands already is for a person to answer.
  const standing = options.importedPage ? passagesOf(before.answers).map(({ hash }) => hash) : []
  const asItIs = [...standing, ...(options.asItIs ?? [])]
  const disclosure = await findUndisclosed(tx, after, asItIs)
  if (disclosure) return disclosure
  await deleteChildRows(tx, before.id)
  await insertChildRows(tx, after)
  await updateProfileRow(tx, actor, options, { before, after, at })
  return commandOk(after)
}
