import { PERMISSIONS, can, type Actor } from '@/lib/permissions/permissions'
import { reader, writer } from '@/lib/database/client'
import { join, sql } from '@/lib/database/sql'
import { fold } from '@/lib/text/fold'
import { isRegion } from '@/lib/geo/regions'
import { parseSnapshot } from '@/lib/revisions/snapshot'
import { completenessOf, isOutdated } from './completeness'
import { toProfileContent } from '@/lib/organisations/load-content'
import {
  TODO_KINDS,
  ADMIN_PAGE_SIZE,
  type TodoKind,
  type OutdatedAnswer,
  type AdminListEntry,
  type AdminFilters,
  type AdminOverview,
  type ActiveEditor,
} from './filters'
import { PUBLIC_SELECT, toPublicProfile, type PublicProfile } from '@/lib/organisations/public'
import {
  QUESTIONS,
  STATUSES,
  type ProfileContent,
  type Question,
  type Status,
} from '@/lib/organisations/schema'
import { loadStoredProfile, type StoredProfile } from '@/lib/organisations/stored'

type Person = Extract<Actor, { kind: 'user' }>
type Condition = ReturnType<typeof sql>

/** An opening is told of for so long. */
const PRESENCE_MINUTES = 15
const CONFIRMATION_VALID_MONTHS = 12

/**
 * What a person sees at the desk: the organisations they may view, as `may` allows it, and what
 * among them needs attention.
 */
export async function loadAdminOverview(
  actor: Person,
  filters: AdminFilters,
): Promise<AdminOverview> {
  const seen = visibleTo(actor)
  const where = join([seen, ...filterConditions(filters)], ' AND ')
  const counts = [
    ...TODO_KINDS.map((code) => ({ code, condition: TODO_CONDITIONS[code]() })),
    ...STATUSES.map((code) => ({ code, condition: sql`o."status" = ${code}` })),
  ].map(
    ({ code, condition }) => sql`SELECT ${code} AS "code", count(*) AS "total"
      FROM "Organisation" o WHERE ${seen} AND ${condition}`,
  )
  const [[counted], ids, tally] = await Promise.all([
    reader().$queryRaw<{ total: number }[]>`
      SELECT count(*) AS "total" FROM "Organisation" o WHERE ${where}`,
    reader().$queryRaw<{ id: string }[]>`
      SELECT o."id" FROM "Organisation" o WHERE ${where} ORDER BY o."nameFolded", o."id"
      LIMIT ${ADMIN_PAGE_SIZE} OFFSET ${(filters.page - 1) * ADMIN_PAGE_SIZE}`,
    reader().$queryRaw<{ code: string; total: number }[]>`${join(counts, ' UNION ALL ')}`,
  ])
  const countOf = (code: string) => Number(tally.find((row) => row.code === code)?.total)
  const total = Number(counted?.total)
  return {
    total,
    pageCount: Math.max(1, Math.ceil(total / ADMIN_PAGE_SIZE)),
    organisations: await loadEntries(
      actor,
      ids.map(({ id }) => id),
    ),
    todoCounts: Object.fromEntries(
      TODO_KINDS.map((one) => [one, countOf(one)]),
    ) as AdminOverview['todoCounts'],
    statusCounts: Object.fromEntries(
      STATUSES.map((one) => [one, countOf(one)]),
    ) as AdminOverview['statusCounts'],
  }
}

/** `may(actor, 'view', …)` as a condition on `"Organisation" o`. */
function visibleTo(actor: Person): Condition {
  const states = PERMISSIONS[actor.role].view?.states ?? []
  const inState = isAnyOf(sql`o."status"`, states)
  return join([inState, inScopeOf(actor)], ' AND ')
}

function inScopeOf(actor: Person): Condition {
  switch (actor.role) {
    case 'administrator':
      return sql`1 = 1`
    case 'editor':
      return isAnyOf(sql`o."region"`, actor.regions)
    case 'translator':
      return actor.languages.length > 0 ? sql`1 = 1` : isAnyOf(sql`o."id"`, actor.organisations)
    case 'member':
      return isAnyOf(sql`o."id"`, actor.organisations)
  }
}

function isAnyOf(column: Condition, values: readonly string[]): Condition {
  return values.length === 0 ? sql`1 = 0` : sql`${column} IN (${join([...values])})`
}

function filterConditions({ q, state, attention, region }: AdminFilters): Condition[] {
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

const TODO_CONDITIONS: Record<TodoKind, () => Condition> = {
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

async function loadEntries(actor: Person, ids: string[]): Promise<AdminListEntry[]> {
  const [rows, openings] = await Promise.all([
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
    const row = rows.find((one) => one.id === id)
    if (!row) return []
    const { answers, region, ...entry } = row
    const answersTo = (question: Question) =>
      answers
        .filter((answer) => answer.question === question)
        .map(({ sourceLanguage, sourceRevision, ...answer }) => ({
          ...answer,
          source:
            sourceLanguage === null || sourceRevision === null
              ? null
              : { language: sourceLanguage, revision: sourceRevision },
        }))
    return {
      ...entry,
      region: isRegion(region) ? region : null,
      completeness: completenessOf(
        Object.fromEntries(QUESTIONS.map((one) => [one, answersTo(one)])) as Record<
          Question,
          ReturnType<typeof answersTo>
        >,
      ),
      editors: openings.filter(({ organisationId }) => organisationId === id),
    }
  })
}

async function listPresence(
  actor: Person,
  ids: string[],
): Promise<(ActiveEditor & { organisationId: string })[]> {
  const now = Date.now()
  const rows = await reader().editingPresence.findMany({
    where: {
      organisationId: { in: ids },
      userId: { not: actor.id },
      openedAt: { gt: new Date(now - PRESENCE_MINUTES * 60_000) },
    },
    select: { organisationId: true, openedAt: true, user: { select: { name: true } } },
    orderBy: { openedAt: 'desc' },
  })
  return rows.map(({ organisationId, openedAt, user }) => ({
    organisationId,
    name: user.name,
    minutes: Math.max(0, Math.floor((now - openedAt.getTime()) / 60_000)),
  }))
}

export type OpenedProfile = {
  profile: StoredProfile
  outdated: OutdatedAnswer[]
  editors: ActiveEditor[]
}

/**
 * Reads a profile for whoever opens it at the desk, and notes that they did.
 *
 * @returns null where there is none, and for those who may not view it: the two are not told apart
 */
export async function openProfile(actor: Person, id: string): Promise<OpenedProfile | null> {
  const profile = await loadVisibleProfile(actor, id)
  if (!profile) return null
  const openedAt = new Date()
  const key = { organisationId: id, userId: actor.id }
  await writer().editingPresence.upsert({
    where: { organisationId_userId: key },
    create: { ...key, openedAt },
    update: { openedAt },
  })
  return {
    profile,
    outdated: await findOutdatedAnswers(profile),
    editors: await listPresence(actor, [id]),
  }
}

/** Reads a profile as `openProfile` does, without a trace: for pages beside the form. */
export async function loadVisibleProfile(actor: Person, id: string): Promise<StoredProfile | null> {
  // Through the writer: whoever has just saved reads what was saved.
  const profile = await loadStoredProfile(writer(), id)
  if (!profile) return null
  const { region, status, fictional } = profile
  return can(actor, 'view', { id, region, state: status, fictional }) ? profile : null
}

/** Reads the profile as the public page shows it, or would; null as for `openProfile`. */
export async function loadPreview(actor: Person, id: string): Promise<PublicProfile | null> {
  if (!(await loadVisibleProfile(actor, id))) return null
  const row = await writer().organisation.findUnique({ where: { id }, select: PUBLIC_SELECT })
  return row && toPublicProfile(row)
}

/** Names of those among some organisations that a person may view, in the order asked for. */
export async function namesVisibleTo(
  actor: Person,
  ids: readonly string[],
): Promise<{ id: string; name: string; status: Status }[]> {
  const rows = await reader().$queryRaw<{ id: string; name: string; status: Status }[]>`
    SELECT o."id", o."name", o."status" FROM "Organisation" o
    WHERE ${visibleTo(actor)} AND ${isAnyOf(sql`o."id"`, ids)}`
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
}

/**
 * The content of a profile as it stood at a version, for bringing two changes together.
 *
 * @returns null where there is no such version, or it was erased
 */
export async function contentAtVersion(
  actor: Person,
  id: string,
  version: number,
): Promise<ProfileContent | null> {
  if (!(await loadVisibleProfile(actor, id))) return null
  return loadRevisionContent(id, version)
}

async function loadRevisionContent(id: string, number: number): Promise<ProfileContent | null> {
  const row = await writer().revision.findUnique({
    where: { organisationId_number: { organisationId: id, number } },
    select: { format: true, content: true },
  })
  const snapshot = row && parseSnapshot(row)
  if (!snapshot || snapshot === 'erased') return null
  return toProfileContent(snapshot as Parameters<typeof toProfileContent>[0])
}

async function findOutdatedAnswers(profile: StoredProfile): Promise<OutdatedAnswer[]> {
  const found = QUESTIONS.flatMap((question) => {
    const answers = profile.answers[question]
    return answers.flatMap((answer) => {
      const source = answers.find(({ language }) => language === answer.source?.language)
      if (!source || !answer.source || !isOutdated(answer, answers)) return []
      const { revision } = answer.source
      return { question, language: answer.language, source, revision }
    })
  })
  const numbers = [...new Set(found.map(({ revision }) => revision))]
  const contents = new Map(
    await Promise.all(
      numbers.map(
        async (number) => [number, await loadRevisionContent(profile.id, number)] as const,
      ),
    ),
  )
  return found.map(({ question, language, source, revision }) => {
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
