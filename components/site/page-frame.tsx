import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { catalogs } from '@/lib/i18n/catalogs'
import { localePath, otherLocales, type LocalizedPath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { Logo } from './logo'

/** The names of the site and of the network as configured; null if not set. */
export type SiteIdentity = { name: string; network: string | null }

type PageFrameProps = {
  locale: Locale
  site: SiteIdentity
  /** Path of this page without the language, with its query, for the language switch. */
  path: LocalizedPath
  children: ReactNode
}

/** Header, main part and footer of every public page. */
export async function PageFrame({ locale, site, path, children }: PageFrameProps) {
  const t = await getTranslations('Site')
  const current = (target: string) => (path === target ? ('page' as const) : undefined)
  const link = (target: keyof typeof names) => (
    <a href={localePath(locale, target)} aria-current={current(target)}>
      {t(names[target])}
    </a>
  )
  return (
    <>
      <header className="site-header">
        <a className="brand" href={localePath(locale, '/')} aria-current={current('/')}>
          <Logo />
          {site.name}
        </a>
        <nav aria-label={t('mainNavigation')}>
          {link('/organisations')}
          {link('/map')}
          {link('/about')}
          <LanguageSwitch locale={locale} path={path} />
        </nav>
      </header>
      <main id="content">{children}</main>
      <footer className="site-footer">
        <nav aria-label={t('footerNavigation')}>
          {link('/about')}
          {link('/accessibility')}
          {link('/privacy')}
          <a href={localePath(locale, '/feed.xml')}>{t('feed')}</a>
          <a href="/api/organisations">{t('data')}</a>
          <LanguageSwitch locale={locale} path={path} />
        </nav>
        <p>
          {site.network === null ? null : `${t('ofNetwork', { network: site.network })} `}
          {t('voice')}
        </p>
      </footer>
    </>
  )
}

const names = {
  '/organisations': 'organisations',
  '/map': 'map',
  '/about': 'about',
  '/accessibility': 'accessibility',
  '/privacy': 'privacy',
} as const

function LanguageSwitch({ locale, path }: { locale: Locale; path: LocalizedPath }) {
  return otherLocales(locale).map((other) => (
    <a key={other} href={localePath(other, path)} lang={other} hrefLang={other}>
      {catalogs[other].Site.languageName}
    </a>
  ))
}
