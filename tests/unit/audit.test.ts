import { describe, expect, test } from 'vitest'
import { isHarmless } from '@/lib/audit/record'

describe('a detail of the audit log', () => {
  test.each([
    {},
    { act: 'hide', version: 3, again: true, region: null },
    { language: 'pt-BR', field: 'human-rights' },
    { fields: 'name,region,answers' },
    { id: '3b0f1a52-7e0c-4f8e-9d5e-0a1b2c3d4e5f' },
  ])('may be %j', (detail) => {
    expect(isHarmless(detail)).toBe(true)
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
    expect(isHarmless(detail)).toBe(false)
  })
})
