import { PAGE_TYPES } from '@/tests/support/doors'
import { expect, test, violations } from '@/tests/support/test'

const LOOKS = {
  'in light': { colorScheme: 'light' },
  'in dark': { colorScheme: 'dark' },
  'in colours that the reader has chosen': { forcedColors: 'active' },
} as const

for (const path of PAGE_TYPES) {
  for (const [name, media] of Object.entries(LOOKS)) {
    test(`/{l}${path} has no accessibility violation ${name}`, async ({ page, locale }) => {
      await page.emulateMedia(media)
      await page.goto(`/${locale}${path}`)
      expect(await violations(page)).toEqual([])
    })
  }
}
