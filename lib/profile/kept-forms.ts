import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '@/lib/access/rules'
import { writer } from '@/lib/db/client'
import { secrets } from '@/lib/env'
import type { FormState } from '@/lib/form/state'

/** What somebody has typed and not saved. */
export type KeptForm = {
  values: Record<string, string[]>
  /** Version of the profile that the form was made from; null for a new one. */
  baseVersion: number | null
  at: Date
}

/** Whose form, about which organisation; null while there is none. */
export type FormOwner = { person: string; organisation: string | null }

type Person = Extract<Actor, { kind: 'person' }>

/** One person's forms: about as much as a megabyte of answers each, so many and no more. */
const KEPT_AT_MOST = 50

const keptValues = z.record(z.string(), z.array(z.string()))

/**
 * Keeps what a person has typed, in place of what was kept for the same organisation before. It is
 * that person's alone: nobody else reads it, and it never is public.
 *
 * @param organisation null for a new one; where there is no such organisation, nothing is kept
 */
export async function keepForm(
  { person, organisation }: FormOwner,
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
    await tx.keptForm.deleteMany({ where: { userId: person, organisationId: organisation } })
    const older = await tx.keptForm.findMany({
      where: { userId: person },
      orderBy: { updatedAt: 'desc' },
      skip: KEPT_AT_MOST - 1,
      select: { id: true },
    })
    await tx.keptForm.deleteMany({ where: { id: { in: older.map(({ id }) => id) } } })
    await tx.keptForm.createMany({
      data: {
        id: randomUUID(),
        userId: person,
        organisationId: organisation,
        baseVersion: typed.baseVersion,
        fields: JSON.stringify(typed.values),
        updatedAt: new Date(),
      },
    })
  })
}

/** What a person has typed about an organisation (null: a new one) and not saved; null for nothing. */
export async function readKeptForm(
  actor: Person,
  organisation: string | null,
): Promise<KeptForm | null> {
  const row = await writer().keptForm.findFirst({
    where: { userId: actor.id, organisationId: organisation },
    orderBy: { updatedAt: 'desc' },
  })
  if (!row) return null
  const values = keptValues.safeParse(JSON.parse(row.fields))
  if (!values.success) return null
  return { values: values.data, baseVersion: row.baseVersion, at: row.updatedAt }
}

/** Throws away what a person has typed about an organisation (null: a new one). */
export async function discardKeptForm(actor: Person, organisation: string | null): Promise<void> {
  await writer().keptForm.deleteMany({
    where: { userId: actor.id, organisationId: organisation },
  })
}

/**
 * What a form carries so that it is kept when its person's session has ended meanwhile: it names the
 * person and the organisation, signed, and is good for putting down a form of that person's and for
 * nothing else. It reads nothing.
 */
export function keeperOf({ person, organisation }: FormOwner): string {
  const named = Buffer.from(JSON.stringify([person, organisation])).toString('base64url')
  return `${named}.${signatureOf(named)}`
}

/** Whose form it is, by what it carries; null where that was not made here. */
export function readKeeper(keeper: string): FormOwner | null {
  const [named = '', signature = ''] = keeper.split('.')
  const expected = Buffer.from(signatureOf(named))
  const given = Buffer.from(signature)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const [person, organisation] = JSON.parse(Buffer.from(named, 'base64url').toString()) as [
    string,
    string | null,
  ]
  return { person, organisation }
}

function signatureOf(named: string): string {
  return createHmac('sha256', secrets().SESSION_SECRET)
    .update(`kept-form:${named}`)
    .digest('base64url')
}

/**
 * What a form is known by when it is sent twice: the number it was made with and all that was typed.
 * Somebody who goes back and types on sends another one.
 */
export function keyOfForm(values: FormState['values']): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex')
}
