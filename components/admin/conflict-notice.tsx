import { getTranslations } from 'next-intl/server'
import { THEIRS, resolutionField } from '@/lib/editing/conflicts'
import type { Conflict } from '@/lib/editing/merge'
import { ConflictVersions } from './conflict-versions'

type ConflictNoticeProps = {
  conflict: Conflict
  /** Puts a code of the field into words; a text stays as it is. */
  show: (text: string) => string
  /** Language of the text (BCP 47), where it has one. */
  language?: string | undefined
}

/** What two people made of the same field: as it was, theirs, yours, and which of them is to stand. */
export async function ConflictNotice({ conflict, show, language }: ConflictNoticeProps) {
  const t = await getTranslations('Admin.form.conflict')
  const { field } = conflict
  return (
    <fieldset className="conflict">
      <legend>{t('title')}</legend>
      <ConflictVersions
        {...{ conflict, show, language }}
        names={{ base: t('base'), theirs: t('theirs'), yours: t('yours') }}
      />
      <label className="choice-option">
        <input type="radio" name={resolutionField(field)} value="" defaultChecked />
        <span>{t('takeForm')}</span>
      </label>
      <label className="choice-option">
        <input type="radio" name={resolutionField(field)} value={THEIRS} />
        <span>{t('takeTheirs')}</span>
      </label>
    </fieldset>
  )
}
