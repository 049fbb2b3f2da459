import { getTranslations } from 'next-intl/server'
import type { Locale } from '@/lib/i18n/routing'
import { fieldKey, type Difference } from '@/lib/revisions/diff'
import { DifferenceDetail } from './difference-detail'
import { fieldLabel } from './difference-labels'

type DifferenceListProps = { locale: Locale; differences: readonly Difference[] }

/** What differs between two versions, field by field, with how to read it. */
export async function DifferenceList({ locale, differences }: DifferenceListProps) {
  const t = await getTranslations('History')
  if (differences.length === 0) return <p className="empty">{t('equal')}</p>
  return (
    <>
      <p className="hint">
        {t.rich('legend', {
          del: (words) => <del>{words}</del>,
          ins: (words) => <ins>{words}</ins>,
        })}
      </p>
      {await Promise.all(
        groupByField(differences).map(async ([key, parts, first]) => (
          <section key={key} className="difference">
            <h3>{await fieldLabel(locale, first)}</h3>
            {parts.map((difference, index) => (
              <DifferenceDetail key={index} locale={locale} difference={difference} />
            ))}
          </section>
        )),
      )}
    </>
  )
}

/** Differences by field: contact details are one field with up to three differences. */
export function groupByField(
  differences: readonly Difference[],
): [key: string, differences: Difference[], first: Difference][] {
  const fields = new Map<string, [string, Difference[], Difference]>()
  for (const difference of differences) {
    const key = fieldKey(difference)
    const field = fields.get(key)
    if (field) field[1].push(difference)
    else fields.set(key, [key, [difference], difference])
  }
  return [...fields.values()]
}
