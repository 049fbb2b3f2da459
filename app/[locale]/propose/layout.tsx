import type { Metadata } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { catalogs } from '@/lib/i18n/catalogs'
import '../../styles/admin.css'
import '../../styles/editing.css'
import '../../styles/history.css'

export const metadata: Metadata = { robots: { index: false, follow: false } }

/** Adds the style sheets of the protected pages. Page and command check who may propose. */
export default async function ProposeLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale()
  const { AdminError } = catalogs[locale]
  return (
    <NextIntlClientProvider locale={locale} messages={{ AdminError }} timeZone="UTC">
      {children}
    </NextIntlClientProvider>
  )
}
