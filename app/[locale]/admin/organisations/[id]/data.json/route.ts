import { exportOrganisation } from '@/lib/organisations/export-json'
import { actingUser } from '../../../require-user'

type Context = { params: Promise<{ locale: string; id: string }> }

/** Everything that is held about an organisation, as a file, for those who may take it along. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { locale, id } = await params
  const signedIn = await actingUser('download')
  if (!signedIn) {
    const next = `/${locale}/admin/organisations/${encodeURIComponent(id)}/data.json`
    const location = `/${locale}/sign-in?next=${encodeURIComponent(next)}`
    return new Response(null, { status: 303, headers: { Location: location } })
  }
  const outcome = await exportOrganisation(signedIn.actor, id)
  // Whoever may not have it cannot tell it from one that never was.
  if (!outcome.ok) return new Response(null, { status: 404 })
  return new Response(`${JSON.stringify(outcome.data, null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${outcome.slug}.json"`,
      'Cache-Control': 'no-store',
    },
  })
}
