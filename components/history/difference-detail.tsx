import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { formatDateTime } from '@/lib/i18n/format-date'
import { languageName } from '@/lib/i18n/language-name'
import type { Locale } from '@/lib/i18n/routing'
import { isCountry } from '@/lib/geo/countries'
import { isRegion } from '@/lib/geo/regions'
import { PRIORITY_AREAS } from '@/lib/organisations/schema'
import type { Difference } from '@/lib/revisions/diff'
import { DiffText } from './diff-text'

type DifferenceDetailProps = { locale: Locale; difference: Difference }

/** What a field was and what it became, in words; texts word by word. */
export async function DifferenceDetail({ locale, difference }: DifferenceDetailProps) {
  const t = await getTranslations()
  switch (difference.field) {
    case 'name':
      return <DiffText segments={difference.segments} />
    case 'aliases':
      return <ListChange {...difference} reordered={t('History.reordered')} />
    case 'priorityAreas': {
      const area = (code: string) => {
        const known = PRIORITY_AREAS.find((one) => one === code)
        return known ? t(`PriorityAreas.${known}`) : code
      }
      const { removed, added } = difference
      return (
        <ListChange
          removed={removed.map(area)}
          added={added.map(area)}
          reordered={t('History.reordered')}
        />
      )
    }
    case 'country': {
      const country = (code: string | null) =>
        code !== null && isCountry(code) ? t(`Countries.${code}`) : code
      return <Change before={country(difference.before)} after={country(difference.after)} />
    }
    case 'region': {
      const region = ({ code, suggested }: typeof difference.before) => {
        const name = isRegion(code) ? t(`Regions.${code}`) : code
        return name !== null && suggested ? t('History.suggested', { region: name }) : name
      }
      return <Change before={region(difference.before)} after={region(difference.after)} />
    }
    case 'contacts': {
      const shown = (contact: typeof difference.before) =>
        contact &&
        t(contact.published ? 'History.published' : 'History.hidden', { value: contact.value })
      return (
        <Change
          label={t(`History.contact.${difference.contact}`)}
          before={shown(difference.before)}
          after={shown(difference.after)}
        />
      )
    }
    case 'status': {
      const status = (code: string | null) => {
        const known = (['draft', 'listed', 'hidden', 'withdrawn'] as const).find(
          (one) => one === code,
        )
        return known ? t(`History.statuses.${known}`) : code
      }
      return <Change before={status(difference.before)} after={status(difference.after)} />
    }
    case 'slug':
      return <Change before={difference.before} after={difference.after} />
    case 'confirmed': {
      const moment = (date: string | null) => date && formatDateTime(locale, date)
      return <Change before={moment(difference.before)} after={moment(difference.after)} />
    }
    case 'answers': {
      const origin = (one: typeof difference.before) => {
        if (one === null) return null
        const provenance = t(`History.provenances.${one.provenance}`)
        return one.from === null
          ? provenance
          : t('History.originFrom', { provenance, language: languageName(locale, one.from) })
      }
      const [before, after] = [origin(difference.before), origin(difference.after)]
      return (
        <>
          <DiffText segments={difference.segments} language={difference.language} />
          {before === after ? null : (
            <Change label={t('History.origin')} before={before} after={after} />
          )}
        </>
      )
    }
  }
}

type ChangeProps = { label?: string; before: string | null; after: string | null }

/** One value that became another; where there was or is none, the page says so. */
async function Change({ label, before, after }: ChangeProps) {
  const t = await getTranslations('History')
  const value = (text: string | null): ReactNode =>
    text === null ? <i>{t('none')}</i> : <bdi>{text}</bdi>
  return (
    <p className="change">
      {label === undefined ? null : <>{t('labelled', { label })} </>}
      <del>{value(before)}</del> <ins>{value(after)}</ins>
    </p>
  )
}

type ListChangeProps = { removed: readonly string[]; added: readonly string[]; reordered: string }

function ListChange({ removed, added, reordered }: ListChangeProps) {
  if (removed.length + added.length === 0) return <p className="change">{reordered}</p>
  return (
    <ul className="change">
      {removed.map((item) => (
        <li key={item}>
          <del dir="auto">{item}</del>
        </li>
      ))}
      {added.map((item) => (
        <li key={item}>
          <ins dir="auto">{item}</ins>
        </li>
      ))}
    </ul>
  )
}
