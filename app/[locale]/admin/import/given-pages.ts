import { z } from 'zod'
import type { ReadPage } from '@/components/desk/import-form'
import { firstValue, type FormState } from '@/lib/form/state'
import type { Locale } from '@/lib/i18n/routing'
import { translator } from '@/lib/i18n/translator'
import type { GivenPage } from '@/lib/import/apply'
import { decodePage } from '@/lib/import/decode'
import { PAGES_AT_ONCE } from '@/lib/import/in-child'
import { isCountry } from '@/lib/places/countries'
import { QUESTIONS } from '@/lib/profile/schema'

const placedSchema = z.object({
  text: z.string(),
  question: z.enum(QUESTIONS),
  language: z.string(),
})
type Placed = z.infer<typeof placedSchema>

/**
 * Reads out of the form what is to be imported: a pasted text, files, or the pages that were shown
 * already with what was said about them.
 *
 * @returns the pages, and the files that are no text, as they are shown
 */
export async function readGivenPages(
  values: FormState['values'],
  form: FormData,
  locale: Locale,
): Promise<{ pages: GivenPage[]; unreadable: ReadPage[] }> {
  const t = translator(locale, 'ImportDesk')
  const pages: GivenPage[] = []
  const unreadable: ReadPage[] = []
  // One more than is allowed, so that too many are refused and not cut off.
  for (let index = 0; index <= PAGES_AT_ONCE; index += 1) {
    const page = shownAlready(values, index)
    if (page) pages.push(page)
  }
  const pasted = firstValue(values, 'text')
  if (pasted.trim() !== '') pages.push({ file: t('pasted'), text: pasted, given: {} })
  for (const sent of form.getAll('files')) {
    // Where none was chosen a browser sends an empty one; scripts give that a name of their own.
    if (typeof sent === 'string' || (sent.size === 0 && !sent.name.includes('.'))) continue
    const decoded = decodePage(new Uint8Array(await sent.arrayBuffer()))
    if (decoded.ok) pages.push({ file: sent.name, text: decoded.text, given: {} })
    else {
      unreadable.push({
        ...{ file: sent.name, text: '', name: '', country: '', placed: [], fields: [], same: null },
        outcome: t('outcomes.refused'),
        refused: [
          {
            reason: translator(locale, 'Import')(`reason.${decoded.reason}`),
            text: decoded.detail,
            place: null,
          },
        ],
      })
    }
  }
  return { pages, unreadable }
}

function shownAlready(values: FormState['values'], index: number): GivenPage | null {
  const value = (name: string) => firstValue(values, `page.${index}.${name}`)
  const text = value('text')
  if (text === '') return null
  const name = value('name').trim()
  const country = value('country')
  return {
    file: value('file'),
    text,
    given: {
      ...(name === '' ? {} : { name }),
      ...(isCountry(country) ? { country } : {}),
      placed: [...placedBefore(values, index), ...placedNow(values, index)],
    },
  }
}

function placedBefore(values: FormState['values'], index: number): Placed[] {
  return (values[`page.${index}.placed`] ?? []).flatMap((json) => {
    try {
      const placed = placedSchema.safeParse(JSON.parse(json))
      return placed.success ? [placed.data] : []
    } catch {
      return []
    }
  })
}

function placedNow(values: FormState['values'], index: number): Placed[] {
  const prefix = `page.${index}.to.`
  return Object.keys(values).flatMap((name) => {
    if (!name.startsWith(prefix)) return []
    const [question, language] = firstValue(values, name).split('.')
    const text = firstValue(values, `page.${index}.piece.${name.slice(prefix.length)}`)
    const placed = placedSchema.safeParse({ text, question, language })
    return placed.success ? [placed.data] : []
  })
}
