import { walkJourney } from '@/tests/support/journey'
import { test } from '@/tests/support/test'

test.use({ siteDatabase: 'empty', sendsMail: true, locale: 'fr' })

test('from a fresh start to a profile that is corrected, translated, proposed for, hidden and listed', async ({
  page,
  browser,
  baseURL,
  smtp,
  locale,
}) => {
  test.slow()
  await walkJourney({ page, browser, baseURL, smtp, locale, javaScriptEnabled: true })
})
