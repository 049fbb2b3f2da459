import { expect, test } from 'vitest'
import { sanitizeEntry } from '@/lib/log'

test('what tells of a visitor is not written, even when it is passed', () => {
  expect(
    sanitizeEntry({
      event: 'pageServed',
      route: '/{l}/organisations/[slug]',
      status: 200,
      milliseconds: 1.5,
      address: '192.0.2.7',
      url: '/fr/organisations?q=mot',
      headers: { cookie: 'a=b' },
      words: 'mot',
    }),
  ).toEqual({
    event: 'pageServed',
    route: '/{l}/organisations/[slug]',
    status: 200,
    milliseconds: 1.5,
  })
})

test.each([
  'desk@example.org',
  'a search of words',
  '/fr/organisations?q=mot',
  'é',
  'x'.repeat(121),
])('a text such as %j is removed', (reason) => {
  expect(sanitizeEntry({ event: 'failed', reason })).toEqual({
    event: 'failed',
    reason: '[removed]',
  })
})

test('of an error its name, code and place are written, not its words', () => {
  const cause = Object.assign(new TypeError('for desk@example.org'), { code: 'ERR_INVALID_URL' })
  const line = sanitizeEntry({
    event: 'failed',
    error: new Error('searched:\n    at mot', { cause }),
  })
  expect(line).toMatchObject({
    event: 'failed',
    error: { name: 'Error', cause: { name: 'TypeError', code: 'ERR_INVALID_URL' } },
  })
  const written = JSON.stringify(line)
  expect(written).toContain('log.test.ts')
  expect(written).not.toContain('searched')
  expect(written).not.toContain('at mot')
  expect(written).not.toContain('example.org')
})

test('what is thrown without being an error says only of what kind it is', () => {
  expect(sanitizeEntry({ event: 'failed', error: 'words' })).toEqual({
    event: 'failed',
    error: { name: 'string' },
  })
})
