import { become, PROTECTED_PAGES } from '@/tests/support/desk'
import { PAGE_TYPES } from '@/tests/support/doors'
import { sniffedViolations } from '@/tests/support/html-code-sniffer'
import { expect, test } from '@/tests/support/test'

// The gate asks axe; this is a second opinion on the same pages.
for (const locale of ['fr', 'en']) {
  test(`no public page has a violation: ${locale}`, async ({ page }) => {
    test.slow()
    const found: string[] = []
    for (const path of PAGE_TYPES) {
      await page.goto(`/${locale}${path}`)
      found.push(...(await sniffedViolations(page)).map((one) => `${path}: ${one}`))
    }
    expect(found).toEqual([])
  })

  test(`no protected page has a violation: ${locale}`, async ({ page, context, desk }) => {
    test.slow()
    const found: string[] = []
    for (const { page: name, who, at } of PROTECTED_PAGES) {
      await become(context, desk, who)
      await page.goto(`/${locale}${at(desk)}`)
      found.push(...(await sniffedViolations(page)).map((one) => `${name}: ${one}`))
    }
    expect(found).toEqual([])
  })
}
