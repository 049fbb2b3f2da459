import { headers } from 'next/headers'
import { signOut } from '@/lib/auth/sign-in'
import { parseLocale, localePath } from '@/lib/i18n/navigation'

/** Signs out, and tells the browser to delete everything that it stores for this site. */
export async function POST(
  _request: Request,
  { params }: { params: Promise<{ locale: string }> },
): Promise<Response> {
  const { locale } = await params
  const answer = await signOut(await headers())
  const response = new Response(null, {
    status: 303,
    headers: {
      location: localePath(parseLocale(locale), '/sign-in?done=out'),
      'clear-site-data': '"cache", "cookies", "storage"',
    },
  })
  for (const cookie of answer.getSetCookie()) response.headers.append('set-cookie', cookie)
  return response
}
