import { permanentRedirect } from 'next/navigation'
import type { NextRequest } from 'next/server'
import { findPublicProfile } from '@/lib/organisations/public-queries'
import { jsonResponse, notFoundResponse } from '../../json-response'

/** One profile for programs; a former address leads to the present one. */
export async function GET(
  _request: NextRequest,
  { params }: { params: Promise<{ slug: string }> },
): Promise<Response> {
  const found = await findPublicProfile((await params).slug)
  if (!found) return notFoundResponse()
  if (found.kind === 'moved') permanentRedirect(`/api/organisations/${found.slug}`)
  return jsonResponse(found.profile)
}
