import { getTranslations } from 'next-intl/server'
import type { Conflict } from '@/lib/editing/merge'

type ConflictVersionsProps = {
  conflict: Conflict
  /** Puts a code of the field into words; a text stays as it is. */
  show: (text: string) => string
  /** What each version is called. */
  names: { base: string; theirs: string; yours: string }
  /** Language of the text (BCP 47), where it has one. */
  language?: string | undefined
}

/** What two people made of the same field: as it was, and what each of them wrote. */
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
