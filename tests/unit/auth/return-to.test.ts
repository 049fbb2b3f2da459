import { describe, expect, test } from 'vitest'
import { safeReturnTo } from '@/lib/auth/return-to'

describe('where somebody goes on to after signing in', () => {
  test.each([
    '/fr/admin',
    '/en/admin/organisations/0b1c-2d',
    '/fr/admin?attention=drafts&page=2',
    '/fr/admin/organisations/new',
    '/en/propose/aB3_-x',
    '/fr/sign-in/factor',
    '/fr/admin?q=https://evil.example',
    '/fr/admin?q=what?&page=2',
    `/fr/admin?${'a'.repeat(990)}`,
  ])('%s stays', (given) => {
    expect(safeReturnTo(given)).toBe(given)
    expect(new URL(given, 'https://directory.example').origin).toBe('https://directory.example')
  })

  test.each([
    null,
    undefined,
    '',
    '/',
    '/fr',
    '/fr/organisations',
    '/xx/admin',
    'fr/admin',
    'admin',
    'https://evil.example',
    'https://evil.example/fr/admin',
    'HTTPS://evil.example/fr/admin',
    '//evil.example',
    '//evil.example/fr/admin',
    '///evil.example/fr/admin',
    '/\\evil.example',
    '\\\\evil.example/fr/admin',
    '/fr\\..\\admin',
    '/fr/admin/../../..//evil.example',
    '/fr/../admin',
    '/fr/admin/%2e%2e',
    '/fr/admin//evil.example',
    '/%2f%2fevil.example/fr/admin',
    '/fr/admin@evil.example',
    '/fr@evil.example/admin',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)//fr/admin',
    'data:text/html,<script>alert(1)</script>',
    ' /fr/admin',
    '/fr/admin\nSet-Cookie: a=b',
    '/fr/admin\r\nLocation: https://evil.example',
    '/\t/evil.example',
    '/fr/admin\u0000',
    '/fr/admin?page=2\r\nLocation: https://evil.example',
    '/fr/admin?q=\\evil.example',
    '/fr/admin?q=é',
    '/fr/admin\u202e',
    '/fr/admín',
    '/fr/sign-in/out',
    '/fr/sign-in',
    '/fr/sign-in/link/secret',
    '/fr/admin#https://evil.example',
    '/fr/admin/',
    'file:///etc/passwd',
    '/api/organisations',
    `/fr/admin?${'a'.repeat(1000)}`,
    'https:evil.example',
    'https:/evil.example',
    '.evil.example',
    '@evil.example',
  ])('%j goes nowhere', (given) => {
    expect(safeReturnTo(given)).toBeNull()
  })
})
