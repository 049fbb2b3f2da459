import type { RichTranslationValues } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { MailLink, TextPage, textElements } from '@/components/site/text-page'
import { env } from '@/lib/env'
import type { Messages } from '@/lib/i18n/catalogs'
import { pageMetadata } from './page-metadata'
import { SiteFrame } from './site-frame'

const PATHS = { About: '/about', Accessibility: '/accessibility', Privacy: '/privacy' } as const

type Namespace = keyof typeof PATHS

/** Keys of a namespace that hold a title and a body. */
type SectionId<Name extends Namespace> = {
  [Key in keyof Messages[Name]]: Messages[Name][Key] extends { title: string; body: string }
    ? Key & string
    : never
}[keyof Messages[Name]]

type Section<Name extends Namespace> = {
  id: SectionId<Name>
  /** For tags and arguments of the text, beside `textElements`. */
  values?: RichTranslationValues
  /** Shown below the text. */
  below?: ReactNode
}

type SiteTextPageProps<Name extends Namespace> = {
  namespace: Name
  sections: readonly Section<Name>[]
  /** The last section, whose text uses `<mail>`; left out if `CONTACT_EMAIL` is not set. */
  contact: Section<Name>
}

/** Title, description and addresses of one of the site's own texts. */
export async function textPageMetadata(namespace: Namespace) {
  const t = await getTranslations()
  return pageMetadata({
    path: PATHS[namespace],
    title: t(`${namespace}.title`),
    description: t(`${namespace}.description`),
  })
}

/** One of the site's own texts, from the catalog, in the frame of the public site. */
export async function SiteTextPage<Name extends Namespace>({
  namespace,
  sections,
  contact,
}: SiteTextPageProps<Name>) {
  const t = await getTranslations()
  // Not generic, so that the keys below are known to exist.
  const name: Namespace = namespace
  const address = env.CONTACT_EMAIL
  const mail = () => (address === null ? null : <MailLink address={address} />)
  const shown = address === null ? sections : [...sections, contact]
  return (
    <SiteFrame path={PATHS[namespace]}>
      <TextPage
        title={t(`${name}.title`)}
        lead={t(`${name}.lead`)}
        sections={shown.map(({ id, values, below }) => {
          // The types of the props have checked that this key exists; `what` stands for all of them.
          const key = `${namespace}.${id}` as 'About.what'
          return {
            id,
            title: t(`${key}.title`),
            body: (
              <>
                {t.rich(`${key}.body`, { ...textElements, mail, ...values })}
                {below}
              </>
            ),
          }
        })}
      />
    </SiteFrame>
  )
}
