import { ask } from '@/tests/support/http'
import { expect, test } from '@/tests/support/test'

test('the feed is well-formed and says what organisations wrote, to the letter', async ({
  page,
  baseURL,
}) => {
  await page.goto('/en')
  for (const locale of ['fr', 'en']) {
    const whole = await ask(baseURL, `/${locale}/feed.xml`)
    expect(whole.headers['content-type']).toContain('application/atom+xml')
    expect(whole.body.match(/<entry>/g)).toHaveLength(24)
    const { body } = await ask(baseURL, `/${locale}/feed.xml?q=Signs`)
    const entry = await page.evaluate((xml) => {
      const feed = new DOMParser().parseFromString(xml, 'application/xml')
      const entries = [...feed.querySelectorAll('entry')]
      const asHtml = (text: string | null | undefined) =>
        new DOMParser().parseFromString(text ?? '', 'text/html').body
      const found = entries.find((one) =>
        one.querySelector('id')?.textContent.includes('fictional-b-signs'),
      )
      const summary = asHtml(found?.querySelector('summary')?.textContent)
      return {
        faults: feed.querySelectorAll('parsererror').length,
        title: asHtml(found?.querySelector('title')?.textContent).textContent,
        language: summary.querySelector('[lang]')?.getAttribute('lang'),
        lines: [...summary.querySelectorAll('[lang] p')].map((line) => line.textContent),
        notes: [...summary.querySelectorAll('small')].map((note) => note.textContent),
        images: summary.querySelectorAll('img').length,
      }
    }, body)
    expect(entry).toEqual({
      faults: 0,
      title: 'Fictional <b>Signs</b> & Sons',
      language: 'fr',
      lines: ['Un ]]> texte <img src=x onerror=alert(1)> & 1 < 2.', 'Deux lignes.'],
      notes: locale === 'fr' ? [] : ['in French, not yet translated'],
      images: 0,
    })
  }
})

test('the feed of a filter is well-formed whatever was searched for', async ({ page, baseURL }) => {
  const address = '/fr/feed.xml?q=fictional+%26+%3C%EF%BF%BE&country=GB'
  const { body } = await ask(baseURL, address)
  await page.goto('/en/about')
  const fault = await page.evaluate(
    (xml) =>
      new DOMParser().parseFromString(xml, 'application/xml').querySelector('parsererror')
        ?.textContent ?? null,
    body,
  )
  expect(fault).toBeNull()
})
