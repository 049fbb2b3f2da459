import { expect, test } from 'vitest'
import { RequestBodyBudget } from '@/server/http/request-body'

test('bodies in flight are limited, in total and for one subnet, until they are released', () => {
  const budget = new RequestBodyBudget({ perSubnet: 10, total: 15 })
  expect(budget.reserve('a', 8)).toBe(true)
  expect(budget.reserve('a', 3)).toBe(false)
  expect(budget.reserve('b', 7)).toBe(true)
  expect(budget.reserve('c', 1)).toBe(false)
  budget.release('a', 8)
  expect(budget.reserve('c', 8)).toBe(true)
  expect(budget.reserve('a', 1)).toBe(false)
  budget.release('b', 7)
  expect(budget.reserve('a', 7)).toBe(true)
})
