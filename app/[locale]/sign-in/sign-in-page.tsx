import { getTranslations } from 'next-intl/server'
import type { ComponentProps, ReactNode } from 'react'
import { ShortForm } from '@/components/ui/short-form'
import { initialFormState } from '@/lib/forms/state'
import { siteIdentity, SiteFrame } from '../site-frame'
import { signInErrorLabels } from './error-labels'

/** The title of a page around signing in. */
export async function pageTitle(title: string): Promise<{ title: string }> {
  const t = await getTranslations('Site')
  const { name } = await siteIdentity()
  return { title: t('titleWithPage', { page: title, site: name }) }
}

/**
 * A page around signing in, in the frame of the public site.
 *
 * @param path without the language, with its query
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

type SignInFormProps = Omit<ComponentProps<typeof ShortForm>, 'state' | 'summary' | 'messages'> & {
  /** Where to continue after signing in; null: the overview. */
  returnTo?: string | null
  /** Messages for this form, beside those of `signInErrorLabels`. */
  messages?: Readonly<Record<string, string>>
}

/** A form of a page around signing in, with its error messages and the page to continue with. */
export async function SignInForm({
  returnTo = null,
  messages,
  children,
  ...form
}: SignInFormProps) {
  const t = await getTranslations('SignIn')
  return (
    <ShortForm
      {...form}
      state={initialFormState()}
      summary={t('summary')}
      messages={{ ...(await signInErrorLabels()), ...messages }}
    >
      {returnTo === null ? null : <input type="hidden" name="next" value={returnTo} />}
      {children}
    </ShortForm>
  )
}

/** Adds the page to continue with after signing in to a path. */
export function withReturnTo(path: string, returnTo: string | null): string {
  return returnTo === null ? path : `${path}?next=${encodeURIComponent(returnTo)}`
}
