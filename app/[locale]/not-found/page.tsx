import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { SearchForm } from '@/components/site/search-form'
import { localePath } from '@/lib/i18n/navigation'
import { SiteFrame, siteIdentity } from '../site-frame'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  const { name } = await siteIdentity()
  return {
    title: t('Site.titleWithPage', { page: t('NotFound.title'), site: name }),
    robots: { index: false },
  }
}

/**
 * What is shown for every address without a page. An address of its own, because the framework
 * renders what `notFound()` shows only with scripts: `server/http` puts this page in its place.
 * Nothing in it depends on what was asked for.
 */
export default async function NotFoundPage() {
  const locale = await getLocale()
  const t = await getTranslations('NotFound')
  return (
    <SiteFrame path="/">
      <article className="text-page">
        <h1>{t('title')}</h1>
        <p className="lead">{t('body')}</p>
        <SearchForm locale={locale} label={t('search')} />
        <ul>
          <li>
            <a href={localePath(locale, '/organisations')}>{t('list')}</a>
          </li>
          <li>
            <a href={localePath(locale, '/')}>{t('home')}</a>
          </li>
        </ul>
      </article>
    </SiteFrame>
  )
}
