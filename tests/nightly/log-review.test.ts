import { describe, expect, test } from 'vitest'
import { reviewLog, wordsAsked } from '@/tests/support/log-review'

const ready = '{"level":"info","event":"ready","origin":"http://localhost:3000"}'
const refused =
  '{"level":"warn","event":"permissionDenied","reason":"list","name":"user:5dbf2a3c-59a4-4d55-a2a4-9a3c6f2f2b7c"}'
const failed =
  '{"level":"error","event":"renderFailed","route":"/[locale]/admin","error":{"stack":["at a (/x/node_modules/@prisma/client/runtime.js:12:3)"]}}'

describe('review of a log', () => {
  test('finds nothing in entries as they should be', () => {
    expect(
      reviewLog(`${ready}\n${refused}\n${failed}\nReady: http://localhost:3000\n`, ['ab']),
    ).toEqual([])
  })

  test.each([
    ['an e-mail address', 'ada@fictional.example'],
    ['a network address', '127.0.0.1'],
    ['a network address', '::ffff:7f00:1'],
    ['a network address', '2001:db8:0:0:1:2:3:4'],
    ['a query', '/fr/organisations?q=x'],
    ['a query', 'caf%C3%A9'],
    ['"lanterne"', 'Collectif Lanterne'],
  ])('finds %s', (what, said) => {
    const faults = reviewLog(`${ready}\n{"event":"${said}"}`, ['Lanterne'])
    expect(faults).toEqual([`${what}: {"event":"${said}"}`])
  })

  test('is not content with a log that says nothing', () => {
    expect(reviewLog('', [])).toEqual(['no entry at all'])
  })

  test('knows what was searched for and which secrets were in addresses', () => {
    const secret = 'bm8tc3VjaC1zZWNyZXQtaGFzLWV2ZXItYmVlbi1tYWRl'
    expect(
      wordsAsked([
        '/fr/organisations?q=aide+juridique&sort=newest',
        `http://localhost:1/en/propose/${secret}`,
        `/fr/sign-in/link/${secret}?x=1`,
        '/fr/organisations/a-name',
      ]),
    ).toEqual(['aide juridique', secret, secret])
  })
})
