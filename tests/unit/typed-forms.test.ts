import { expect, test, vi } from 'vitest'
import { deleteLinkDraft, saveLinkDraft, loadLinkDraft } from '@/lib/editing/link-drafts'

const typed = (name: string) => ({ name: [name] })

test('what was typed by a link is read by that link alone, until it is taken', async () => {
  await saveLinkDraft('one', typed('Collectif'))
  await saveLinkDraft('one', typed('Collectif Lanterne'))
  await saveLinkDraft('other', typed('Autre'))
  expect(await loadLinkDraft('one')).toEqual(typed('Collectif Lanterne'))
  expect(await loadLinkDraft('ONE')).toBeNull()
  await deleteLinkDraft('one')
  expect(await loadLinkDraft('one')).toBeNull()
  expect(await loadLinkDraft('other')).toEqual(typed('Autre'))
  await deleteLinkDraft('other')
})

test('it is gone after an hour', async () => {
  vi.useFakeTimers()
  try {
    await saveLinkDraft('one', typed('Collectif'))
    vi.advanceTimersByTime(59 * 60 * 1000)
    expect(await loadLinkDraft('one')).toEqual(typed('Collectif'))
    vi.advanceTimersByTime(2 * 60 * 1000)
    expect(await loadLinkDraft('one')).toBeNull()
  } finally {
    vi.useRealTimers()
  }
})

test('many links push out the oldest', async () => {
  const links = Array.from({ length: 41 }, (_, number) => `link ${number}`)
  for (const link of links) await saveLinkDraft(link, typed(link))
  const kept = await Promise.all(links.map(loadLinkDraft))
  expect(links.filter((_, number) => kept[number] === null)).toEqual(['link 0'])
  await Promise.all(links.map(deleteLinkDraft))
})
