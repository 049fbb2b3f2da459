import { afterAll, beforeAll } from 'vitest'
import { startTestSite, type TestSite } from './test-site'

/**
 * Gives the tests of a file a site and a database of their own, for what changes something or looks
 * whether anything was changed. What the site's log gives away fails the file.
 *
 * @param settings gives those that differ from the settings of the tests, when the site starts
 */
export function isolatedSite(
  settings: () => Promise<Record<string, string>> = async () => ({}),
): void {
  let site: TestSite
  beforeAll(async () => {
    site = await startTestSite(await settings())
  })
  afterAll(async () => {
    const { closeDatabase } = await import('@/lib/database/client')
    await closeDatabase()
    await site.stop()
  })
}
