import type { NextRequest } from 'next/server'
import { PAGE_SIZE, filtersToQuery, parseFilters } from '@/lib/directory/filters'
import { findProfilesPage } from '@/lib/directory/queries'
import { jsonResponse, jsonError } from '../json-response'

/** The list for programs: the same filters as the page, whole public profiles. */
export async function GET(request: NextRequest): Promise<Response> {
  const { filters, ignored } = parseFilters(request.nextUrl.searchParams)
  const [bad] = ignored
  if (bad) return jsonError(400, { code: 'badValue', ...bad })
  const { total, page, pageCount: last, profiles, next } = await findProfilesPage(filters)
  if (page > last) {
    return jsonError(400, {
      code: 'pastTheEnd',
      parameter: 'page',
      value: String(page),
      allowed: last === 1 ? ['1'] : [`1–${last}`],
    })
  }
  const links = next
    ? { next: `/api/organisations${filtersToQuery(filters, { page: page + 1, cursor: next })}` }
    : {}
  return jsonResponse({ total, page, pageSize: PAGE_SIZE, organisations: profiles }, links)
}
