import { expect, test } from 'vitest'
import { env } from '@/lib/env'
import { freshDatabase, rows } from '@/tests/support/database'
import { administratorCookie } from '@/tests/support/desk-over-http'
import { writeUntilKilled } from '@/tests/support/mixed-writes'
import { runSite } from '@/tests/support/site'

test('the built site, killed in the middle of writing, has all that it has acknowledged', async () => {
  await freshDatabase()
  const cookie = await administratorCookie()
  const settings = { databaseUrl: `file:${env.databaseFile}`, settings: { LOG_LEVEL: 'warn' } }
  const acknowledged = await writeUntilKilled(await runSite(settings), cookie, 0)
  expect(acknowledged.length).toBeGreaterThan(0)

  // It opens what it left, and what it opens is whole.
  const again = await runSite(settings)
  expect((await fetch(`${again.baseUrl}/readyz`)).status).toBe(200)
  expect(rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
  for (const { id, name, texts } of acknowledged) {
    const [found] = rows<{ name: string; text: string }>(
      `SELECT o."name", a."text" FROM "Organisation" o JOIN "Answer" a ON a."organisationId" = o."id"
       WHERE o."id" = ? AND a."language" = 'fr'`,
      id,
    )
    expect(found?.name).toBe(name)
    expect(texts).toContain(found?.text)
  }
  await again.stop()
}, 150_000)
