import { getTranslations } from 'next-intl/server'
import { THEIRS, resolutionField } from '@/lib/editing/conflicts'
import type { Conflict } from '@/lib/editing/merge'
import { ConflictVersions } from './conflict-versions'

type ConflictNoticeProps = {
  conflict: Conflict
  /** Translates a code of the field, such as a country; texts are shown unchanged without it. */
  show?: (text: string) => string
  /** Language of the text (BCP 47), if it has one. */
  language?: string | undefined
}

/** The three versions of a field that two users changed, and the choice between them. */
export async function ConflictNotice({
  conflict,
  show = (text) => text,
  language,
}: ConflictNoticeProps) {
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
        <span>{t('keepYours')}</span>
      </label>
      <label className="choice-option">
        <input type="radio" name={resolutionField(field)} value={THEIRS} />
        <span>{t('keepTheirs')}</span>
      </label>
    </fieldset>
  )
}

type FieldConflictProps = Pick<ConflictNoticeProps, 'show'> & {
  field: string
  conflicts: readonly Conflict[]
}

/** The conflict of one field, if there is one. */
export function FieldConflict({ field, conflicts, ...props }: FieldConflictProps) {
  const conflict = conflicts.find((candidate) => candidate.field === field)
  return conflict ? <ConflictNotice conflict={conflict} {...props} /> : null
}
