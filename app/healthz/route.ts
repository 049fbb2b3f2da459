import { countListed } from '@/lib/directory/queries'

/** Answers 200 while the process runs and can read its database; says nothing else. */
export async function GET(): Promise<Response> {
  await countListed()
  return Response.json({ status: 'ok' })
}

export const dynamic = 'force-dynamic'
