import { COLOUR_RULES, overflows, violations, WIDTHS } from '@/tests/support/accessibility'
import { PAGE_TYPES } from '@/tests/support/doors'
import { expect, test } from '@/tests/support/test'

for (const locale of ['fr', 'en'] as const) {
  test(`every kind of page, ${locale}: no violation in light or dark, nothing wider than the window, no script, no cookie`, async ({
    page,
    context,
  }) => {
    const scripts: string[] = []
    page.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(request.url())
    })
    for (const path of PAGE_TYPES) {
      const address = `/${locale}${path}`
      await page.emulateMedia({ colorScheme: 'light' })
      await page.goto(address)
      expect.soft(await overflows(page, WIDTHS), address).toEqual([])
      // What axe looks at is the same in both languages, and French is the longer one.
      if (locale === 'en') continue
      expect.soft(await violations(page), address).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      expect.soft(await violations(page, COLOUR_RULES), `${address} in the dark`).toEqual([])
    }
    expect(scripts).toEqual([])
    expect(await context.cookies()).toEqual([])
  })
}
