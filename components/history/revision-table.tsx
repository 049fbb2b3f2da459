import { getTranslations } from 'next-intl/server'
import { formatDateTime } from '@/lib/i18n/format-date'
import type { Locale } from '@/lib/i18n/routing'

type RevisionTableProps = {
  locale: Locale
  /** Address of this page, with the language. */
  address: string
  /** Latest first. */
  revisions: readonly {
    number: number
    at: Date
    by: Author
    reason: string
    erased: boolean
  }[]
  /** The two that are compared. */
  from: number
  to: number
}

type Author =
  | { kind: 'user'; name: string | null }
  | { kind: 'system'; code: string }
  | { kind: 'link' }
  | { kind: 'anonymous' }

/** Every revision with who, when and why, and which two to compare: a form that asks by address. */
export async function RevisionTable({ locale, address, revisions, from, to }: RevisionTableProps) {
  const t = await getTranslations('History')
  const choice = (name: 'from' | 'to', number: number) => (
    <input
      type="radio"
      name={name}
      value={number}
      defaultChecked={number === (name === 'from' ? from : to)}
      aria-label={t(name === 'from' ? 'chooseFrom' : 'chooseTo', { number })}
    />
  )
  return (
    <form action={address} method="get">
      <table className="admin-table revisions">
        <caption>{t('caption', { count: revisions.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('columns.from')}</th>
            <th scope="col">{t('columns.to')}</th>
            <th scope="col">{t('columns.number')}</th>
            <th scope="col">{t('columns.at')}</th>
            <th scope="col">{t('columns.by')}</th>
            <th scope="col">{t('columns.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {await Promise.all(
            revisions.map(async ({ number, at, by, reason, erased }) => (
              <tr key={number}>
                <td className="which">{choice('from', number)}</td>
                <td className="which">{choice('to', number)}</td>
                <th scope="row">{t('revision', { number })}</th>
                <td>
                  <time dateTime={at.toISOString()}>
                    {formatDateTime(locale, at.toISOString())}
                  </time>
                </td>
                <td>
                  <bdi>{await authorLabel(by)}</bdi>
                </td>
                <td dir="auto">
                  {await reasonLabel(reason)}
                  {erased ? <> ({t('erasedMark')})</> : null}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
      <div className="buttons">
        <button type="submit" className="quiet">
          {t('compare')}
        </button>
      </div>
    </form>
  )
}

const PROGRAMS = ['import', 'demo', 'command-line'] as const

async function authorLabel(by: Author): Promise<string> {
  const t = await getTranslations('History.authors')
  if (by.kind === 'user') return by.name ?? t('user')
  if (by.kind !== 'system') return t(by.kind)
  const program = PROGRAMS.find((code) => code === by.code)
  return program ? t(program) : by.code
}

const REASONS = [
  ...(['edit', 'import', 'demo', 'proposal', 'list', 'hide'] as const),
  ...(['withdraw', 'confirm', 'rename', 'erased', 'restore'] as const),
]

/** A reason is a code of the program, or somebody's own words. */
async function reasonLabel(reason: string): Promise<string> {
  const t = await getTranslations('History.reasons')
  const code = REASONS.find((one) => one === reason)
  return code ? t(code) : reason
}
