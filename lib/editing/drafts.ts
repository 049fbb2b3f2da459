import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { UserActor } from '@/lib/permissions/permissions'
import { writer } from '@/lib/database/client'
import { secrets } from '@/lib/env'
import { firstValue, type FormState } from '@/lib/forms/state'

/** What a user has typed into a form and not saved. */
export type FormDraft = {
  /** Id of the form, from its hidden field `form`. */
  form: string
  values: Record<string, string[]>
  /** Version of the profile that the form was made from; null for a new profile. */
  baseVersion: number | null
  at: Date
}

/** Ids of the user and of the organisation; the latter is null for a new organisation. */
export type DraftOwner = { user: string; organisation: string | null }

/** Limits what one user can store: a draft holds up to about a megabyte. */
const MAX_DRAFTS_PER_USER = 50

const draftValuesSchema = z.record(z.string(), z.array(z.string()))

/**
 * Saves what a user has typed into a form. It replaces the last draft of the same form, and the draft
 * that the form was resumed from (`follows`). Another form about the same organisation, for example in
 * another tab, has a draft of its own. Only this user can read it. Beyond a number of drafts, the oldest
 * is deleted.
 *
 * Saves nothing if the user is disabled, or there is no such user or organisation.
 */
export async function saveDraft(
  { user, organisation }: DraftOwner,
  draft: { values: FormState['values']; baseVersion: number | null },
): Promise<void> {
  await writer().$transaction(async (tx) => {
    const owner = await tx.user.findFirst({
      where: { id: user, disabledAt: null },
      select: { id: true },
    })
    if (!owner) return
    if (organisation !== null) {
      const subject = await tx.organisation.findUnique({
        where: { id: organisation },
        select: { id: true },
      })
      if (!subject) return
    }
    const ids = draftIds({ user, organisation }, draft.values)
    await tx.formDraft.deleteMany({ where: { id: { in: ids }, userId: user } })
    const older = await tx.formDraft.findMany({
      where: { userId: user },
      orderBy: { updatedAt: 'desc' },
      skip: MAX_DRAFTS_PER_USER - 1,
      select: { id: true },
    })
    await tx.formDraft.deleteMany({ where: { id: { in: older.map(({ id }) => id) } } })
    await tx.formDraft.createMany({
      data: {
        id: ids[0],
        userId: user,
        organisationId: organisation,
        baseVersion: draft.baseVersion,
        fields: JSON.stringify(draft.values),
        updatedAt: new Date(),
      },
    })
  })
}

/**
 * Lists a user's drafts about an organisation, one for each form that was opened, the latest first.
 *
 * @param organisation its id; null for a new organisation
 */
export async function listDrafts(
  actor: UserActor,
  organisation: string | null,
): Promise<FormDraft[]> {
  const rows = await writer().formDraft.findMany({
    where: { userId: actor.id, organisationId: organisation },
    orderBy: { updatedAt: 'desc' },
  })
  return rows.flatMap(({ fields, baseVersion, updatedAt }): FormDraft[] => {
    const values = draftValuesSchema.safeParse(JSON.parse(fields))
    if (!values.success) return []
    const form = firstValue(values.data, 'form')
    return [{ form, values: values.data, baseVersion, at: updatedAt }]
  })
}

/**
 * Finds the draft that a URL asks for.
 *
 * @param drafts as `listDrafts` gives them
 * @param form id of a form: its own draft, otherwise the draft of a form that was resumed from it. Empty:
 *   the latest
 */
export function pickDraft(drafts: readonly FormDraft[], form: string): FormDraft | null {
  if (form === '') return drafts[0] ?? null
  const ofForm = drafts.find((draft) => draft.form === form)
  return ofForm ?? drafts.find(({ values }) => firstValue(values, 'follows') === form) ?? null
}

/**
 * Deletes a user's draft of a form, and the draft that the form was resumed from.
 *
 * @param organisation its id; null for a new organisation
 * @param values of the form, which name it
 */
export async function deleteDraft(
  actor: UserActor,
  organisation: string | null,
  values: FormState['values'],
): Promise<void> {
  const ids = draftIds({ user: actor.id, organisation }, values)
  await writer().formDraft.deleteMany({ where: { id: { in: ids }, userId: actor.id } })
}

/** Users can send any form id, so ids of drafts are hashed together with their owner. */
function draftIds(owner: DraftOwner, values: FormState['values']): [string, ...string[]] {
  const idOf = (form: string) =>
    createHash('sha256')
      .update(JSON.stringify([owner.user, owner.organisation, form]))
      .digest('hex')
  const resumedFrom = firstValue(values, 'follows')
  return [idOf(firstValue(values, 'form')), ...(resumedFrom === '' ? [] : [idOf(resumedFrom)])]
}

/**
 * Makes the token that lets a form be saved as a draft after its user's session has ended. It names the
 * user and the organisation, is signed with the session secret, and does not allow reading anything.
 *
 * @returns payload and signature, both base64url, joined by a dot
 */
export function signDraftToken({ user, organisation }: DraftOwner): string {
  const payload = Buffer.from(JSON.stringify([user, organisation])).toString('base64url')
  return `${payload}.${tokenSignature(payload)}`
}

/** Reads whose draft a token allows to save; null if its signature is wrong. */
export function verifyDraftToken(token: string): DraftOwner | null {
  const [payload = '', signature = ''] = token.split('.')
  const expected = Buffer.from(tokenSignature(payload))
  const actual = Buffer.from(signature)
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return null
  const [user, organisation] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [
    string,
    string | null,
  ]
  return { user, organisation }
}

function tokenSignature(payload: string): string {
  return createHmac('sha256', secrets().SESSION_SECRET)
    .update(`draft:${payload}`)
    .digest('base64url')
}

/** Fields that the page fills in: forms that differ only in these have the same content. */
const FIELDS_NOT_TYPED = ['form', 'follows', 'keeper']

/**
 * Makes the key by which a form is recognised if it is sent twice: a hash of its id and of everything
 * typed, so that a user who goes back and types on sends a different one. For a new organisation the id
 * does not count: sending the same again from a fresh empty form creates no second organisation.
 *
 * @param userId counts only for a new organisation
 * @returns SHA-256, hex
 */
export function idempotencyKeyOf(values: FormState['values'], userId: string): string {
  const isNew = firstValue(values, 'id') === ''
  const counted = isNew
    ? Object.entries(values).filter(([name]) => !FIELDS_NOT_TYPED.includes(name))
    : Object.entries(values)
  return createHash('sha256')
    .update(JSON.stringify([isNew ? userId : '', Object.fromEntries(counted)]))
    .digest('hex')
}
