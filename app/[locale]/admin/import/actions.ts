'use server'

import type { ImportState } from '@/components/admin/import-form'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue } from '@/lib/forms/state'
import { parseLocale } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { importFromAdmin } from '@/lib/import/run-in-child'
import { actingUser } from '../require-user'
import { parseImportForm } from './read-import-form'
import { importPreview } from '@/components/admin/import-preview'

/** Of the first form, and of each page that was shown already. */
const IMPORT_FIELD =
  /^(?:text|files|intent|page\.\d+\.(?:file|text|name|country|last|(?:piece|to|language|field|stands|take)\.\d+))$/
const isImportField = (name: string) => IMPORT_FIELD.test(name)

/** Reads the pages that were given and shows what would happen, or imports them and shows what did. */
export async function importPages(
  asked: Locale,
  state: ImportState,
  form: FormData,
): Promise<ImportState> {
  const locale = parseLocale(asked)
  const values = parseFormData(form, isImportField)
  const attempt = state.attempt + 1
  const again = (formError: string): ImportState => ({
    ...{ text: firstValue(values, 'text'), pages: state.pages, isDone: false },
    ...{ formError, attempt },
  })
  const signedIn = await actingUser('importPages')
  if (!signedIn) return again('signedOut')
  const { pages, unreadable } = await parseImportForm(values, form, locale)
  if (pages.length + unreadable.length === 0) return again('nothing')
  const dryRun = firstValue(values, 'intent') !== 'apply'
  const answer = await importFromAdmin(signedIn.actor, { pages, dryRun })
  if (!answer.ok) return again(answer.reason)
  const shown = answer.outcomes.flatMap((outcome, index) => {
    const page = pages[index]
    return page ? [importPreview(locale, page, outcome)] : []
  })
  return { text: '', pages: [...shown, ...unreadable], isDone: !dryRun, formError: null, attempt }
}
