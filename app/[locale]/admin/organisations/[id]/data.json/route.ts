import { exportOrganisation } from '@/lib/organisations/export-json'
import { parseLocale } from '@/lib/i18n/navigation'
import { fileResponse } from '../../../../file-response'
import { actingUser, redirectToSignIn } from '../../../require-user'

type Context = { params: Promise<{ locale: string; id: string }> }

/** All stored data about an organisation as a JSON file. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { locale, id } = await params
  const signedIn = await actingUser('download')
  if (!signedIn) {
    const path = `/admin/organisations/${encodeURIComponent(id)}/data.json`
    return redirectToSignIn(parseLocale(locale), path)
  }
  const outcome = await exportOrganisation(signedIn.actor, id)
  // A denied download must look like an organisation that never existed.
  if (!outcome.ok) return new Response(null, { status: 404 })
  return fileResponse(`${JSON.stringify(outcome.data, null, 2)}\n`, {
    ...{ name: `${outcome.slug}.json`, contentType: 'application/json' },
    headers: { 'Cache-Control': 'no-store' },
  })
}
