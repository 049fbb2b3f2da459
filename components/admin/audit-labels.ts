import type { AuditEntryView } from '@/lib/audit/entry'
import { catalogs } from '@/lib/i18n/catalogs'
import type { Locale } from '@/lib/i18n/routing'
import { translator } from '@/lib/i18n/translator'

type AuditMessages = (typeof catalogs)['en']['Audit']

function isKey<Table extends object>(table: Table, key: string): key is keyof Table & string {
  return Object.hasOwn(table, key)
}

/** The texts of an entry of the audit log, for the page and for the CSV file. */
export function auditLabels(locale: Locale, entry: AuditEntryView) {
  const t = translator(locale, 'Audit')
  const words: AuditMessages = catalogs[locale].Audit
  const value = (raw: string | number | boolean | null): string => {
    if (typeof raw === 'boolean') return t(raw ? 'values.yes' : 'values.no')
    const text = String(raw ?? '–')
    return isKey(words.values, text) ? t(`values.${text}`) : text
  }
  return {
    action: isKey(words.actions, entry.action) ? t(`actions.${entry.action}`) : entry.action,
    actor: actorWords(entry),
    subject: entry.subject === null ? '' : (entry.subject.name ?? entry.subject.id),
    detail: Object.entries(entry.detail)
      .map(([key, raw]) =>
        isKey(words.details, key)
          ? t(`details.${key}`, { value: value(raw) })
          : `${key}: ${value(raw)}`,
      )
      .join(' · '),
  }

  function actorWords({ actor }: AuditEntryView): string {
    switch (actor.kind) {
      case 'user':
        return actor.name ?? t('actors.user')
      case 'system':
        return isKey(words.actors, actor.code) ? t(`actors.${actor.code}`) : actor.code
      case 'link':
      case 'anonymous':
        return t(`actors.${actor.kind}`)
    }
  }
}
