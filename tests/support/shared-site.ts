import type { TestProject } from 'vitest/node'
import { makeTemplateDatabase, startTestSite } from './test-site'

declare module 'vitest' {
  interface ProvidedContext {
    /** What the tests of `tests/site` find in their environment. */
    siteEnvironment: Record<string, string>
  }
}

const HANDED_ON = [
  'TEMPLATE_DATABASE',
  'ASKED_FILE',
  'BASE_URL',
  'DATABASE_URL',
  'LOG_FILE',
  'PUBLIC_ORIGIN',
]

/**
 * Starts the site that the tests share which change nothing in it; gives what stops it. What its log
 * gives away fails the run.
 */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const removeTemplate = makeTemplateDatabase()
  try {
    const site = await startTestSite()
    provide(
      'siteEnvironment',
      Object.fromEntries(HANDED_ON.map((name) => [name, process.env[name] ?? ''])),
    )
    return async () => {
      try {
        await site.stop()
      } catch (error) {
        // Vitest prints what a tear-down throws, and calls the run passed nevertheless.
        process.exitCode = 1
        throw error
      } finally {
        removeTemplate()
      }
    }
  } catch (error) {
    removeTemplate()
    throw error
  }
}
