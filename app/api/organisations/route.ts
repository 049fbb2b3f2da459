import type { NextRequest } from 'next/server'
import { PAGE_SIZE, filtersToQuery, parseFilters } from '@/lib/directory/filters'
import { findPage } from '@/lib/directory/queries'
import { answer, refuse } from '../answer'

/** The list for programs: the same filters as the page, whole public profiles. */
export async function GET(request: NextRequest): Promise<Response> {
  const { filters, ignored } = parseFilters(request.nextUrl.searchParams)
  const [bad] = ignored
  if (bad) return refuse(400, { code: 'badValue', ...bad })
  const { total, page, pageCount: last, profiles, next } = await findPage(filters)
  if (page > last) {
    return refuse(400, {
      code: 'pastTheEnd',
      parameter: 'page',
      value: String(page),
      allowed: last === 1 ? ['1'] : [`1–${last}`],
    })
  }
  const links = next
    ? { next: `/api/organisations${filtersToQuery(filters, { page: page + 1, cursor: next })}` }
    : {}
  return answer({ total, page, pageSize: PAGE_SIZE, organisations: profiles }, links)
}
