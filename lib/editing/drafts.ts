import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '@/lib/permissions/permissions'
import { writer } from '@/lib/database/client'
import { secrets } from '@/lib/env'
import { firstValue, type FormState } from '@/lib/forms/state'

/** What somebody has typed and not saved. */
export type FormDraft = {
  /** Number of the form that it was typed into, as the form carries it. */
  form: string
  values: Record<string, string[]>
  /** Version of the profile that the form was made from; null for a new one. */
  baseVersion: number | null
  at: Date
}

/** Whose form, about which organisation; null while there is none. */
export type DraftOwner = { person: string; organisation: string | null }

type Person = Extract<Actor, { kind: 'user' }>

/** One person's forms: about as much as a megabyte of answers each, so many and no more. */
const MAX_DRAFTS_PER_USER = 50

const draftValuesSchema = z.record(z.string(), z.array(z.string()))

/**
 * Keeps what a person has typed into one opened form, in place of what was kept of that form before, and
 * of the form that it was taken up from (`follows`). Another form about the same organisation, in another
 * tab, is kept beside it. It is that person's alone: nobody else reads it, and it never is public.
 *
 * @param organisation null for a new one; where there is no such organisation, nothing is kept
 */
export async function saveDraft(
  { person, organisation }: DraftOwner,
  typed: { values: FormState['values']; baseVersion: number | null },
): Promise<void> {
  await writer().$transaction(async (tx) => {
    const owner = await tx.user.findFirst({
      where: { id: person, disabledAt: null },
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
    const ids = draftIds({ person, organisation }, typed.values)
    await tx.formDraft.deleteMany({ where: { id: { in: ids }, userId: person } })
    const older = await tx.formDraft.findMany({
      where: { userId: person },
      orderBy: { updatedAt: 'desc' },
      skip: MAX_DRAFTS_PER_USER - 1,
      select: { id: true },
    })
    await tx.formDraft.deleteMany({ where: { id: { in: older.map(({ id }) => id) } } })
    await tx.formDraft.createMany({
      data: {
        id: ids[0],
        userId: person,
        organisationId: organisation,
        baseVersion: typed.baseVersion,
        fields: JSON.stringify(typed.values),
        updatedAt: new Date(),
      },
    })
  })
}

/**
 * What a person has typed about an organisation (null: a new one) and not saved: one entry for each form
 * that was opened, the latest first.
 */
export async function listDrafts(actor: Person, organisation: string | null): Promise<FormDraft[]> {
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
 * Finds the kept form that an address asks for.
 *
 * @param form number of a form; one that was taken up from it and typed on in counts as the same. Empty:
 *   the latest
 */
export function pickDraft(kept: readonly FormDraft[], form: string): FormDraft | null {
  if (form === '') return kept[0] ?? null
  const isIt = (one: FormDraft) => one.form === form
  const followsIt = (one: FormDraft) => firstValue(one.values, 'follows') === form
  return kept.find(isIt) ?? kept.find(followsIt) ?? null
}

/**
 * Throws away what a person has typed into a form about an organisation (null: a new one), and into the
 * form that it was taken up from.
 */
export async function deleteDraft(
  actor: Person,
  organisation: string | null,
  values: FormState['values'],
): Promise<void> {
  const ids = draftIds({ person: actor.id, organisation }, values)
  await writer().formDraft.deleteMany({ where: { id: { in: ids }, userId: actor.id } })
}

/** Anybody may choose the number of a form: it names one of that person's about that organisation only. */
function draftIds(owner: DraftOwner, values: FormState['values']): [string, ...string[]] {
  const idOf = (form: string) =>
    createHash('sha256')
      .update(JSON.stringify([owner.person, owner.organisation, form]))
      .digest('hex')
  const followed = firstValue(values, 'follows')
  return [idOf(firstValue(values, 'form')), ...(followed === '' ? [] : [idOf(followed)])]
}

/**
 * What a form carries so that it is kept when its person's session has ended meanwhile: it names the
 * person and the organisation, signed, and is good for putting down a form of that person's and for
 * nothing else. It reads nothing.
 */
export function signDraftToken({ person, organisation }: DraftOwner): string {
  const named = Buffer.from(JSON.stringify([person, organisation])).toString('base64url')
  return `${named}.${tokenSignature(named)}`
}

/** Whose form it is, by what it carries; null where that was not made here. */
export function verifyDraftToken(keeper: string): DraftOwner | null {
  const [named = '', signature = ''] = keeper.split('.')
  const expected = Buffer.from(tokenSignature(named))
  const given = Buffer.from(signature)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const [person, organisation] = JSON.parse(Buffer.from(named, 'base64url').toString()) as [
    string,
    string | null,
  ]
  return { person, organisation }
}

function tokenSignature(named: string): string {
  return createHmac('sha256', secrets().SESSION_SECRET)
    .update(`kept-form:${named}`)
    .digest('base64url')
}

/** What is no part of what was typed: two forms that differ in it alone say the same. */
const FIELDS_NOT_TYPED = ['form', 'follows', 'keeper']

/**
 * What a form is known by when it is sent twice: the number it was made with and all that was typed.
 * Somebody who goes back and types on sends another one. For a new organisation the number does not
 * count: going back to the empty form and sending the same again makes no second one.
 */
export function idempotencyKeyOf(values: FormState['values'], person: string): string {
  const isNew = firstValue(values, 'id') === ''
  const counted = isNew
    ? Object.entries(values).filter(([name]) => !FIELDS_NOT_TYPED.includes(name))
    : Object.entries(values)
  return createHash('sha256')
    .update(JSON.stringify([isNew ? person : '', Object.fromEntries(counted)]))
    .digest('hex')
}
