import { PAGE_TYPES } from '@/tests/support/doors'
import { expect, test, violations } from '@/tests/support/test'

for (const path of PAGE_TYPES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`/{l}${path} has no accessibility violation in ${colorScheme}`, async ({
      page,
      locale,
    }) => {
      await page.emulateMedia({ colorScheme })
      await page.goto(`/${locale}${path}`)
      expect(await violations(page)).toEqual([])
    })
  }
}
