import type { PreviewPage } from '@/components/admin/import-form'
import { firstValue, type FormState } from '@/lib/forms/state'
import type { Locale } from '@/lib/i18n/routing'
import { translator } from '@/lib/i18n/translator'
import type { PageInput } from '@/lib/import/apply'
import { decodePage } from '@/lib/import/decode'
import { MAX_PAGES } from '@/lib/import/run-in-child'
import { isCountry } from '@/lib/geo/countries'
import { QUESTIONS, isLanguageTag } from '@/lib/organisations/schema'

/**
 * Reads out of the form what is to be imported: a pasted text, files, or the pages that were shown
 * already with what was said about them.
 *
 * @returns the pages, and the files that are no text, as they are shown
 */
export async function parseImportForm(
  values: FormState['values'],
  form: FormData,
  locale: Locale,
): Promise<{ pages: PageInput[]; unreadable: PreviewPage[] }> {
  const t = translator(locale, 'AdminImport')
  const pages: PageInput[] = []
  const unreadable: PreviewPage[] = []
  // One more than is allowed, so that too many are refused and not cut off.
  for (let index = 0; index <= MAX_PAGES; index += 1) {
    const page = parsePreviewedPage(values, index)
    if (page) pages.push(page)
  }
  const pasted = firstValue(values, 'text')
  if (pasted.trim() !== '') pages.push({ file: t('pasted'), text: pasted, overrides: {} })
  for (const sent of form.getAll('files')) {
    // Where none was chosen a browser sends an empty one; scripts give that a name of their own.
    if (typeof sent === 'string' || (sent.size === 0 && !sent.name.includes('.'))) continue
    const decoded = decodePage(new Uint8Array(await sent.arrayBuffer()))
    if (decoded.ok) pages.push({ file: sent.name, text: decoded.text, overrides: {} })
    else {
      unreadable.push({
        ...{ file: sent.name, text: '', name: '', country: '', fields: [], same: null },
        outcome: t('outcomes.refused'),
        blocks: [
          {
            reason: translator(locale, 'Import')(`reason.${decoded.reason}`),
            text: decoded.detail,
            isDecided: false,
            place: { kind: 'none' },
          },
        ],
      })
    }
  }
  return { pages, unreadable }
}

function parsePreviewedPage(values: FormState['values'], index: number): PageInput | null {
  const value = (name: string) => firstValue(values, `page.${index}.${name}`)
  const text = value('text')
  if (text === '') return null
  const name = value('name').trim()
  const country = value('country')
  return {
    file: value('file'),
    text,
    overrides: {
      ...(name === '' ? {} : { name }),
      ...(isCountry(country) ? { country } : {}),
      ...parseOverrides(values, index),
    },
  }
}

/** What was chosen for the pieces of a page, which are numbered. */
function parseOverrides(values: FormState['values'], index: number): PageInput['overrides'] {
  const prefix = `page.${index}.`
  const value = (name: string) => firstValue(values, prefix + name)
  const chosen = (kind: 'to' | 'language' | 'take') =>
    Object.keys(values).flatMap((name) => {
      if (!name.startsWith(`${prefix}${kind}.`) || firstValue(values, name) === '') return []
      const number = name.slice(`${prefix}${kind}.`.length)
      return [{ number, choice: firstValue(values, name), text: value(`piece.${number}`) }]
    })
  return {
    assigned: chosen('to').flatMap(({ choice, text }) => {
      const [asked, language = ''] = choice.split('.')
      const question = QUESTIONS.find((one) => one === asked)
      return question && isLanguageTag(language) ? [{ text, question, language }] : []
    }),
    languages: chosen('language').flatMap(({ choice, text }) =>
      isLanguageTag(choice) ? [{ text, language: choice }] : [],
    ),
    omitLastParagraph: value('last') === 'leave',
    taken: chosen('take').map(({ number }) => ({
      field: value(`field.${number}`),
      stands: value(`stands.${number}`),
    })),
  }
}
