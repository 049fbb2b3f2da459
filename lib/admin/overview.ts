import type { UserActor } from '@/lib/permissions/permissions'
import { reader } from '@/lib/database/client'
import { join, sql } from '@/lib/database/sql'
import { isRegion } from '@/lib/geo/regions'
import { permissionCondition, type SqlCondition } from '@/lib/organisations/permission-sql'
import { QUESTIONS, STATUSES, type Question, type Status } from '@/lib/organisations/schema'
import { toAnswerSource } from '@/lib/organisations/stored'
import { completenessOf } from './completeness'
import {
  ADMIN_PAGE_SIZE,
  TODO_KINDS,
  type AdminFilters,
  type AdminListEntry,
  type AdminOverview,
  type TodoKind,
} from './filters'
import { listPresence } from './presence'
import { TODO_CONDITIONS, filterConditions } from './queries'

/**
 * Loads the start page of the administration: one page of the organisations that the user may view and
 * that match the filters, and how many there are of each status and of each kind of task.
 */
export async function loadAdminOverview(
  actor: UserActor,
  filters: AdminFilters,
): Promise<AdminOverview> {
  const isVisible = permissionCondition(actor, 'view')
  const where = join([isVisible, ...filterConditions(filters)], ' AND ')
  const [[counted], ids, counts] = await Promise.all([
    reader().$queryRaw<{ total: number }[]>`
      SELECT count(*) AS "total" FROM "Organisation" o WHERE ${where}`,
    reader().$queryRaw<{ id: string }[]>`
      SELECT o."id" FROM "Organisation" o WHERE ${where} ORDER BY o."nameFolded", o."id"
      LIMIT ${ADMIN_PAGE_SIZE} OFFSET ${(filters.page - 1) * ADMIN_PAGE_SIZE}`,
    loadCounts(isVisible),
  ])
  const total = Number(counted?.total)
  return {
    total,
    pageCount: Math.max(1, Math.ceil(total / ADMIN_PAGE_SIZE)),
    organisations: await loadEntries(
      actor,
      ids.map(({ id }) => id),
    ),
    ...counts,
  }
}

/** Counts the visible organisations in one statement, whatever the filters are. */
async function loadCounts(
  isVisible: SqlCondition,
): Promise<Pick<AdminOverview, 'todoCounts' | 'statusCounts'>> {
  const queries = [
    ...TODO_KINDS.map((code) => ({ code, condition: TODO_CONDITIONS[code]() })),
    ...STATUSES.map((code) => ({ code, condition: sql`o."status" = ${code}` })),
  ].map(
    ({ code, condition }) => sql`SELECT ${code} AS "code", count(*) AS "total"
      FROM "Organisation" o WHERE ${isVisible} AND ${condition}`,
  )
  const rows = await reader().$queryRaw<
    { code: string; total: number }[]
  >`${join(queries, ' UNION ALL ')}`
  const countsOf = <Code extends string>(codes: readonly Code[]) =>
    Object.fromEntries(
      codes.map((code) => [code, Number(rows.find((row) => row.code === code)?.total)]),
    ) as Record<Code, number>
  return {
    todoCounts: countsOf<TodoKind>(TODO_KINDS),
    statusCounts: countsOf<Status>(STATUSES),
  }
}

async function loadEntries(actor: UserActor, ids: string[]): Promise<AdminListEntry[]> {
  const [rows, editors] = await Promise.all([
    reader().organisation.findMany({
      where: { id: { in: ids } },
      select: {
        ...{ id: true, name: true, status: true, country: true, region: true },
        regionSuggested: true,
        answers: {
          select: {
            ...{ question: true, language: true, provenance: true, changedIn: true },
            ...{ sourceLanguage: true, sourceRevision: true },
          },
        },
      },
    }),
    listPresence(actor, ids),
  ])
  return ids.flatMap((id) => {
    const row = rows.find((candidate) => candidate.id === id)
    if (!row) return []
    const { answers, region, ...entry } = row
    const answersTo = (question: Question) =>
      answers
        .filter((answer) => answer.question === question)
        .map((answer) => ({ ...answer, source: toAnswerSource(answer) }))
    return {
      ...entry,
      region: isRegion(region) ? region : null,
      completeness: completenessOf(
        Object.fromEntries(QUESTIONS.map((question) => [question, answersTo(question)])) as Record<
          Question,
          ReturnType<typeof answersTo>
        >,
      ),
      editors: editors.filter(({ organisationId }) => organisationId === id),
    }
  })
}
