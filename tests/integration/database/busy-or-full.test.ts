import Database from 'better-sqlite3'
import { beforeEach, describe, expect, test } from 'vitest'
import { reader, writer } from '@/lib/database/client'
import { databaseErrorOf } from '@/lib/database/busy-or-full'
import { env } from '@/lib/env'
import { rows, freshDatabase } from '@/tests/support/database'
import { givenProfile } from '@/tests/support/profiles'

beforeEach(freshDatabase)

/** Another connection that writes, as another process would. */
function holdLock(): Database.Database {
  const other = new Database(env.databaseFile)
  other.exec('BEGIN IMMEDIATE')
  return other
}

async function failureOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => null,
    (error: unknown) => error,
  )
}

const writes = {
  'a command': () => givenProfile({ name: 'Fictional Circle' }),
  'a statement': () => writer().$executeRaw`UPDATE "ContentVersion" SET "contentVersion" = 77`,
  'an update': () =>
    writer().contentVersion.update({ where: { id: 1 }, data: { contentVersion: 77 } }),
} satisfies Record<string, () => Promise<unknown>>

describe('while another process is writing', () => {
  test.each(Object.entries(writes))('%s waits for it, and is done', async (_, write) => {
    const other = holdLock()
    let isDone = false
    const written = write().finally(() => (isDone = true))
    // Reading goes on meanwhile; by the end of it the write has been tried.
    for (let read = 0; read < 20; read++) expect(await reader().contentVersion.count()).toBe(1)
    expect(isDone).toBe(false)
    other.exec('ROLLBACK')
    other.close()
    await expect(written).resolves.toBeTruthy()
  })

  test('all give up in the end and say why, while the process does other work and the public reads', async () => {
    const other = holdLock()
    const attempts = Promise.all(Object.values(writes).map((write) => failureOf(write())))
    let turns = 0
    const clock = setInterval(() => (turns += 1), 10)
    expect(await reader().contentVersion.count()).toBe(1)
    expect((await attempts).map((one) => databaseErrorOf(one))).toEqual(['busy', 'busy', 'busy'])
    clearInterval(clock)
    other.exec('ROLLBACK')
    other.close()
    // They waited for seconds; a driver that waits by itself stands still for each of them, and then
    // there is a turn between two attempts at the most.
    expect(turns).toBeGreaterThan(10)
    for (const write of Object.values(writes)) await expect(write()).resolves.toBeTruthy()
  })
})

describe('without room on the disk', () => {
  async function fill() {
    const [{ page_count: pages } = { page_count: 0 }] = await writer().$queryRaw<
      { page_count: number | bigint }[]
    >`PRAGMA page_count`
    await writer().$queryRawUnsafe(`PRAGMA max_page_count = ${String(pages)}`)
  }

  test('what is written is refused whole, what is read is there, and it goes on with room', async () => {
    await givenProfile({ name: 'Fictional Circle' })
    await fill()
    const failures: unknown[] = []
    let kept = 0
    for (let number = 0; number < 40; number++) {
      const failure = await failureOf(givenProfile({ name: `Fictional Crowd ${String(number)}` }))
      if (failure === null) kept += 1
      else failures.push(failure)
    }
    expect(failures.length).toBeGreaterThan(0)
    expect(new Set(failures.map((one) => databaseErrorOf(one)))).toEqual(new Set(['full']))
    expect(await reader().organisation.count()).toBe(1 + kept)
    expect(rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    await writer().$queryRawUnsafe('PRAGMA max_page_count = 1073741823')
    await expect(givenProfile({ name: 'Fictional Room' })).resolves.toMatchObject({ ok: true })
  })
})
