import { isAuditAction, type AuditAction } from './actions'

/** Which entries of the audit log are asked for; the address is the only home of this. */
export type AuditFilters = {
  act: AuditAction | null
  /** Id of who acted. */
  person: string | null
  /** Id of what or whom it was about. */
  subject: string | null
  /** First and last day, UTC, `2026-05-03`. */
  from: string | null
  to: string | null
  /** From 1. */
  page: number
}

type Parameters = Record<string, string | string[] | undefined> | URLSearchParams

/** Reads the filters from the parameters of an address; what cannot be used counts as not asked. */
export function parseAuditFilters(parameters: Parameters): AuditFilters {
  const one = (name: string, isGood: (value: string) => boolean): string | null => {
    const value =
      parameters instanceof URLSearchParams ? parameters.get(name) : [parameters[name]].flat()[0]
    return value !== null && value !== undefined && isGood(value) ? value : null
  }
  const isId = (value: string) => /^[A-Za-z0-9:_-]{1,100}$/.test(value)
  return {
    act: one('act', isAuditAction) as AuditAction | null,
    person: one('person', isId),
    subject: one('subject', isId),
    from: one('from', isDay),
    to: one('to', isDay),
    page: Number(one('page', (value) => /^[1-9]\d{0,6}$/.test(value)) ?? 1),
  }
}

/** The filters as the query of an address: empty, or from `?` on. */
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
