import { getTranslations } from 'next-intl/server'
import { formatDate } from '@/lib/i18n/format-date'
import type { Locale } from '@/lib/i18n/routing'

type CitationProps = {
  locale: Locale
  name: string
  site: string
  network: string | null
  /** ISO 8601, UTC. */
  updatedAt: string
  /** Whole address of the page. */
  address: string
}

/** The line under which a profile is cited. */
export async function Citation({ locale, name, site, network, updatedAt, address }: CitationProps) {
  const t = await getTranslations('Profile')
  const values = {
    name: () => <bdi>{name}</bdi>,
    site: () => <cite>{site}</cite>,
    address: () => <span className="address">{address}</span>,
    date: formatDate(locale, updatedAt),
  }
  return (
    <p>
      {network === null
        ? t.rich('citation', values)
        : t.rich('citationNetwork', { ...values, network })}
    </p>
  )
}
