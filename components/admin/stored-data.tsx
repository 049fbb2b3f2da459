import { getTranslations } from 'next-intl/server'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

type StoredDataProps = {
  locale: Locale
  id: string
  mayDownload: boolean
  mayErase: boolean
}

/** Takes along what is held about an organisation, and leads to its erasure. */
export async function StoredData({ locale, id, mayDownload, mayErase }: StoredDataProps) {
  if (!mayDownload && !mayErase) return null
  const t = await getTranslations('Erasure')
  const base = localePath(locale, `/admin/organisations/${encodeURIComponent(id)}`)
  return (
    <section>
      <h2>{t('storedTitle')}</h2>
      <p>{t('storedLead')}</p>
      {mayDownload ? (
        <p>
          <a href={`${base}/data.json`} download>
            {t('downloadAll')}
          </a>
        </p>
      ) : null}
      {mayErase ? (
        <p>
          <a href={`${base}/erase`}>{t('toErasure')}</a>
        </p>
      ) : null}
    </section>
  )
}
