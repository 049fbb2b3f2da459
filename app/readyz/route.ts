import { checkReadiness } from '@/lib/health/readiness'

/** Answers 200 while requests may be sent here, else 503 with the code of the reason. */
export async function GET(): Promise<Response> {
  const found = await checkReadiness()
  return found.ready
    ? Response.json({ status: 'ready' })
    : Response.json({ status: 'notReady', reason: found.reason }, { status: 503 })
}

export const dynamic = 'force-dynamic'
