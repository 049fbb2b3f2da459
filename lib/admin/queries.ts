import type { UserActor } from '@/lib/permissions/permissions'
import { reader } from '@/lib/database/client'
import { sql } from '@/lib/database/sql'
import { fold } from '@/lib/text/fold'
import { isAnyOf, permissionCondition, type SqlCondition } from '@/lib/organisations/permission-sql'
import type { Status } from '@/lib/organisations/schema'
import type { AdminFilters, TodoKind } from './filters'

/** How long a profile counts as confirmed. */
const CONFIRMATION_VALID_MONTHS = 12

/** The filters of the list as SQL about `"Organisation" o`, one condition for each that is set. */
export function filterConditions({ q, state, attention, region }: AdminFilters): SqlCondition[] {
  const pattern = `%${fold(q).replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return [
    ...(state === null ? [] : [sql`o."status" = ${state}`]),
    ...(region === null ? [] : [sql`o."region" = ${region}`]),
    ...(attention === null ? [] : [TODO_CONDITIONS[attention]()]),
    ...(q === ''
      ? []
      : [
          sql`(o."nameFolded" LIKE ${pattern} ESCAPE '\\' OR EXISTS (SELECT 1 FROM "Alias" l
            WHERE l."organisationId" = o."id" AND l."nameFolded" LIKE ${pattern} ESCAPE '\\'))`,
        ]),
  ]
}

const isMissing = (language: string) => sql`EXISTS (SELECT 1 FROM "Answer" a
  WHERE a."organisationId" = o."id" AND NOT EXISTS (SELECT 1 FROM "Answer" b
    WHERE b."organisationId" = o."id" AND b."question" = a."question"
      AND b."language" = ${language}))`

/** Which organisations have something to do, as SQL about `"Organisation" o`. */
export const TODO_CONDITIONS: Record<TodoKind, () => SqlCondition> = {
  held: () => sql`o."held"`,
  proposals: () => sql`EXISTS (SELECT 1 FROM "Proposal" p
    WHERE p."organisationId" = o."id" AND p."status" = 'waiting')`,
  suggested: () => sql`(o."regionSuggested" AND o."region" IS NOT NULL)`,
  'missing-fr': () => isMissing('fr'),
  'missing-en': () => isMissing('en'),
  behind: () => sql`EXISTS (SELECT 1 FROM "Answer" t JOIN "Answer" s
    ON s."organisationId" = t."organisationId" AND s."question" = t."question"
      AND s."language" = t."sourceLanguage"
    WHERE t."organisationId" = o."id" AND t."provenance" IN ('translation', 'machine')
      AND s."changedIn" > t."sourceRevision")`,
  unconfirmed: () => sql`(o."status" = 'listed' AND
    coalesce(o."confirmedAt", o."listedAt", o."createdAt") < ${monthsAgo(CONFIRMATION_VALID_MONTHS)})`,
}

function monthsAgo(months: number): Date {
  const date = new Date()
  date.setUTCMonth(date.getUTCMonth() - months)
  return date
}

/** Names and statuses of those of the given organisations that the user may view, in the order given. */
export async function namesVisibleTo(
  actor: UserActor,
  ids: readonly string[],
): Promise<{ id: string; name: string; status: Status }[]> {
  const rows = await reader().$queryRaw<{ id: string; name: string; status: Status }[]>`
    SELECT o."id", o."name", o."status" FROM "Organisation" o
    WHERE ${permissionCondition(actor, 'view')} AND ${isAnyOf(sql`o."id"`, ids)}`
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
}
