import { expect, test, vi } from 'vitest'
import { discardTyped, keepTyped, readTyped } from '@/lib/editing/link-drafts'

const typed = (name: string) => ({ name: [name] })

test('what was typed by a link is read by that link alone, until it is taken', async () => {
  await keepTyped('one', typed('Collectif'))
  await keepTyped('one', typed('Collectif Lanterne'))
  await keepTyped('other', typed('Autre'))
  expect(await readTyped('one')).toEqual(typed('Collectif Lanterne'))
  expect(await readTyped('ONE')).toBeNull()
  await discardTyped('one')
  expect(await readTyped('one')).toBeNull()
  expect(await readTyped('other')).toEqual(typed('Autre'))
  await discardTyped('other')
})

test('it is gone after an hour', async () => {
  vi.useFakeTimers()
  try {
    await keepTyped('one', typed('Collectif'))
    vi.advanceTimersByTime(59 * 60 * 1000)
    expect(await readTyped('one')).toEqual(typed('Collectif'))
    vi.advanceTimersByTime(2 * 60 * 1000)
    expect(await readTyped('one')).toBeNull()
  } finally {
    vi.useRealTimers()
  }
})

test('many links push out the oldest', async () => {
  const links = Array.from({ length: 41 }, (_, number) => `link ${number}`)
  for (const link of links) await keepTyped(link, typed(link))
  const kept = await Promise.all(links.map(readTyped))
  expect(links.filter((_, number) => kept[number] === null)).toEqual(['link 0'])
  await Promise.all(links.map(discardTyped))
})
