import { getTranslations } from 'next-intl/server'
import type { Locale } from '@/lib/i18n/routing'

type StatusFormProps = {
  locale: Locale
  id: string
  version: number
  /** What may be done, the most likely first: it is the primary. */
  acts: readonly ('hide' | 'list' | 'withdraw' | 'confirm')[]
  change: (form: FormData) => Promise<void>
  /** The page that it leads back to: of the status, where nothing is said. */
  from?: 'form'
}

/** One button for each thing that may be done to where a profile stands; each works at once. */
export async function StatusForm({ locale, id, version, acts, change, from }: StatusFormProps) {
  const t = await getTranslations('Admin.status')
  if (acts.length === 0) return null
  const isConfirm = acts[0] === 'confirm'
  return (
    <form className="status-form" action={change}>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="locale" value={locale} />
      {from === undefined ? null : <input type="hidden" name="from" value={from} />}
      {acts.map((act, index) => (
        <p key={act}>
          <button
            name="act"
            value={act}
            className={index === 0 && !isConfirm ? undefined : 'quiet'}
            aria-describedby={`${act}-effect`}
          >
            {t(`act.${act}`)}
          </button>{' '}
          <small id={`${act}-effect`}>{t(`effect.${act}`)}</small>
        </p>
      ))}
    </form>
  )
}
