import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'

// The names of some of its messages are misspelt in one of two places, which would end it.
const codeSniffer = readFileSync(
  fileURLToPath(import.meta.resolve('html_codesniffer/build/HTMLCS.js')),
  'utf8',
).replaceAll('H98.InvalidAutoComplete', 'H98.InvalidAutocomplete')

declare const HTMLCS: {
  process: (standard: string, document: Document, done: () => void) => void
  getMessages: () => { type: number; code: string; element: Element }[]
  ERROR: number
}

/** What HTML_CodeSniffer, which pa11y asks, finds wrong with a page as it stands: `rule: element` each. */
export async function sniffedViolations(page: Page): Promise<string[]> {
  await page.evaluate(codeSniffer)
  return page.evaluate(async () => {
    await new Promise<void>((done) => {
      HTMLCS.process('WCAG2AA', document, done)
    })
    // Older than today's HTML: an empty `lang` is a language that nobody knows, and an account may be
    // named by an e-mail address. axe looks at both.
    const isOutdated = (code: string, element: Element) =>
      (code.endsWith('.H58.1.Lang') && element.getAttribute('lang') === '') ||
      (code.endsWith('.H98') && element.matches('[type=email][autocomplete=username]'))
    return HTMLCS.getMessages()
      .filter(({ type, code, element }) => type === HTMLCS.ERROR && !isOutdated(code, element))
      .map(({ code, element }) => `${code}: ${element.outerHTML.slice(0, 200)}`)
  })
}
