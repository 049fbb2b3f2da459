import type { NextRequest } from 'next/server'
import { PAGE_SIZE, parseFilters } from '@/lib/directory/filters'
import { findPage } from '@/lib/directory/queries'
import { answer, refuse } from '../answer'

/** The list for programs: the same filters as the page, whole public profiles. */
export async function GET(request: NextRequest): Promise<Response> {
  const { filters, ignored } = parseFilters(request.nextUrl.searchParams)
  const [bad] = ignored
  if (bad) return refuse(400, { code: 'badValue', ...bad })
  const { total, profiles } = await findPage(filters)
  const { page } = filters
  if (page > 1 && profiles.length === 0) {
    const last = Math.max(1, Math.ceil(total / PAGE_SIZE))
    return refuse(400, {
      code: 'pastTheEnd',
      parameter: 'page',
      value: String(page),
      allowed: last === 1 ? ['1'] : [`1–${last}`],
    })
  }
  return answer({ total, page, pageSize: PAGE_SIZE, organisations: profiles })
}
