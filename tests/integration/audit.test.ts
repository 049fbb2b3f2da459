import { beforeEach, describe, expect, test } from 'vitest'
import { recordAudit } from '@/lib/audit/record'
import { writer } from '@/lib/db/client'
import { execute, freshDatabase, rows } from '@/tests/support/database'

beforeEach(freshDatabase)

function entries() {
  return rows<{ number: number; act: string; actor: string; detail: string; previousHash: string }>(
    'SELECT * FROM "AuditEntry" ORDER BY "number"',
  )
}

describe('the audit log', () => {
  test('appends entry after entry, each bound to the one before', async () => {
    await writer().$transaction(async (tx) => {
      await recordAudit(tx, { actor: 'person:ada', act: 'signedIn' })
      await recordAudit(tx, { actor: 'nobody', act: 'signInRefused', detail: { attempts: 3 } })
    })
    await writer().$transaction((tx) =>
      recordAudit(tx, { actor: 'system:command-line', act: 'personInvited', subject: 'eve' }),
    )
    expect(entries()).toMatchObject([
      { number: 1, act: 'signedIn', detail: '{}', previousHash: null },
      { number: 2, act: 'signInRefused', detail: '{"attempts":3}' },
      { number: 3, act: 'personInvited', actor: 'system:command-line' },
    ])
  })

  test('keeps nothing of a transaction that was rolled back, and leaves no gap', async () => {
    const failing = writer().$transaction(async (tx) => {
      await recordAudit(tx, { actor: 'person:ada', act: 'signedIn' })
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    await writer().$transaction((tx) => recordAudit(tx, { actor: 'nobody', act: 'signInRefused' }))
    expect(entries()).toMatchObject([{ number: 1, act: 'signInRefused' }])
  })

  test('keeps every entry of writers that come at once', async () => {
    await Promise.all(
      Array.from({ length: 20 }, () =>
        writer().$transaction((tx) => recordAudit(tx, { actor: 'nobody', act: 'signInRefused' })),
      ),
    )
    expect(entries().map(({ number }) => number)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    )
  })

  test.each([
    { actor: 'person:ada@lanterne.example' },
    { actor: 'nobody', subject: 'Collectif Lanterne' },
    { actor: 'nobody', detail: { address: '192.0.2.17' } },
  ])('refuses %j', async (entry) => {
    const recording = writer().$transaction((tx) => recordAudit(tx, { act: 'signedIn', ...entry }))
    await expect(recording).rejects.toThrow('codes, ids and numbers only')
    expect(entries()).toEqual([])
  })

  test('cannot be changed or deleted, even past the program', async () => {
    await writer().$transaction((tx) => recordAudit(tx, { actor: 'nobody', act: 'signInRefused' }))
    expect(() => execute(`UPDATE "AuditEntry" SET "actor" = 'x'`)).toThrow('append-only')
    expect(() => execute('DELETE FROM "AuditEntry"')).toThrow('append-only')
  })
})
