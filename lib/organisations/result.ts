import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import {
  actorName,
  can,
  type Action,
  type Actor,
  type Subject,
} from '@/lib/permissions/permissions'
import type { AuditAction } from '@/lib/audit/actions'
import { recordAudit } from '@/lib/audit/record'
import { writer, type Transaction } from '@/lib/database/client'
import { insert } from '@/lib/database/sql'
import { log } from '@/lib/log'
import { fold } from '@/lib/text/fold'
import { recordRevision } from '@/lib/revisions/record'
import { parseSnapshot } from '@/lib/revisions/snapshot'
import type { SearchableText } from '@/lib/search/analyze'
import {
  removeSearchDocument,
  writeSearchDocuments,
  writeSearchDocument,
} from '@/lib/search/document'
import { changedFields } from './changed-fields'
import { recordDenied } from './record-denied'
import { eraseProfile, purgeErased, isErased } from './erase'
import { restoredContent } from './restore'
import {
  CONTACT_KINDS,
  QUESTIONS,
  profileContentSchema,
  reasonSchema,
  type AnswerContent,
  type ProfileContent,
  type Question,
  type Status,
} from './schema'
import { chooseSlug, isReservedSlug, slugFrom } from './slug'
import { searchableText } from './search-text'
import { loadStoredProfile, type StoredAnswer, type StoredProfile } from './stored'

/** Why a command changed nothing. */
export type CommandError =
  /** The actor has no right to do this to this profile as it stands. */
  | { ok: false; reason: 'denied' }
  | { ok: false; reason: 'notFound' }
  /** Somebody else changed the profile since the given version. */
  | { ok: false; reason: 'stale'; version: number }
  /** The content breaks the schema: path of each field and code of what is wrong. */
  | { ok: false; reason: 'invalid'; issues: { path: string; code: string }[] }
  /** An organisation of that name and country exists already. */
  | { ok: false; reason: 'duplicate'; id: string }
  /** The address is taken, reserved or not well formed. */
  | { ok: false; reason: 'slugTaken' }

export type CommandOk = { ok: true; id: string; slug: string; version: number; status: Status }

export type CommandResult = CommandOk | CommandError

export type SaveInput = {
  /** The profile to change, as it was read; null creates one. */
  profile: { id: string; version: number } | null
  content: ProfileContent
  /** A code (`import`, `edit`) or a person's words; kept in the history. */
  reason: string
  /** For a new profile: where it starts. Existing ones keep their status. */
  status?: 'draft' | 'listed'
  /** For a new profile: invented for demonstration. */
  fictional?: boolean
  /** For an import: the page as JSON, kept in the same transaction to compare the next one with. */
  importedPage?: { content: string; contentHash: string }
}

/**
 * Creates a profile or replaces the content of one: profile, revision, search document and content
 * version in one transaction. An import creates no second organisation of the same name and country.
 * Saving what is already there changes nothing and makes no revision.
 *
 * @returns the profile's new version, or why nothing was written
 */
export async function saveProfile(actor: Actor, save: SaveInput): Promise<CommandResult> {
  return writer().$transaction((tx) => saveProfileInTransaction(tx, actor, save))
}

/** Saves a profile as `saveProfile` does it, within the transaction of something larger. */
export async function saveProfileInTransaction(
  tx: Transaction,
  actor: Actor,
  save: SaveInput,
): Promise<CommandResult> {
  const content = parseContent(save.content)
  if (!content.ok) return content
  return writeProfile(tx, actor, save, content.data)
}

export type EditInput = Pick<SaveInput, 'profile' | 'content'> & {
  /** Another address for the profile; none: it stays. */
  slug?: string | undefined
  /** Makes the profile public in the same transaction. */
  followUp?: 'list' | undefined
  /** As `keyOfForm` gives it: the same form sent again changes nothing and answers the same. */
  idempotencyKey: string
}

/** Undoes the transaction and carries out why. */
class RollbackError extends Error {
  constructor(readonly outcome: CommandError) {
    super(outcome.reason)
  }
}

/**
 * What a form of the desk does: saves the content, gives another address if one is asked for, and
 * lists the profile if that was asked for. All of it or nothing, once per form.
 *
 * @returns the profile as it stands after all, or why nothing was written
 */
export async function editProfile(
  actor: Extract<Actor, { kind: 'user' }>,
  edit: EditInput,
): Promise<CommandResult> {
  try {
    return await writer().$transaction((tx) =>
      withIdempotency(tx, actor, edit.idempotencyKey, () => editInTransaction(tx, actor, edit)),
    )
  } catch (error) {
    if (error instanceof RollbackError) return error.outcome
    throw error
  }
}

async function editInTransaction(
  tx: Transaction,
  actor: Actor,
  edit: EditInput,
): Promise<CommandResult> {
  const { profile, content, slug, followUp: then } = edit
  const isNew = profile === null
  const status = isNew && then === 'list' ? 'listed' : 'draft'
  const before = isNew ? null : await loadStoredProfile(tx, profile.id)
  const further: Action[] = [
    ...(before && slug !== undefined && slug !== before.slug ? (['rename'] as const) : []),
    ...(before && then === 'list' && before.status !== 'listed' ? (['list'] as const) : []),
  ]
  for (const act of further) {
    const refusal = await authorize(tx, actor, act, before, undefined)
    if (refusal) return refusal
  }
  const saved = await saveProfileInTransaction(tx, actor, {
    profile,
    content,
    reason: 'edit',
    status,
  })
  if (!saved.ok) return saved
  const steps = [
    ...(slug === undefined ? [] : [() => renameInTransaction(tx, actor, { ...target(), slug })]),
    ...(then === 'list'
      ? [() => changeStatusInTransaction(tx, 'listed', 'list', actor, target())]
      : []),
  ]
  let outcome: CommandOk = saved
  for (const step of steps) {
    const next = await step()
    // What was saved before goes with it: nobody asked for half of this.
    if (!next.ok) throw new RollbackError(next)
    outcome = next
  }
  return outcome

  function target() {
    return { id: outcome.id, version: outcome.version, reason: 'edit' }
  }
}

/**
 * What a form that was received already has done, for whoever sends it again; null for a new one.
 *
 * @param form as in `Edit`
 */
export async function findPreviousResult(
  actor: Extract<Actor, { kind: 'user' }>,
  form: string,
): Promise<CommandOk | null> {
  const received = await writer().idempotencyKey.findFirst({
    where: { id: form, userId: actor.id },
  })
  return received && (JSON.parse(received.outcome) as CommandOk)
}

/** So long a form that was received is known again. */
const IDEMPOTENCY_TTL = 7 * 24 * 60 * 60 * 1000

async function withIdempotency(
  tx: Transaction,
  actor: Extract<Actor, { kind: 'user' }>,
  form: string,
  run: () => Promise<CommandResult>,
): Promise<CommandResult> {
  const received = await tx.idempotencyKey.findUnique({ where: { id: form } })
  if (received) {
    if (received.userId !== actor.id) return { ok: false, reason: 'denied' }
    return JSON.parse(received.outcome) as CommandOk
  }
  const outcome = await run()
  // What was refused may be sent again, once it is mended.
  if (!outcome.ok) return outcome
  const receivedAt = new Date()
  await tx.idempotencyKey.deleteMany({
    where: { receivedAt: { lt: new Date(receivedAt.getTime() - IDEMPOTENCY_TTL) } },
  })
  await tx.idempotencyKey.createMany({
    data: { id: form, userId: actor.id, outcome: JSON.stringify(outcome), receivedAt },
  })
  return outcome
}

/**
 * Saves many profiles in one transaction, each checked and written as `saveProfile` does it: for
 * filling a directory, where a transaction for each would mostly wait for the disk. A refused one
 * changes nothing and does not stop the others; an error undoes them all.
 *
 * @param saves some dozens at a time: nobody else can write meanwhile
 * @returns an outcome for each, in the same order
 */
export async function saveProfiles(actor: Actor, saves: SaveInput[]): Promise<CommandResult[]> {
  const contents = saves.map((save) => ({ save, content: parseContent(save.content) }))
  return writer().$transaction(async (tx) => {
    const outcomes: CommandResult[] = []
    const searchedLater: DeferredSearchDocuments = new Map()
    for (const { save, content } of contents) {
      const change = { ...save, searchedLater }
      outcomes.push(content.ok ? await writeProfile(tx, actor, change, content.data) : content)
    }
    await writeSearchDocuments(tx, [...searchedLater.values()])
    return outcomes
  })
}

/**
 * Search documents that are written together at the end of a transaction, by organisation. One by
 * one, every other statement between two of them makes SQLite write a part of the index to the file.
 */
type DeferredSearchDocuments = Map<string, { organisationId: string; text: SearchableText }>

/** What is written, with why. */
type WriteOptions = {
  reason: string
  importedPage?: SaveInput['importedPage']
  /** Where it is missing, the search document is written at once. */
  deferredSearchDocuments?: DeferredSearchDocuments
}

function parseContent(
  content: unknown,
): { ok: true; data: ProfileContent } | Extract<CommandError, { reason: 'invalid' }> {
  const parsed = profileContentSchema.safeParse(content)
  return parsed.success ? { ok: true, data: parsed.data } : invalidInput(parsed.error)
}

function invalidInput(
  error: z.ZodError,
  path: string[] = [],
): Extract<CommandError, { reason: 'invalid' }> {
  const issues = error.issues.map((issue) => ({
    path: [...path, ...issue.path].join('.'),
    code: issue.message,
  }))
  return { ok: false, reason: 'invalid', issues }
}

function writeProfile(
  tx: Transaction,
  actor: Actor,
  save: SaveInput & WriteOptions,
  content: ProfileContent,
): Promise<CommandResult> {
  if (save.profile === null) return createProfile(tx, actor, save, content)
  return replaceProfile(tx, actor, save.profile, save, content)
}

async function createProfile(
  tx: Transaction,
  actor: Actor,
  save: SaveInput & WriteOptions,
  content: ProfileContent,
): Promise<CommandResult> {
  const status = save.status ?? 'draft'
  const fictional = save.fictional ?? false
  const subject: Subject = { id: null, region: content.region, state: 'new', fictional }
  if (!can(actor, 'create', subject)) return recordDenied(tx, actor, 'create', null)
  if (status === 'listed' && !can(actor, 'list', subject))
    return recordDenied(tx, actor, 'list', null)

  const nameFolded = fold(content.name)
  if (save.importedPage) {
    const twin = await tx.organisation.findFirst({
      where: { nameFolded, country: content.country },
      select: { id: true },
    })
    if (twin) return { ok: false, reason: 'duplicate', id: twin.id }
  }

  const at = new Date()
  const id = randomUUID()
  const profile: StoredProfile = {
    ...content,
    id,
    slug: await chooseSlug(tx, slugFrom(content.name)),
    status,
    version: 1,
    fictional,
    listedAt: status === 'listed' ? at : null,
    confirmedAt: null,
    confirmedBy: null,
    updatedAt: at,
    answers: assignAnswerRevisions(content.answers, null, 1),
  }
  await insert(tx, 'Organisation', [{ ...toOrganisationRow(profile), createdAt: at }])
  await insertChildRows(tx, profile)
  await recordChange(tx, actor, save, profile, 'new', at)
  return commandOk(profile)
}

async function replaceProfile(
  tx: Transaction,
  actor: Actor,
  target: { id: string; version: number },
  save: WriteOptions,
  content: ProfileContent,
): Promise<CommandResult> {
  const before = await loadStoredProfile(tx, target.id)
  const refusal = await authorize(tx, actor, 'save', before, target.version)
  if (refusal || !before) return refusal ?? { ok: false, reason: 'notFound' }

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
  // An editor may not move a profile into a region where it would be out of their hands.
  const isAllowed = [before, after].every((side) => can(actor, 'save', subjectOf(side), changes))
  if (!isAllowed) return recordDenied(tx, actor, 'save', before.id)
  if (hasSameContent(before, after)) {
    if (save.importedPage) await saveImportedPage(tx, before.id, save.importedPage, at)
    return commandOk(before)
  }
  await tx.organisation.updateMany({ where: { id: before.id }, data: toOrganisationRow(after) })
  for (const part of [tx.answer, tx.priorityArea, tx.alias, tx.contact]) {
    await (part as typeof tx.alias).deleteMany({ where: { organisationId: before.id } })
  }
  await insertChildRows(tx, after)
  await recordChange(tx, actor, save, after, before.status, at)
  return commandOk(after)
}

export type RestoreInput = {
  id: string
  /** As it was read: a profile that changed since is left alone. */
  version: number
  /** Number of the revision to go back to. */
  revision: number
  /** `all`, or one field by its key: `name`, `answers.who.fr`. */
  field: string
  /** A person's words; kept in the history. */
  reason: string
}

/**
 * Puts back what an earlier revision held, as a new revision: the whole content or one field, an
 * answer in one language too. Status and address stay. What stands as it stood already changes
 * nothing and makes no revision.
 *
 * @returns the profile's new version, or why nothing was written
 */
export async function restoreProfile(
  actor: Actor,
  restoration: RestoreInput,
): Promise<CommandResult> {
  const { id, version, field } = restoration
  const reason = reasonSchema.safeParse(restoration.reason)
  return writer().$transaction(async (tx) => {
    const before = await loadStoredProfile(tx, id)
    const refusal = await authorize(tx, actor, 'save', before, version)
    if (refusal || !before) return refusal ?? { ok: false, reason: 'notFound' }
    const number = restoration.revision
    const isThere = Number.isInteger(number) && number >= 1 && number <= before.version
    const revision = isThere
      ? await tx.revision.findUnique({
          where: { organisationId_number: { organisationId: id, number } },
          select: { format: true, content: true },
        })
      : null
    const snapshot = revision ? parseSnapshot(revision) : 'erased'
    if (snapshot === 'erased') return { ok: false, reason: 'notFound' }
    const content = parseContent(restoredContent(before, snapshot, field))
    if (!content.ok) return content
    if (!reason.success) return invalidInput(reason.error, ['reason'])
    return replaceProfile(tx, actor, { id, version }, { reason: reason.data.trim() }, content.data)
  })
}

type StatusChange = {
  id: string
  /** As it was read; where it is given, a profile that changed since is left alone. */
  version?: number
  /** A code or a person's words; kept in the history. */
  reason: string
}

/** Makes a profile public; from `draft`, `hidden` or, by an administrator, `withdrawn`. */
export function listProfile(actor: Actor, change: StatusChange): Promise<CommandResult> {
  return changeStatus('listed', 'list', actor, change)
}

/** Takes a profile off for now; its member or an editor may list it again. */
export function hideProfile(actor: Actor, change: StatusChange): Promise<CommandResult> {
  return changeStatus('hidden', 'hide', actor, change)
}

/** Takes a profile off for good; only an administrator may list it again. */
export function withdrawProfile(actor: Actor, change: StatusChange): Promise<CommandResult> {
  return changeStatus('withdrawn', 'withdraw', actor, change)
}

async function changeStatus(
  status: Status,
  act: Action,
  actor: Actor,
  change: StatusChange,
): Promise<CommandResult> {
  return writer().$transaction((tx) => changeStatusInTransaction(tx, status, act, actor, change))
}

async function changeStatusInTransaction(
  tx: Transaction,
  status: Status,
  act: Action,
  actor: Actor,
  change: StatusChange,
): Promise<CommandResult> {
  const before = await loadStoredProfile(tx, change.id)
  // Asking for what already is the case is no conflict and needs no second revision.
  if (before?.status === status && isAlwaysAllowed(actor, act, before)) return commandOk(before)
  const refusal = await authorize(tx, actor, act, before, change.version)
  if (refusal || !before) return refusal ?? { ok: false, reason: 'notFound' }
  const at = new Date()
  const after: StoredProfile = {
    ...before,
    status,
    version: before.version + 1,
    listedAt: status === 'listed' ? (before.listedAt ?? at) : before.listedAt,
  }
  await tx.organisation.updateMany({ where: { id: before.id }, data: toOrganisationRow(after) })
  await recordChange(tx, actor, change, after, before.status, at)
  return commandOk(after)
}

/** Records that the profile was declared "still right" today, by whom. */
export async function confirmProfile(actor: Actor, change: StatusChange): Promise<CommandResult> {
  return writer().$transaction(async (tx) => {
    const before = await loadStoredProfile(tx, change.id)
    const refusal = await authorize(tx, actor, 'confirm', before, change.version)
    if (refusal || !before) return refusal ?? { ok: false, reason: 'notFound' }
    const at = new Date()
    const after: StoredProfile = {
      ...before,
      version: before.version + 1,
      confirmedAt: at,
      confirmedBy: actorName(actor),
    }
    await tx.organisation.updateMany({ where: { id: before.id }, data: toOrganisationRow(after) })
    await recordChange(tx, actor, change, after, before.status, at)
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'profileConfirmed',
      subject: before.id,
      detail: { version: after.version },
    })
    return commandOk(after)
  })
}

/**
 * Gives a profile another address; the old one leads to it as long as the profile is listed.
 *
 * @param change.slug lower-case ASCII words joined by `-`; one's own former address may be taken back
 */
export async function renameProfile(
  actor: Actor,
  change: StatusChange & { slug: string },
): Promise<CommandResult> {
  return writer().$transaction((tx) => renameInTransaction(tx, actor, change))
}

async function renameInTransaction(
  tx: Transaction,
  actor: Actor,
  change: StatusChange & { slug: string },
): Promise<CommandResult> {
  const before = await loadStoredProfile(tx, change.id)
  const refusal = await authorize(tx, actor, 'rename', before, change.version)
  if (refusal || !before) return refusal ?? { ok: false, reason: 'notFound' }
  if (before.slug === change.slug) return commandOk(before)
  if (slugFrom(change.slug) !== change.slug || isReservedSlug(change.slug)) {
    return { ok: false, reason: 'slugTaken' }
  }
  const former = await tx.formerSlug.findUnique({ where: { slug: change.slug } })
  const holder = await tx.organisation.findUnique({ where: { slug: change.slug } })
  if (holder !== null || (former !== null && former.organisationId !== before.id)) {
    return { ok: false, reason: 'slugTaken' }
  }
  const at = new Date()
  if (former) await tx.formerSlug.deleteMany({ where: { slug: change.slug } })
  await tx.formerSlug.createMany({
    data: { slug: before.slug, organisationId: before.id, createdAt: at },
  })
  const after: StoredProfile = { ...before, slug: change.slug, version: before.version + 1 }
  await tx.organisation.updateMany({ where: { id: before.id }, data: toOrganisationRow(after) })
  await recordChange(tx, actor, change, after, before.status, at)
  return commandOk(after)
}

/**
 * Erases an organisation on its request: nothing that was ever said by it or about it is left, in no
 * revision, proposal, form, mail or index, nor in the database's file. What stays is a withdrawn row
 * with a name that says nothing, the chain of its revisions without their content, and the record
 * that it was erased, when and by whom. It cannot be undone, and no other command touches it again.
 *
 * @param change.reason a code or a person's words; it is kept, so it must not name the organisation
 */
export async function eraseOrganisation(
  actor: Actor,
  change: StatusChange,
): Promise<CommandResult> {
  const outcome = await writer().$transaction(async (tx): Promise<CommandResult> => {
    const before = await loadStoredProfile(tx, change.id)
    const refusal = await authorize(tx, actor, 'erase', before, change.version)
    if (refusal || !before) return refusal ?? { ok: false, reason: 'notFound' }
    const after = await eraseProfile(tx, before, actorName(actor), change.reason)
    await tx.organisation.updateMany({ where: { id: before.id }, data: toOrganisationRow(after) })
    await incrementContentVersion(tx)
    return commandOk(after)
  })
  if (outcome.ok && !(await purgeErased())) log.warn({ event: 'erasedTextInWal' })
  return outcome
}

/** So many are deleted in one transaction: a second in which nobody else can write. */
const REMOVAL_BATCH_SIZE = 1000

/**
 * Deletes organisations that were invented for demonstration, with everything that hangs on them, a
 * thousand at a time. The database itself refuses this for any other organisation.
 *
 * @returns how many were deleted
 */
export async function removeDemoProfiles(
  actor: Actor,
): Promise<{ ok: true; removed: number } | Extract<CommandError, { reason: 'denied' }>> {
  for (let removed = 0; ;) {
    const outcome = await removeDemoBatch(actor)
    if (!outcome.ok) return outcome
    removed += outcome.removed
    if (outcome.removed < REMOVAL_BATCH_SIZE) return { ok: true, removed }
  }
}

function removeDemoBatch(actor: Actor): ReturnType<typeof removeDemoProfiles> {
  return writer().$transaction(async (tx) => {
    const allowed = can(actor, 'remove', {
      id: null,
      region: null,
      state: 'listed',
      fictional: true,
    })
    if (!allowed) return recordDenied(tx, actor, 'remove', null)
    const found = await tx.organisation.findMany({
      where: { fictional: true },
      select: { id: true },
      take: REMOVAL_BATCH_SIZE,
    })
    const ids = found.map(({ id }) => id)
    await tx.revision.deleteMany({ where: { organisationId: { in: ids } } })
    const { count } = await tx.organisation.deleteMany({
      where: { id: { in: ids }, fictional: true },
    })
    await incrementContentVersion(tx)
    return { ok: true, removed: count }
  })
}

function subjectOf(profile: StoredProfile): Subject {
  const { id, region, status, fictional } = profile
  return { id, region, state: status, fictional }
}

async function authorize(
  tx: Transaction,
  actor: Actor,
  act: Action,
  profile: StoredProfile | null,
  version: number | undefined,
): Promise<CommandError | null> {
  // Whoever has no right learns nothing, not even whether the profile exists.
  if (actor.kind === 'anonymous') return recordDenied(tx, actor, act, profile?.id ?? null)
  if (!profile || (await isErased(tx, profile.id))) return { ok: false, reason: 'notFound' }
  if (!can(actor, act, subjectOf(profile))) return recordDenied(tx, actor, act, profile.id)
  if (version !== undefined && version !== profile.version) {
    return { ok: false, reason: 'stale', version: profile.version }
  }
  return null
}

function isAlwaysAllowed(actor: Actor, act: Action, profile: StoredProfile): boolean {
  return (['listed', 'hidden', 'withdrawn'] as const).some((state) =>
    can(actor, act, { ...subjectOf(profile), state }),
  )
}

function commandOk({ id, slug, version, status }: StoredProfile): CommandOk {
  return { ok: true, id, slug, version, status }
}

/** Everything that goes with a change: history, imported page, search document, content version. */
async function recordChange(
  tx: Transaction,
  actor: Actor,
  change: WriteOptions,
  profile: StoredProfile,
  statusBefore: Status | 'new',
  at: Date,
): Promise<void> {
  await recordRevision(tx, {
    organisationId: profile.id,
    number: profile.version,
    actor: actorName(actor),
    reason: change.reason,
    at,
    snapshot: profile,
  })
  if (change.importedPage) await saveImportedPage(tx, profile.id, change.importedPage, at)
  if (statusBefore === 'listed') await removeSearchDocument(tx, profile.id)
  change.deferredSearchDocuments?.delete(profile.id)
  if (profile.status === 'listed') {
    const text = searchableText({ ...profile, answers: Object.values(profile.answers).flat() })
    if (change.deferredSearchDocuments)
      change.deferredSearchDocuments.set(profile.id, { organisationId: profile.id, text })
    else await writeSearchDocument(tx, profile.id, text)
  }
  if (profile.status === 'listed' || statusBefore === 'listed') await incrementContentVersion(tx)
  await recordStatusChange(tx, actor, profile, statusBefore)
}

const STATUS_AUDIT_ACTIONS: Record<Status, AuditAction | null> = {
  draft: null,
  listed: 'profileListed',
  hidden: 'profileHidden',
  withdrawn: 'profileWithdrawn',
}

/** What was invented moves without a trace: it goes as it came. */
async function recordStatusChange(
  tx: Transaction,
  actor: Actor,
  profile: StoredProfile,
  from: Status | 'new',
): Promise<void> {
  const act = STATUS_AUDIT_ACTIONS[profile.status]
  if (act === null || profile.status === from || profile.fictional) return
  await recordAudit(tx, {
    actor: actorName(actor),
    action: act,
    subject: profile.id,
    detail: { from },
  })
}

/** Everything that is kept of what the public can see is out of date after this. */
export async function incrementContentVersion(tx: Transaction): Promise<void> {
  await tx.$executeRaw`UPDATE "ContentVersion" SET "contentVersion" = "contentVersion" + 1 WHERE "id" = 1`
}

async function saveImportedPage(
  tx: Transaction,
  organisationId: string,
  page: { content: string; contentHash: string },
  at: Date,
): Promise<void> {
  await tx.importedPage.createMany({ data: { organisationId, createdAt: at, ...page } })
}

function toOrganisationRow(profile: StoredProfile) {
  const { id, slug, name, status, country, region, regionSuggested, version, fictional } = profile
  const { updatedAt, listedAt, confirmedAt, confirmedBy } = profile
  return {
    ...{ id, slug, name, nameFolded: fold(name), status, country, region, regionSuggested },
    ...{ version, fictional, updatedAt, listedAt, confirmedAt, confirmedBy },
  }
}

async function insertChildRows(tx: Transaction, profile: StoredProfile): Promise<void> {
  const organisationId = profile.id
  const answers = QUESTIONS.flatMap((question) =>
    profile.answers[question].map((answer, position) => ({
      organisationId,
      question,
      position,
      language: answer.language,
      text: answer.text,
      provenance: answer.provenance,
      changedIn: answer.changedIn,
      sourceLanguage: answer.source?.language ?? null,
      sourceRevision: answer.source?.revision ?? null,
    })),
  )
  const areas = profile.priorityAreas.map((area) => ({ organisationId, area }))
  const aliases = profile.aliases.map((name, position) => ({
    organisationId,
    name,
    nameFolded: fold(name),
    position,
  }))
  const contacts = CONTACT_KINDS.flatMap((kind) => {
    const contact = profile.contacts[kind]
    return contact ? [{ organisationId, kind, ...contact }] : []
  })
  await insert(tx, 'Answer', answers)
  await insert(tx, 'PriorityArea', areas)
  await insert(tx, 'Alias', aliases)
  await insert(tx, 'Contact', contacts)
}

/** Numbers each answer with the revision its text last changed in, and the source it was made from. */
function assignAnswerRevisions(
  answers: Record<Question, AnswerContent[]>,
  before: Record<Question, StoredAnswer[]> | null,
  version: number,
): Record<Question, StoredAnswer[]> {
  const numbered = (question: Question) => {
    const known = (language: string) =>
      before?.[question].find((answer) => answer.language === language)
    const changedIn = ({ language, text }: AnswerContent) => {
      const same = known(language)
      return same?.text === text ? same.changedIn : version
    }
    return answers[question].map((answer) => ({
      language: answer.language,
      text: answer.text,
      provenance: answer.provenance,
      changedIn: changedIn(answer),
      source: numberSource(answer, known(answer.language)),
    }))
    function numberSource(answer: AnswerContent, before: StoredAnswer | undefined) {
      if (answer.source === null || answer.source.revision !== 'current') {
        return answer.source as StoredAnswer['source']
      }
      const { language } = answer.source
      const source = answers[question].find((one) => one.language === language)
      const upToDate =
        before?.text === answer.text &&
        before.source?.language === language &&
        source !== undefined &&
        changedIn(source) <= before.source.revision
      return upToDate ? before.source : { language, revision: version }
    }
  }
  return Object.fromEntries(QUESTIONS.map((question) => [question, numbered(question)])) as Record<
    Question,
    StoredAnswer[]
  >
}

function hasSameContent(before: StoredProfile, after: StoredProfile): boolean {
  const content = ({ name, aliases, country, region, regionSuggested, ...rest }: StoredProfile) =>
    JSON.stringify([
      ...[name, aliases, country, region, regionSuggested],
      ...[rest.priorityAreas, rest.contacts, QUESTIONS.map((question) => rest.answers[question])],
    ])
  return content(before) === content(after)
}
