import { expect, test, vi } from 'vitest'
import { discardTyped, keepTyped, readTyped } from '@/lib/proposal/typed-forms'

const typed = (name: string) => ({ name: [name] })

test('what was typed by a link is read by that link alone, until it is taken', () => {
  keepTyped('one', typed('Collectif'))
  keepTyped('one', typed('Collectif Lanterne'))
  keepTyped('other', typed('Autre'))
  expect(readTyped('one')).toEqual(typed('Collectif Lanterne'))
  expect(readTyped('ONE')).toBeNull()
  discardTyped('one')
  expect(readTyped('one')).toBeNull()
  expect(readTyped('other')).toEqual(typed('Autre'))
  discardTyped('other')
})

test('it is gone after an hour', () => {
  vi.useFakeTimers()
  try {
    keepTyped('one', typed('Collectif'))
    vi.advanceTimersByTime(59 * 60 * 1000)
    expect(readTyped('one')).toEqual(typed('Collectif'))
    vi.advanceTimersByTime(2 * 60 * 1000)
    expect(readTyped('one')).toBeNull()
  } finally {
    vi.useRealTimers()
  }
})

test('many links push out the oldest', () => {
  const links = Array.from({ length: 41 }, (_, number) => `link ${number}`)
  for (const link of links) keepTyped(link, typed(link))
  expect(links.filter((link) => readTyped(link) === null)).toEqual(['link 0'])
  links.forEach(discardTyped)
})
