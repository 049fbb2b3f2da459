import { walkJourney } from '@/tests/support/journey'
import { test } from '@/tests/support/test'

test.use({ siteDatabase: 'empty', sendsMail: true })

test('from a fresh start to a profile that is corrected, translated, proposed for, hidden and listed', async ({
  page,
  browser,
  baseURL,
  smtp,
  locale,
  javaScriptEnabled,
}) => {
  test.slow()
  await walkJourney({
    page,
    browser,
    baseURL,
    smtp,
    locale,
    javaScriptEnabled: javaScriptEnabled !== false,
  })
})
