import { isAuditAction, type AuditAction } from './actions'

/** Filters of the audit log, as the query of its address holds them. */
export type AuditFilters = {
  act: AuditAction | null
  /** Id of the user who acted. */
  person: string | null
  /** Id of what the entry is about. */
  subject: string | null
  /** First and last day, inclusive, UTC: `2026-05-03`. */
  from: string | null
  to: string | null
  /** From 1. */
  page: number
}

type Parameters = Record<string, string | string[] | undefined> | URLSearchParams

/** Parses the filters from query parameters; invalid values are ignored. */
export function parseAuditFilters(parameters: Parameters): AuditFilters {
  const valid = (name: string, isValid: (value: string) => boolean): string | null => {
    const value =
      parameters instanceof URLSearchParams ? parameters.get(name) : [parameters[name]].flat()[0]
    return value !== null && value !== undefined && isValid(value) ? value : null
  }
  const isId = (value: string) => /^[A-Za-z0-9:_-]{1,100}$/.test(value)
  return {
    act: valid('act', isAuditAction) as AuditAction | null,
    person: valid('person', isId),
    subject: valid('subject', isId),
    from: valid('from', isDay),
    to: valid('to', isDay),
    page: Number(valid('page', (value) => /^[1-9]\d{0,6}$/.test(value)) ?? 1),
  }
}

/** The filters as a query string that starts with `?`; empty if no filter is set. */
export function auditQueryString(
  filters: AuditFilters,
  changes: Partial<AuditFilters> = {},
): string {
  const { page, ...rest } = { ...filters, ...changes }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) if (value !== null) query.set(name, value)
  if (page > 1) query.set('page', String(page))
  return query.size === 0 ? '' : `?${query.toString()}`
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const day = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)
}
