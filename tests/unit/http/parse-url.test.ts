import { describe, expect, test } from 'vitest'
import { allowedMethods, matchRoute } from '@/server/http/parse-url'

describe('a URL', () => {
  test.each([
    ['/', 'root', null],
    ['/fr', 'page', 'fr'],
    ['/en/organisations/a-b', 'page', 'en'],
    ['/en/organisations/', 'page', 'en'],
    ['/fr/admin', 'protected', 'fr'],
    ['/fr/admin/people', 'protected', 'fr'],
    ['/fr/sign-in', 'protected', 'fr'],
    ['/en/propose/secret', 'protected', 'en'],
    ['/fr/administration', 'page', 'fr'],
    ['/api/organisations', 'api', null],
    ['/healthz', 'health', null],
    ['/robots.txt', 'data', null],
    ['/sitemap.xml', 'data', null],
    ['/sitemap/1', 'data', null],
    ['/fr/organisations/list.csv', 'download', 'fr'],
    ['/en/organisations/list.json', 'download', 'en'],
    ['/en/organisations/list.json/', 'page', 'en'],
    ['/organisations/list.csv', 'unknown', null],
    ['/xx', 'unknown', null],
    ['/xx/organisations', 'unknown', null],
    ['/EN', 'unknown', null],
    ['/%65n', 'unknown', null],
    ['/_next/image', 'unknown', null],
    ['/_next/static/a.css', 'unknown', null],
    ['/_not-found', 'unknown', null],
    ['//evil.example', 'unknown', null],
    ['//evil.example/fr', 'unknown', null],
  ])('%s is %s', (target, kind, locale) => {
    expect(matchRoute(target)).toMatchObject({
      ok: true,
      route: { kind, locale, isRoutable: kind !== 'unknown' },
    })
  })

  test.each([
    ['/fr//evil.example', 'page', 'fr'],
    ['/fr/../admin', 'page', 'fr'],
    ['/fr/%2e%2e/admin', 'page', 'fr'],
    ['/fr/a%2Fb', 'page', 'fr'],
    ['/fr/a%5Cb', 'page', 'fr'],
    ['/fr/a%00', 'page', 'fr'],
    ['/fr/admin/../organisations', 'protected', 'fr'],
    ['/api//organisations', 'api', null],
    ['/api/organisations/a%2fb', 'api', null],
  ])('%s leads nowhere, and is answered as %s', (target, kind, locale) => {
    expect(matchRoute(target)).toMatchObject({
      ok: true,
      route: { kind, locale, isRoutable: false },
    })
  })

  test.each([
    ['/%E0%A4%A', 'unknown', null],
    ['/fr/%', 'page', 'fr'],
    ['/fr/%ZZ', 'page', 'fr'],
    ['/api/organisations/%ff', 'api', null],
    ['*', 'unknown', null],
    ['http://evil.example/fr', 'unknown', null],
    ['', 'unknown', null],
  ])('%s cannot be read, and is answered as %s', (target, kind, locale) => {
    expect(matchRoute(target)).toMatchObject({
      ok: false,
      reason: 'malformed',
      route: { kind, locale, isRoutable: false },
    })
  })

  test.each([
    ['?q=a&_rsc=1', '?q=a'],
    ['?_rsc', ''],
    ['?nxtPlocale=fr&q=a&nxtIslug=b', '?q=a'],
    ['?%6extPlocale=fr', ''],
    ['?__nextLocale=fr&__nextDataReq=1', ''],
    ['?%E0%A4%A=1', ''],
    ['?q=a+b&area=x&area=y', '?q=a+b&area=x&area=y'],
    ['?q=a?b', '?q=a?b'],
    ['?', ''],
    ['?q=%', '?q=%'],
    ['?q=_rsc', '?q=_rsc'],
  ])('%s is handed on as %j', (query, expected) => {
    expect(matchRoute(`/fr${query}`)).toMatchObject({ route: { path: '/fr', query: expected } })
  })

  test('takes forms in the protected part only', () => {
    expect(allowedMethods('page')).not.toContain('POST')
    expect(allowedMethods('api')).not.toContain('POST')
    expect(allowedMethods('protected')).toContain('POST')
  })
})
