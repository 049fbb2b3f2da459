import { overflows, violations, WIDTHS } from '@/tests/support/accessibility'
import { PAGE_TYPES } from '@/tests/support/doors'
import { expect, test } from '@/tests/support/test'

/** Only these can differ in other colours. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

for (const locale of ['fr', 'en']) {
  for (const path of PAGE_TYPES) {
    test(`/${locale}${path}: no violation in light or dark, nothing wider than the window, no script`, async ({
      page,
      context,
    }) => {
      const requested: string[] = []
      page.on('request', (request) => requested.push(request.resourceType()))
      await page.emulateMedia({ colorScheme: 'light' })
      await page.goto(`/${locale}${path}`)
      expect(await violations(page)).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await violations(page, COLOUR_RULES)).toEqual([])
      expect(await overflows(page, WIDTHS)).toEqual([])
      expect(requested).not.toContain('script')
      expect(await context.cookies()).toEqual([])
    })
  }
}
