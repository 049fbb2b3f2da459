import type { CDPSession, Page } from '@playwright/test'
import { expect, test } from '@/tests/support/test'

const PROFILE_LIMIT = 14_336
const LIST_LIMIT = 20_480

const PAGES: [path: string, limit: number][] = [
  ['', LIST_LIMIT],
  ['/organisations', LIST_LIMIT],
  ['/organisations?q=fictional&area=health', LIST_LIMIT],
  ['/organisations/region/africa', LIST_LIMIT],
  ['/organisations/country/kenya', LIST_LIMIT],
  ['/organisations/area/health', LIST_LIMIT],
  ['/organisations/print?region=europe', LIST_LIMIT],
  ['/organisations/solidarite-pour-les-droits-des-travailleuses-de-sexe', PROFILE_LIMIT],
  ['/organisations/solidarite-pour-les-droits-des-travailleuses-de-sexe?view=both', PROFILE_LIMIT],
  ['/organisations/fictional-long-answers', PROFILE_LIMIT],
  ['/organisations/fictional-long-answers?view=both', PROFILE_LIMIT],
  ['/map', LIST_LIMIT],
  ['/map/europe', LIST_LIMIT],
  ['/about', PROFILE_LIMIT],
  ['/accessibility', PROFILE_LIMIT],
  ['/privacy', PROFILE_LIMIT],
]

/** Bytes that a browser with an empty cache takes from the wire for a page, headers included. */
async function coldVisit(page: Page, address: string): Promise<number> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await page.goto(address, { waitUntil: 'networkidle' })
  await session.detach()
  return bytes
}

for (const [path, limit] of PAGES) {
  test(`a cold visit of /{l}${path} is at most ${limit} bytes`, async ({ page, locale }) => {
    const bytes = await coldVisit(page, `/${locale}${path}`)
    test.info().annotations.push({ type: 'bytes', description: `${path}: ${bytes}` })
    expect(bytes).toBeGreaterThan(1000)
    expect(bytes).toBeLessThanOrEqual(limit)
  })
}

test('on a slow phone network the first words stand within three seconds', async ({
  page,
  locale,
}) => {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  // Slow 3G as browsers' own tools define it: 400 kbit/s, 400 ms.
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: (400 * 1024) / 8,
    uploadThroughput: (400 * 1024) / 8,
  })
  const address = `/${locale}/organisations/solidarite-pour-les-droits-des-travailleuses-de-sexe`
  // The network decides, not a machine that is busy: one quiet visit of several is enough.
  const paint = async () => {
    await page.goto(address)
    return page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity,
    )
  }
  await expect.poll(paint, { timeout: 45_000 }).toBeLessThan(3000)
})
