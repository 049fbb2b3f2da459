import { expect, test } from '@/tests/support/test'

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
