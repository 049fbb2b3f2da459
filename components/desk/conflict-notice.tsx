import { getTranslations } from 'next-intl/server'
import { THEIRS, takeName } from '@/lib/profile/form'
import type { Conflict } from '@/lib/profile/merge'

type ConflictNoticeProps = {
  conflict: Conflict
  /** Puts a code of the field into words; a text stays as it is. */
  show: (text: string) => string
  /** Language of the text (BCP 47), where it has one. */
  language?: string | undefined
}

/** What two people made of the same field: as it was, theirs, yours, and which of them is to stand. */
export async function ConflictNotice({ conflict, show, language }: ConflictNoticeProps) {
  const t = await getTranslations('Desk.form.conflict')
  const { field } = conflict
  const version = (side: 'base' | 'theirs' | 'yours') => {
    const text = conflict[side]
    return (
      <div>
        <dt>{t(side)}</dt>
        <dd lang={language} dir="auto">
          {text === null ? <i>{t('nothing')}</i> : show(text)}
        </dd>
      </div>
    )
  }
  return (
    <fieldset className="conflict">
      <legend>{t('title')}</legend>
      <dl>
        {version('base')}
        {version('theirs')}
        {version('yours')}
      </dl>
      <label className="tick">
        <input type="radio" name={takeName(field)} value="" defaultChecked />
        <span>{t('takeForm')}</span>
      </label>
      <label className="tick">
        <input type="radio" name={takeName(field)} value={THEIRS} />
        <span>{t('takeTheirs')}</span>
      </label>
    </fieldset>
  )
}
