import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { writer } from '@/lib/database/client'
import { env } from '@/lib/env'
import { deleteExpired } from '@/lib/jobs/clean-up'
import { releaseLeases, acquireLease } from '@/lib/database/lease'
import { deleteMail, queueMail, sendDueMail } from '@/lib/mail/outbox'
import type { MailServer } from '@/lib/mail/smtp'
import { startScheduler } from '@/lib/jobs/scheduler'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import { startSmtpServer, type Manner, type SmtpServer } from '@/tests/support/smtp'

let smtp: SmtpServer
let server: MailServer

beforeEach(async () => {
  await freshDatabase()
  smtp = await startSmtpServer()
  server = { url: smtp.url, from: 'L’annuaire <desk@directory.example>' }
})
afterEach(() => smtp.close())

const link = `${env.PUBLIC_ORIGIN}/fr/sign-in/link/secret`

function invite(recipient = 'ann@lanterne.example'): Promise<void> {
  return writer().$transaction((tx) =>
    queueMail(tx, {
      recipient,
      locale: 'fr',
      template: 'invitation',
      values: { name: 'Ann', link },
    }),
  )
}

type Row = {
  recipient: string
  values: string
  attempts: number
  sentAt: string | null
  failedAt: string | null
  failure: string | null
}

function outbox(): Row[] {
  return rows<Row>('SELECT * FROM "OutboxMail" ORDER BY "createdAt", "id"')
}

/** A clock that stands that many hours from now. */
function later(hours: number): () => Date {
  return () => new Date(Date.now() + hours * 60 * 60 * 1000)
}

describe('a mail', () => {
  test('is sent once, and then says nothing any more', async () => {
    await invite()
    expect(await sendDueMail(server)).toBe(1)
    expect(await sendDueMail(server, later(24))).toBe(0)
    expect(smtp.received).toHaveLength(1)
    const [mail] = smtp.received
    expect(mail).toMatchObject({ from: 'desk@directory.example', to: ['ann@lanterne.example'] })
    expect(mail?.text).toContain(link)
    expect(mail?.headers['content-type']).toMatch(/^text\/plain/)
    expect(mail?.headers['content-language']).toBe('fr')
    expect(outbox()).toMatchObject([{ recipient: '', values: '{}', failure: null }])
    expect(outbox()[0]?.sentAt).not.toBeNull()
  })

  test('of a transaction that was rolled back is never sent', async () => {
    const failing = writer().$transaction(async (tx) => {
      await queueMail(tx, {
        recipient: 'ann@lanterne.example',
        locale: 'en',
        template: 'reset',
        values: { name: 'Ann', link },
      })
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    expect(await sendDueMail(server)).toBe(0)
    expect(smtp.connections()).toBe(0)
  })

  test('is sent once by senders that come at once', async () => {
    for (let count = 0; count < 5; count++) await invite(`ann${count}@lanterne.example`)
    await Promise.all([1, 2, 3].map(() => sendDueMail(server)))
    expect(smtp.received.flatMap(({ to }) => to).sort()).toEqual(
      [0, 1, 2, 3, 4].map((count) => `ann${count}@lanterne.example`),
    )
  })

  test('goes to one address and links to this site, or is a fault of the program', async () => {
    for (const recipient of [
      'ann@lanterne.example\r\nBcc: eve@elsewhere.example',
      'ann@lanterne.example, eve@elsewhere.example',
      'Ann <ann@lanterne.example>',
      'ann',
    ]) {
      await expect(invite(recipient)).rejects.toThrow('one address')
    }
    const elsewhere = writer().$transaction((tx) =>
      queueMail(tx, {
        recipient: 'ann@lanterne.example',
        locale: 'fr',
        template: 'reset',
        values: { name: 'Ann', link: 'https://elsewhere.example/' },
      }),
    )
    await expect(elsewhere).rejects.toThrow('this site')
    expect(outbox()).toEqual([])
  })

  test('with a line break in a header is given up, even where the row was altered', async () => {
    await invite()
    execute(
      `UPDATE "OutboxMail" SET "recipient" = 'a@b.example' || char(13, 10) || 'Bcc: c@d.example'`,
    )
    expect(await sendDueMail(server)).toBe(0)
    expect(smtp.connections()).toBe(0)
    expect(outbox()).toMatchObject([{ failure: 'unsafeHeader', recipient: '', attempts: 1 }])
  })

  test('that speaks of what is erased is taken back', async () => {
    await writer().$transaction(async (tx) => {
      for (const organisation of ['Collectif "Lanterne"', 'Autre']) {
        await queueMail(tx, {
          recipient: 'ann@lanterne.example',
          locale: 'fr',
          template: 'proposalReceived',
          values: { organisation, link },
        })
      }
      await deleteMail(tx, 'Collectif "Lanterne"')
    })
    expect(outbox()).toHaveLength(1)
    expect(outbox()[0]?.values).toContain('Autre')
  })
})

describe('F7: a mail server that is not well', () => {
  const withDeadline = (deadline: number | undefined) => ({
    ...server,
    ...(deadline === undefined ? {} : { deadline }),
  })

  test('that is down: the mail waits, is tried again and arrives once', async () => {
    await invite()
    await smtp.close()
    expect(await sendDueMail(server)).toBe(0)
    expect(outbox()).toMatchObject([{ attempts: 1, failure: 'unreachable', sentAt: null }])
    // Not before its time.
    expect(await sendDueMail(server)).toBe(0)
    expect(outbox()).toMatchObject([{ attempts: 1 }])
    smtp = await startSmtpServer()
    server = { ...server, url: smtp.url }
    expect(await sendDueMail(server, later(1))).toBe(1)
    expect(smtp.received).toHaveLength(1)
  })

  test('that hangs: nobody waits for it who writes', async () => {
    smtp.behave('hangs')
    await invite()
    let hasEnded = false
    const stop = new AbortController()
    const sending = sendDueMail(server, undefined, stop.signal).finally(() => {
      hasEnded = true
    })
    await vi.waitFor(() => expect(smtp.connections()).toBe(1), { timeout: 30_000 })
    await invite('eve@lanterne.example')
    expect(hasEnded).toBe(false)
    expect(outbox()).toHaveLength(2)
    stop.abort()
    expect(await sending).toBe(0)
    smtp.behave('accepts')
    expect(await sendDueMail(server, later(1))).toBe(2)
    expect(smtp.received).toHaveLength(2)
  })

  test.each<[Manner, string, number?]>([
    ['hangs', 'timedOut', 400],
    ['trickles', 'timedOut', 400],
    ['putsOff', 'deferred'],
  ])('that %s: the mail waits and arrives once', async (manner, failure, deadline) => {
    smtp.behave(manner)
    await invite()
    expect(await sendDueMail(withDeadline(deadline))).toBe(0)
    expect(outbox()).toMatchObject([{ attempts: 1, failure, recipient: 'ann@lanterne.example' }])
    smtp.behave('accepts')
    expect(await sendDueMail(server, later(1))).toBe(1)
    expect(smtp.received).toHaveLength(1)
    expect(outbox()).toMatchObject([{ attempts: 2, failure: null, recipient: '' }])
  })

  test('that takes the mail and never says so gets it once more, as the same mail', async () => {
    smtp.behave('hangsAtTheEnd')
    await invite()
    expect(await sendDueMail(withDeadline(6000))).toBe(0)
    smtp.behave('accepts')
    expect(await sendDueMail(server, later(1))).toBe(1)
    const ids = smtp.received.map(({ headers }) => headers['message-id'])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  test('that refuses for good is not asked again, and what was said is gone', async () => {
    smtp.behave('refuses')
    await invite()
    expect(await sendDueMail(server)).toBe(0)
    expect(await sendDueMail(server, later(24))).toBe(0)
    expect(smtp.connections()).toBe(1)
    expect(outbox()).toMatchObject([{ failure: 'refused', recipient: '', values: '{}' }])
  })

  test('that stays away: eight attempts with growing waits, then it is given up', async () => {
    smtp.behave('putsOff')
    await invite()
    const waits: number[] = []
    for (let clock = Date.now(), attempt = 1; attempt <= 8; attempt++) {
      await sendDueMail(server, () => new Date(clock))
      expect(outbox()).toMatchObject([{ attempts: attempt }])
      const [row] = rows<{ nextAttemptAt: string }>('SELECT "nextAttemptAt" FROM "OutboxMail"')
      const next = new Date(row?.nextAttemptAt ?? '').getTime()
      waits.push(Math.round((next - clock) / 60_000))
      clock = next
    }
    expect(waits.slice(0, 7)).toEqual([1, 5, 15, 60, 180, 360, 360])
    expect(outbox()).toMatchObject([{ failure: 'deferred', recipient: '', values: '{}' }])
    expect(await sendDueMail(server, later(1000))).toBe(0)
    expect(smtp.connections()).toBe(8)
  })
})

describe('a job', () => {
  test('is done by one process at a time, and by another when that is gone', async () => {
    const now = new Date('2026-01-01T00:00:00Z')
    const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)
    expect(await acquireLease('mail', 'a', 60_000, now)).toBe(true)
    expect(await acquireLease('mail', 'b', 60_000, now)).toBe(false)
    expect(await acquireLease('cleaning', 'b', 60_000, now)).toBe(true)
    expect(await acquireLease('mail', 'a', 60_000, after(30))).toBe(true)
    expect(await acquireLease('mail', 'b', 60_000, after(61))).toBe(false)
    expect(await acquireLease('mail', 'b', 60_000, after(91))).toBe(true)
    await releaseLeases('b')
    expect(await acquireLease('mail', 'a', 60_000, after(92))).toBe(true)
  })
})

describe('cleaning', () => {
  test('deletes what has run out, and nothing else', async () => {
    const now = new Date()
    const days = (count: number) => new Date(now.getTime() + count * 24 * 60 * 60 * 1000)
    const stamps = { createdAt: days(-40), updatedAt: days(-40) }
    await writer().user.create({
      data: { id: 'u', name: 'U', email: 'u@x.example', role: 'member', locale: 'fr', ...stamps },
    })
    for (const [id, ends, was] of [
      ['old', days(-1), days(-31)],
      ['new', days(1), days(-29)],
    ] as const) {
      await writer().session.create({
        data: { id, token: id, userId: 'u', ...stamps, expiresAt: ends },
      })
      await writer().verification.create({
        data: { id, identifier: id, value: 'x', ...stamps, expiresAt: ends },
      })
      await writer().oneTimeToken.create({
        data: { id, kind: 'reset', createdBy: 'x', createdAt: days(-40), expiresAt: ends },
      })
      await writer().idempotencyKey.create({
        data: { id, userId: 'u', outcome: '{}', receivedAt: was },
      })
      await writer().formDraft.create({ data: { id, userId: 'u', fields: '{}', updatedAt: was } })
      await writer().outboxMail.create({
        data: {
          ...{ id, recipient: '', locale: 'fr', template: 'reset', values: '{}', sentAt: was },
          ...{ createdAt: was, nextAttemptAt: was },
        },
      })
    }
    await deleteExpired(now)
    for (const table of [
      ...['Session', 'Verification', 'OneTimeToken', 'IdempotencyKey', 'FormDraft', 'OutboxMail'],
    ]) {
      expect(rows(`SELECT "id" FROM "${table}"`), table).toEqual([{ id: 'new' }])
    }
  })

  test('is begun soon after the start, and stops with the server', async () => {
    const past = new Date('2026-01-01T00:00:00Z')
    await writer().oneTimeToken.create({
      data: { id: 'x', kind: 'reset', createdBy: 'x', createdAt: past, expiresAt: past },
    })
    const stop = startScheduler()
    await vi.waitFor(() => expect(rows('SELECT * FROM "OneTimeToken"')).toEqual([]), {
      timeout: 30_000,
      interval: 200,
    })
    await stop()
    expect(rows('SELECT * FROM "JobLease"')).toEqual([])
  })

  test('gives up a mail that waited for a day without a mail server', async () => {
    await invite()
    await deleteExpired(new Date())
    expect(outbox()).toMatchObject([{ failedAt: null, recipient: 'ann@lanterne.example' }])
    await deleteExpired(later(25)())
    expect(outbox()).toMatchObject([{ failure: 'expired', recipient: '', values: '{}' }])
  })
})
