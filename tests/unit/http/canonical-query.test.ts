import { describe, expect, test } from 'vitest'
import { canonicalQuery } from '@/server/http/canonical-query'

describe('the query of a public address', () => {
  test.each([
    ['', ''],
    ['?', ''],
    ['?utm_source=x&fbclid=y', ''],
    ['?page=2&q=a', '?q=a&page=2'],
    ['?q=&region=africa', '?region=africa'],
    ['?area=health&region=africa&area=migration', '?region=africa&area=health&area=migration'],
    ['?q=a%20b', '?q=a+b'],
    ['?q=%E0%A4%A', '?q=%EF%BF%BD%25A'],
  ])('%s is %s', (query, expected) => expect(canonicalQuery(query)).toBe(expected))

  test('has one way of writing', () => {
    const written = canonicalQuery('?page=3&lang=fr&q=%C3%A9t%C3%A9+%26+hiver&x=1')
    expect(canonicalQuery(written)).toBe(written)
  })
})
