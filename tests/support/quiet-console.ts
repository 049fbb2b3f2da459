import { format } from 'node:util'
import { afterEach, beforeEach, expect } from 'vitest'

// A warning that scrolls by is a fault that nobody reads. A test that expects one says so with
// `vi.spyOn(console, 'error').mockImplementation(() => {})`, which stands in front of this.
let said: string[] = []

beforeEach(() => {
  said = []
  for (const level of ['error', 'warn'] as const) {
    console[level] = (...words: unknown[]) => {
      said.push(`console.${level}: ${format(...words)}`)
    }
  }
})

afterEach(() => {
  expect(said, 'no test may leave an unexpected error or warning on the console').toEqual([])
})
