import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Actor } from '@/lib/permissions/permissions'
import { auditLabels } from '@/components/admin/audit-labels'
import { exportAuditLog, loadAuditLog } from '@/lib/admin/audit-log'
import { AUDIT_ACTIONS } from '@/lib/audit/actions'
import { auditCommand } from '@/cli/audit'
import { parseAuditFilters } from '@/lib/audit/filters'
import { recordAudit } from '@/lib/audit/record'
import { verifyAudit } from '@/lib/audit/verify'
import { writer } from '@/lib/database/client'
import {
  confirmProfile,
  hideProfile,
  listProfile,
  withdrawProfile,
} from '@/lib/organisations/publish'
import { saveProfile } from '@/lib/organisations/save'
import { verifyRevisions } from '@/lib/revisions/verify'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

beforeEach(freshDatabase)

function entries() {
  return rows<{
    number: number
    action: string
    actor: string
    detail: string
    previousHash: string
  }>('SELECT * FROM "AuditEntry" ORDER BY "number"')
}

describe('the audit log', () => {
  test('appends entry after entry, each bound to the one before', async () => {
    await writer().$transaction(async (tx) => {
      await recordAudit(tx, { actor: 'user:ada', action: 'signedIn' })
      await recordAudit(tx, {
        actor: 'anonymous',
        action: 'signInRefused',
        detail: { attempts: 3 },
      })
    })
    await writer().$transaction((tx) =>
      recordAudit(tx, { actor: 'system:command-line', action: 'userInvited', subject: 'eve' }),
    )
    expect(entries()).toMatchObject([
      { number: 1, action: 'signedIn', detail: '{}', previousHash: null },
      { number: 2, action: 'signInRefused', detail: '{"attempts":3}' },
      { number: 3, action: 'userInvited', actor: 'system:command-line' },
    ])
  })

  test('keeps nothing of a transaction that was rolled back, and leaves no gap', async () => {
    const failing = writer().$transaction(async (tx) => {
      await recordAudit(tx, { actor: 'user:ada', action: 'signedIn' })
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    await writer().$transaction((tx) =>
      recordAudit(tx, { actor: 'anonymous', action: 'signInRefused' }),
    )
    expect(entries()).toMatchObject([{ number: 1, action: 'signInRefused' }])
  })

  test('keeps every entry of writers that come at once', async () => {
    await Promise.all(
      Array.from({ length: 20 }, () =>
        writer().$transaction((tx) =>
          recordAudit(tx, { actor: 'anonymous', action: 'signInRefused' }),
        ),
      ),
    )
    expect(entries().map(({ number }) => number)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    )
  })

  test.each([
    { actor: 'user:ada@lanterne.example' },
    { actor: 'anonymous', subject: 'Collectif Lanterne' },
    { actor: 'anonymous', detail: { address: '192.0.2.17' } },
  ])('refuses %j', async (entry) => {
    const recording = writer().$transaction((tx) =>
      recordAudit(tx, { action: 'signedIn', ...entry }),
    )
    await expect(recording).rejects.toThrow('codes, ids and numbers only')
    expect(entries()).toEqual([])
  })

  test('cannot be changed or deleted, even past the program', async () => {
    await writer().$transaction((tx) =>
      recordAudit(tx, { actor: 'anonymous', action: 'signInRefused' }),
    )
    expect(() => execute(`UPDATE "AuditEntry" SET "actor" = 'x'`)).toThrow('append-only')
    expect(() => execute('DELETE FROM "AuditEntry"')).toThrow('append-only')
    const replace = 'INSERT OR REPLACE INTO "AuditEntry" SELECT * FROM "AuditEntry"'
    expect(() => execute(replace)).toThrow('append-only')
  })
})

const member: Actor = { kind: 'user', id: 'mia', role: 'member', organisations: ['elsewhere'] }

describe('commands on profiles', () => {
  test('record who listed, hid, withdrew and confirmed which profile', async () => {
    const { id } = await givenProfile()
    await confirmProfile(administrator, { id, reason: 'confirm' })
    await hideProfile(administrator, { id, reason: 'hide' })
    await hideProfile(administrator, { id, reason: 'again' })
    await listProfile(administrator, { id, reason: 'list' })
    await withdrawProfile(administrator, { id, reason: 'withdraw' })
    const said = { actor: 'user:ada', subject: id }
    expect(entries()).toMatchObject([
      { ...said, action: 'profileListed', detail: '{"from":"new"}' },
      { ...said, action: 'profileConfirmed', detail: '{"version":2}' },
      { ...said, action: 'profileHidden', detail: '{"from":"listed"}' },
      { ...said, action: 'profileListed', detail: '{"from":"hidden"}' },
      { ...said, action: 'profileWithdrawn', detail: '{"from":"listed"}' },
    ])
  })

  test('record what a person was refused, and a stranger leaves nothing', async () => {
    const { id, version } = await givenProfile({}, 'draft')
    await hideProfile(member, { id, reason: 'x' })
    await saveProfile(member, { profile: { id, version }, content: content(), reason: 'x' })
    await saveProfile(member, { profile: null, content: content(), reason: 'x' })
    await hideProfile({ kind: 'anonymous' }, { id, reason: 'x' })
    const said = { actor: 'user:mia', action: 'permissionDenied' }
    expect(entries()).toMatchObject([
      { ...said, subject: id, detail: '{"act":"hide"}' },
      { ...said, subject: id, detail: '{"act":"save"}' },
      { ...said, subject: null, detail: '{"act":"create"}' },
    ])
  })

  test('record nothing of what was invented', async () => {
    await saveProfile(
      { kind: 'system', name: 'demo' },
      { profile: null, content: content(), reason: 'demo', status: 'listed', fictional: true },
    )
    expect(entries()).toEqual([])
  })
})

/** What somebody could do who has the file: past the triggers. */
function tamper(statement: string): void {
  execute(
    `DROP TRIGGER IF EXISTS "AuditEntry_refuses_update";
     DROP TRIGGER IF EXISTS "AuditEntry_refuses_delete";
     DROP TRIGGER IF EXISTS "Revision_refuses_update";
     DROP TRIGGER IF EXISTS "Revision_refuses_delete";
     ${statement}`,
  )
}

async function threeEntries(): Promise<void> {
  for (const act of ['signedIn', 'exported', 'signedOut'] as const) {
    await writer().$transaction((tx) => recordAudit(tx, { actor: 'user:ada', action: act }))
  }
}

describe('verifying the audit log', () => {
  test('finds nothing wrong with what was recorded, and with nothing', async () => {
    expect(await verifyAudit()).toEqual({ ok: true, checked: 0 })
    await threeEntries()
    expect(await verifyAudit()).toEqual({ ok: true, checked: 3 })
  })

  test.each([
    [`UPDATE "AuditEntry" SET "actor" = 'user:eve' WHERE "number" = 2`, 2, 'changed'],
    [`UPDATE "AuditEntry" SET "action" = 'signedIn' WHERE "number" = 2`, 2, 'changed'],
    [`UPDATE "AuditEntry" SET "subject" = 'x' WHERE "number" = 3`, 3, 'changed'],
    [`UPDATE "AuditEntry" SET "detail" = '{"count":1}' WHERE "number" = 1`, 1, 'changed'],
    [`UPDATE "AuditEntry" SET "createdAt" = '2020-01-01T00:00:00.000+00:00'`, 1, 'changed'],
    [`UPDATE "AuditEntry" SET "hash" = 'x' WHERE "number" = 2`, 2, 'changed'],
    [`UPDATE "AuditEntry" SET "previousHash" = NULL WHERE "number" = 2`, 2, 'unlinked'],
    [`DELETE FROM "AuditEntry" WHERE "number" = 1`, 1, 'missing'],
    [`DELETE FROM "AuditEntry" WHERE "number" = 2`, 2, 'missing'],
    [`DELETE FROM "AuditEntry" WHERE "number" = 3`, 3, 'missing'],
    [`DELETE FROM "AuditEntry"`, 1, 'missing'],
  ])('names the first entry after: %s', async (statement, number, fault) => {
    await threeEntries()
    tamper(statement)
    expect(await verifyAudit()).toEqual({ ok: false, broken: { number, fault } })
  })
})

describe('verifying the revisions', () => {
  async function chains(): Promise<string> {
    const first = await givenProfile()
    await givenProfile({ name: 'Autre' })
    await hideProfile(administrator, { id: first.id, reason: 'x' })
    await listProfile(administrator, { id: first.id, reason: 'x' })
    return first.id
  }

  test('finds nothing wrong with what was recorded', async () => {
    await chains()
    expect(await verifyRevisions()).toEqual({ ok: true, checked: 4, organisations: 2 })
  })

  test.each([
    [`UPDATE "Revision" SET "content" = '{}' WHERE "number" = 2`, 2, 'contentChanged'],
    [
      `UPDATE "Revision" SET "content" = '{"erased":true}' WHERE "number" = 2`,
      2,
      'erasedWithoutRecord',
    ],
    [`UPDATE "Revision" SET "actor" = 'user:eve' WHERE "number" = 3`, 3, 'changed'],
    [`UPDATE "Revision" SET "previousHash" = 'x' WHERE "number" = 2`, 2, 'unlinked'],
    [`DELETE FROM "Revision" WHERE "number" = 2`, 2, 'missing'],
    [`DELETE FROM "Revision" WHERE "number" = 3`, 3, 'missing'],
  ])('names the first revision after: %s', async (statement, number, fault) => {
    const organisationId = await chains()
    tamper(statement)
    expect(await verifyRevisions()).toEqual({
      ok: false,
      broken: { organisationId, number, fault },
    })
  })
})

describe('the command', () => {
  function listen(): { out: () => string; err: () => string } {
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const said = (spy: typeof out) => spy.mock.calls.map(([text]) => String(text)).join('')
    return { out: () => said(out), err: () => said(err) }
  }

  test('says that all is intact', async () => {
    await givenProfile()
    const said = listen()
    expect(await auditCommand(['verify'])).toBe(0)
    expect(said.out().split('\n')).toHaveLength(3)
  })

  test('names what is broken', async () => {
    await threeEntries()
    tamper(`UPDATE "AuditEntry" SET "actor" = 'user:eve' WHERE "number" = 2`)
    const said = listen()
    expect(await auditCommand(['verify'])).toBe(2)
    expect(said.out()).toMatch(/\b2\b/)
  })

  test.each([[[]], [['check']], [['verify', '--all']]])('does not know %j', async (args) => {
    const said = listen()
    expect(await auditCommand(args)).toBe(1)
    expect(said.out()).toBe('')
    expect(said.err()).not.toBe('')
  })
})

describe('reading the audit log', () => {
  const all = parseAuditFilters({})

  async function givenLog(): Promise<string> {
    const { id } = await givenProfile({ name: 'Collectif Lanterne' })
    const at = new Date()
    await writer().user.create({
      data: {
        ...{ id: 'ada', name: 'Ada', email: 'ada@x.example', role: 'administrator' },
        ...{ locale: 'fr', createdAt: at, updatedAt: at },
      },
    })
    await hideProfile(administrator, { id, reason: 'x' })
    await hideProfile(member, { id, reason: 'x' })
    return id
  }

  test('names people and organisations as they are called now, latest first', async () => {
    const id = await givenLog()
    expect(await loadAuditLog(administrator, all)).toMatchObject({
      ok: true,
      total: 3,
      pageCount: 1,
      entries: [
        {
          ...{ number: 3, action: 'permissionDenied', detail: { act: 'hide' } },
          actor: { kind: 'user', id: 'mia', name: null },
          subject: { id, kind: 'organisation', name: 'Collectif Lanterne' },
        },
        { number: 2, action: 'profileHidden', actor: { kind: 'user', id: 'ada', name: 'Ada' } },
        { number: 1, action: 'profileListed' },
      ],
    })
  })

  test('gives what is asked for', async () => {
    const id = await givenLog()
    const today = new Date().toISOString().slice(0, 10)
    const numbers = async (asked: Record<string, string>) => {
      const log = await loadAuditLog(administrator, parseAuditFilters(asked))
      return log.ok ? log.entries.map(({ number }) => number) : null
    }
    expect(await numbers({ act: 'profileHidden' })).toEqual([2])
    expect(await numbers({ person: 'ada' })).toEqual([2, 1])
    expect(await numbers({ subject: id, act: 'permissionDenied' })).toEqual([3])
    expect(await numbers({ subject: 'nowhere' })).toEqual([])
    expect(await numbers({ to: '2026-01-01' })).toEqual([])
    expect(await numbers({ from: '2026-01-01', to: today })).toHaveLength(3)
  })

  test('in pages', async () => {
    await writer().$transaction(async (tx) => {
      for (let count = 0; count < 51; count++) {
        await recordAudit(tx, { actor: 'anonymous', action: 'signInRefused' })
      }
    })
    const second = await loadAuditLog(administrator, { ...all, page: 2 })
    expect(second).toMatchObject({ total: 51, pageCount: 2, entries: [{ number: 1 }] })
  })

  test('taken along whole, which is on record itself', async () => {
    await givenLog()
    const exported = await exportAuditLog(administrator, all)
    expect(exported).toMatchObject({ ok: true, entries: [{ number: 1 }, {}, { number: 3 }] })
    expect(entries().at(-1)).toMatchObject({
      ...{ action: 'exported', actor: 'user:ada', detail: '{"what":"audit","count":3}' },
    })
  })

  test('by nobody but administrators; whoever tries with an account is on record', async () => {
    await givenLog()
    const editor: Actor = { kind: 'user', id: 'ann', role: 'editor', regions: ['africa'] }
    for (const actor of [{ kind: 'anonymous' } as const, editor, member]) {
      expect(await loadAuditLog(actor, all)).toEqual({ ok: false, reason: 'denied' })
      expect(await exportAuditLog(actor, all)).toEqual({ ok: false, reason: 'denied' })
    }
    const refused = entries().slice(3)
    expect(refused.map(({ actor }) => actor)).toEqual([
      ...['user:ann', 'user:ann', 'user:mia', 'user:mia'],
    ])
    expect(refused[0]).toMatchObject({ action: 'permissionDenied', detail: '{"what":"readAudit"}' })
  })

  test.each(['en', 'fr'] as const)('every act and detail has its words: %s', async (locale) => {
    await givenLog()
    const log = await loadAuditLog(administrator, all)
    if (!log.ok) throw new Error(log.reason)
    const [refused] = log.entries
    if (!refused) throw new Error('no entry')
    for (const act of AUDIT_ACTIONS) {
      expect(auditLabels(locale, { ...refused, action: act }).action).not.toBe(act)
    }
    const words = auditLabels(locale, refused)
    expect(words.subject).toBe('Collectif Lanterne')
    expect(words.detail).toMatch(locale === 'en' ? /^tried to hide$/ : /^tentative.:.masquer$/)
  })
})
