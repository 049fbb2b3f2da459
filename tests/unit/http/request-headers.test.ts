import { describe, expect, test } from 'vitest'
import { headersForNext } from '@/server/http/request-headers'

describe('headers that Next sees', () => {
  const claimed = {
    host: 'evil.example',
    accept: 'text/html',
    'accept-language': 'fr',
    cookie: '__prerender_bypass=1',
    'content-type': 'multipart/form-data; boundary=x',
    'next-action': 'abc',
    'next-router-prefetch': '1',
    'next-router-state-tree': 'x',
    'next-url': '/x',
    purpose: 'prefetch',
    rsc: '1',
    'user-agent': 'x',
    'content-security-policy': "script-src 'nonce-chosen'",
    'x-client-address-prefix': '192.0.2.0/24',
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-port': '1',
    'x-forwarded-proto': 'gopher',
    'x-invoke-path': '/x',
    'x-matched-path': '/x',
    'x-middleware-subrequest': 'middleware',
    'x-nextjs-data': '1',
    'x-request-id': 'chosen',
  }
  const ours = {
    host: 'directory.example',
    'x-forwarded-for': '',
    'x-forwarded-host': 'directory.example',
    'x-forwarded-proto': 'https',
    'x-request-id': 'id',
  }

  test('on a public page say nothing of the visitor', () => {
    expect(headersForNext(claimed, 'page', 'https://directory.example', 'id')).toEqual(ours)
  })

  test('in the protected part say who it is and what is sent', () => {
    const visitor = { policy: 'ours', subnet: '203.0.113.0/24' }
    const given = headersForNext(claimed, 'protected', 'https://directory.example', 'id', visitor)
    expect(given).toEqual({
      ...ours,
      'content-security-policy': 'ours',
      'next-action': 'abc',
      'next-router-state-tree': 'x',
      'x-client-address-prefix': '203.0.113.0/24',
      accept: 'text/html',
      'accept-language': 'fr',
      'content-type': 'multipart/form-data; boundary=x',
      cookie: '__prerender_bypass=1',
      origin: 'https://directory.example',
      'user-agent': 'x',
    })
  })
})
