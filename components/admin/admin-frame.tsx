import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Logo } from '@/components/site/logo'
import { canAdmin, type Actor } from '@/lib/permissions/permissions'
import { catalogs } from '@/lib/i18n/catalogs'
import { localePath, otherLocales } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

type AdminFrameProps = {
  locale: Locale
  /** Address of this page from the language on, with its query: the language switch stays on it. */
  path: string
  /** Heading of the page. */
  title: string
  actor: Extract<Actor, { kind: 'user' }>
  children: ReactNode
}

/**
 * Header, navigation and heading of a page of the protected part. The navigation names what the
 * person may use; that it leaves something out protects nothing.
 */
export async function AdminFrame({ locale, path, title, actor, children }: AdminFrameProps) {
  const t = await getTranslations('Admin.frame')
  const places = [
    { target: '/admin', name: t('overview') },
    ...(actor.role === 'translator' ? [] : [{ target: '/admin/proposals', name: t('proposals') }]),
    ...(canAdmin(actor, 'manageUsers') ? [{ target: '/admin/people', name: t('people') }] : []),
    ...(canAdmin(actor, 'importPages') ? [{ target: '/admin/import', name: t('import') }] : []),
    ...(canAdmin(actor, 'readAudit') ? [{ target: '/admin/audit', name: t('audit') }] : []),
    { target: '/admin/account', name: t('account') },
  ]
  const here = path.split('?')[0] ?? path
  const current = (target: string) => {
    if (here === target) return 'page'
    const isWithin = here.startsWith(`${target}/`) && target !== '/admin'
    return isWithin || (target === '/admin' && here.startsWith('/admin/organisations'))
      ? 'true'
      : undefined
  }
  return (
    <>
      <header className="admin-header">
        <p className="admin-brand">
          <Logo />
          {t('name')}
        </p>
        <ul className="admin-quick-exit">
          <li>
            <a href={localePath(locale, '/')}>{t('publicSite')}</a>
          </li>
          {otherLocales(locale).map((other) => (
            <li key={other}>
              <a href={localePath(other, path)} lang={other} hrefLang={other}>
                {catalogs[other].Site.languageName}
              </a>
            </li>
          ))}
          <li>
            <form method="post" action={localePath(locale, '/sign-in/out')}>
              <button className="as-link">{t('signOut')}</button>
            </form>
          </li>
        </ul>
        <nav className="admin-nav" aria-label={t('navigation')}>
          <ul>
            {places.map(({ target, name }) => (
              <li key={target}>
                <a href={localePath(locale, target)} aria-current={current(target)}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main id="content" className="admin">
        <h1 dir="auto">{title}</h1>
        {children}
      </main>
    </>
  )
}
