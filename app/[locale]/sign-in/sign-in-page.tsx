import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { siteIdentity, SiteFrame } from '../site-frame'

/** Title of a page on which people say who they are. */
export async function pageTitle(title: string): Promise<{ title: string }> {
  const t = await getTranslations('Site')
  const { name } = await siteIdentity()
  return { title: t('titleWithPage', { page: title, site: name }) }
}

/**
 * A page on which people say who they are, in the frame of the public site.
 *
 * @param path address from the language on, with its query
 */
export function SignInPage({
  path,
  title,
  lead,
  children,
}: {
  path: string
  title: string
  lead?: string
  children: ReactNode
}) {
  return (
    <SiteFrame path={path}>
      <article className="admin sign-in">
        <h1>{title}</h1>
        {lead === undefined ? null : <p>{lead}</p>}
        {children}
      </article>
    </SiteFrame>
  )
}

/** The query that keeps where somebody wants to go on to. */
export function withReturnTo(path: string, next: string | null): string {
  return next === null ? path : `${path}?next=${encodeURIComponent(next)}`
}
