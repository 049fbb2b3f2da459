import { describe, expect, test } from 'vitest'
import { ROLES } from '@/lib/permissions/permissions'
import {
  browserFamily,
  sessionExpiresAt,
  isSessionValid,
  MAX_SESSION_MS,
} from '@/lib/auth/session-lifetime'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const began = new Date('2026-11-25T08:00:00.000Z')
const after = (milliseconds: number) => new Date(began.getTime() + milliseconds)

describe.each([
  ['administrator', 30 * MINUTE, 12 * HOUR],
  ['editor', 30 * MINUTE, 12 * HOUR],
  ['translator', 30 * MINUTE, 12 * HOUR],
  ['member', 7 * DAY, 30 * DAY],
] as const)('a session of role %s', (role, idle, absolute) => {
  test('ends when nothing was done for its idle time', () => {
    expect(sessionExpiresAt(role, began, began)).toEqual(after(idle))
    expect(sessionExpiresAt(role, began, after(idle / 2))).toEqual(after(idle * 1.5))
  })

  test('ends at its absolute end however late it is used', () => {
    expect(sessionExpiresAt(role, began, after(absolute - 1))).toEqual(after(absolute))
  })

  test('is over at its ends, not a moment before', () => {
    const session = { createdAt: began, expiresAt: after(idle) }
    expect(isSessionValid(role, session, after(idle - 1))).toBe(true)
    expect(isSessionValid(role, session, after(idle))).toBe(false)
    const late = { createdAt: began, expiresAt: after(2 * absolute) }
    expect(isSessionValid(role, late, after(absolute - 1))).toBe(true)
    expect(isSessionValid(role, late, after(absolute))).toBe(false)
  })
})

test('a browser keeps its cookie as long as any session may live', () => {
  const ends = ROLES.map((role) => sessionExpiresAt(role, began, after(365 * DAY)).getTime())
  expect(MAX_SESSION_MS).toBe(Math.max(...ends) - began.getTime())
})

describe('the family of a browser', () => {
  test.each([
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
      'Edge',
    ],
    ['Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 OPR/120.0', 'Opera'],
    ['Mozilla/5.0 (Linux) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36', 'Samsung'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox'],
    ['Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 FxiOS/140.0 Mobile Safari/605.1.15', 'Firefox'],
    ['Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 CriOS/140.0 Mobile Safari/604.1', 'Chrome'],
    ['Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/140.0 Safari/537.36', 'Chrome'],
    ['Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15', 'Safari'],
    ['curl/8.5.0', null],
    ['Chrome without a version', null],
    ['', null],
  ])('of %s is %s', (userAgent, family) => {
    expect(browserFamily(userAgent)).toBe(family)
  })

  test('stays what it is when it is read once more', () => {
    for (const family of ['Edge', 'Opera', 'Samsung', 'Firefox', 'Chrome', 'Safari']) {
      expect(browserFamily(family)).toBe(family)
    }
  })
})
