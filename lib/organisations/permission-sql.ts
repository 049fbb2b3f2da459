import { PERMISSIONS, type Action, type Actor, type UserActor } from '@/lib/permissions/permissions'
import { join, sql } from '@/lib/database/sql'

/** A piece of SQL with its bound values. */
export type SqlCondition = ReturnType<typeof sql>

/**
 * The rule `can(actor, action, …)` as SQL about `"Organisation" o`, for actions without changed fields.
 * Only users can be asked about; for every other actor it is never true.
 */
export function permissionCondition(actor: Actor, action: Action): SqlCondition {
  if (actor.kind !== 'user') return sql`1 = 0`
  const states = PERMISSIONS[actor.role][action]?.states ?? []
  const held = action === 'list' && actor.role !== 'administrator' ? [sql`NOT o."held"`] : []
  return join([isAnyOf(sql`o."status"`, states), scopeCondition(actor), ...held], ' AND ')
}

function scopeCondition(actor: UserActor): SqlCondition {
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

/** `column IN (values)`; never true for an empty list, which SQL does not allow. */
export function isAnyOf(column: SqlCondition, values: readonly string[]): SqlCondition {
  return values.length === 0 ? sql`1 = 0` : sql`${column} IN (${join([...values])})`
}
