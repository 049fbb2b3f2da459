import { getTranslations } from 'next-intl/server'
import type { Conflict } from '@/lib/editing/merge'

type ConflictVersionsProps = {
  conflict: Conflict
  /** Translates a code of the field, such as a country. */
  show: (text: string) => string
  /** Labels of the three versions. */
  names: { base: string; theirs: string; yours: string }
  /** Language of the text (BCP 47), if it has one. */
  language?: string | undefined
}

/** The three versions of a field that two users changed: original, and what each of them wrote. */
export async function ConflictVersions({ conflict, show, names, language }: ConflictVersionsProps) {
  const t = await getTranslations('Admin.form.conflict')
  return (
    <dl>
      {(['base', 'theirs', 'yours'] as const).map((side) => {
        const text = conflict[side]
        return (
          <div key={side}>
            <dt>{names[side]}</dt>
            <dd lang={language} dir="auto">
              {text === null ? <i>{t('nothing')}</i> : show(text)}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
