import { getFormatter, getTranslations } from 'next-intl/server'
import { landingPageName, type LandingPage } from '@/lib/directory/landing-pages'
import { localePath, type LocalizedPath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

type LandingPageIndexProps = {
  locale: Locale
  title: string
  entries: readonly { place: LandingPage; count: number; path: LocalizedPath }[]
}

/** Places as a table of contents, by name, each with the number of its organisations. */
export async function LandingPageIndex({ locale, title, entries }: LandingPageIndexProps) {
  const t = await getTranslations('Directory')
  const format = await getFormatter()
  const inOrder = new Intl.Collator(locale)
  const named = entries
    .map((entry) => ({ ...entry, name: landingPageName(locale, entry.place) }))
    .sort((a, b) => inOrder.compare(a.name, b.name))
  return (
    <section className="made-of">
      <h2>{title}</h2>
      <ol className="index">
        {named.map(({ place, name, count, path }) => (
          <li key={place.code}>
            <a href={localePath(locale, path)}>{name}</a>
            <i />
            <b>
              {format.number(count)}
              <span className="visually-hidden"> {t('countLabel', { count })}</span>
            </b>
          </li>
        ))}
      </ol>
    </section>
  )
}
