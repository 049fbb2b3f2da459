import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type axe from 'axe-core'
import { expect, test, type Page } from '@playwright/test'

/** Of axe's rules only these can differ in other colours. */
export const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

const source = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/**
 * What axe finds wrong with a page as it stands: `rule: element` each.
 *
 * @param rules to ask for alone; all where there are none
 */
export async function violations(page: Page, rules: readonly string[] = []): Promise<string[]> {
  // Once a page: half the time of a look is reading axe itself.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  return page.evaluate(
    async (names) => {
      const { axe: loaded } = window as unknown as { axe: typeof axe }
      const { violations: found } = await loaded.run(document, {
        resultTypes: ['violations'],
        ...(names.length > 0 && { runOnly: { type: 'rule', values: names } }),
      })
      return found.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${id}: ${target.map(String).join(' ')}`),
      )
    },
    [...rules],
  )
}

/** Expects nothing wrong. axe is a script, so that only browsers with scripts can be asked. */
export async function expectAccessible(page: Page): Promise<void> {
  if (test.info().project.use.javaScriptEnabled === false) return
  expect(await violations(page)).toEqual([])
}

/** How many pixels a page is wider than a window of 800 px height and these widths, by width. */
export async function overflows(
  page: Page,
  widths: readonly number[],
): Promise<[width: number, overflow: number][]> {
  const found: [number, number][] = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    const overflow = await page.locator('main').evaluate((main) => {
      const root = main.ownerDocument.documentElement
      return root.scrollWidth - root.clientWidth
    })
    if (overflow > 0) found.push([width, overflow])
  }
  return found
}

/** A small phone, what 1280 leave at 200 % zoom, and a screen. */
export const WIDTHS = [1280, 640, 360] as const
