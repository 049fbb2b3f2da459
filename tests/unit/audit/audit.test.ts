import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toCsv } from '@/lib/text/csv'
import { auditQueryString, parseAuditFilters } from '@/lib/audit/filters'
import { isSafeDetail } from '@/lib/audit/record'

describe('a detail of the audit log', () => {
  test.each([
    {},
    { act: 'hide', version: 3, again: true, region: null },
    { language: 'pt-BR', field: 'human-rights' },
    { fields: 'name,region,answers' },
    { id: '3b0f1a52-7e0c-4f8e-9d5e-0a1b2c3d4e5f' },
  ])('may be %j', (detail) => {
    expect(isSafeDetail(detail)).toBe(true)
  })

  test.each([
    { email: 'desk@lanterne.example' },
    { address: '192.0.2.17' },
    { address: '2001:db8:0:0:0:0:0:1' },
    { address: '12 rue de la Paix' },
    { telephone: '+257 22 22 22 22' },
    { telephone: '0612345678' },
    { telephone: '06-12-34-56' },
    { site: 'https://lanterne.example' },
    { site: 'lanterne.example' },
    { reason: 'They asked for it' },
    { reason: 'demandé' },
    { text: 'x'.repeat(201) },
    { text: '' },
    { text: 'a\nb' },
    { 'a key': 1 },
    { count: Number.NaN },
  ])('may not be %j', (detail) => {
    expect(isSafeDetail(detail)).toBe(false)
  })
})

describe('the filters of the audit log', () => {
  test('are read from the address and written back', () => {
    const query = '?act=signedIn&person=ada&subject=org-1&from=2026-01-01&to=2026-02-28&page=3'
    const filters = parseAuditFilters(new URLSearchParams(query))
    expect(auditQueryString(filters)).toBe(query)
    expect(auditQueryString(filters, { page: 1, act: null })).not.toMatch(/page|act/)
    expect(auditQueryString(parseAuditFilters({}))).toBe('')
  })

  test.each([
    { act: 'nothing' },
    { act: ['nothing', 'signedIn'] },
    { person: 'a b' },
    { subject: "x' OR 1=1" },
    { from: '2026-02-30' },
    { to: 'yesterday' },
    { page: '0' },
    { page: '1e9' },
  ])('what cannot be used counts as not asked: %j', (query) => {
    expect(parseAuditFilters(query)).toEqual(parseAuditFilters({}))
  })
})

describe('B6: a table for spreadsheets', () => {
  test.each(['=1+1', '+cmd', '-2', '@SUM(A1)', '\t=1', '\r=1'])('only shows %j', (cell) => {
    const [, line = ''] = toCsv([['heading'], [cell]]).split('heading\r\n')
    expect(line.replace(/^"/, '').startsWith(`'${cell}`)).toBe(true)
  })

  test('is UTF-8 that says so, with every cell in its place', () => {
    const rows = [
      ['Qui', 'Quoi'],
      ['Zoé, "la cheffe"', 'a\nb'],
      ['', '1'],
    ]
    expect(toCsv(rows)).toBe('\uFEFFQui,Quoi\r\n"Zoé, ""la cheffe""","a\nb"\r\n,1\r\n')
  })

  test('keeps any text in one cell that is no formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = toCsv([[text]]).slice(1, -2)
        const cell = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written
        expect([text, `'${text}`]).toContain(cell)
        expect(cell).not.toMatch(/^[=+\-@\t\r]/)
      }),
    )
  })
})
