import { getTranslations } from 'next-intl/server'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

type SearchFormProps = { locale: Locale; label: string; hint?: string }

/** A search field that leads to the list of organisations. */
export async function SearchForm({ locale, label, hint }: SearchFormProps) {
  const t = await getTranslations('Site')
  return (
    <search>
      <form className="search" method="get" action={localePath(locale, '/organisations')}>
        <label htmlFor="q">{label}</label>
        <div className="field">
          <input
            id="q"
            name="q"
            type="search"
            maxLength={200}
            aria-describedby={hint === undefined ? undefined : 'q-hint'}
          />
          <button>{t('search')}</button>
        </div>
        {hint === undefined ? null : <small id="q-hint">{hint}</small>}
      </form>
    </search>
  )
}
