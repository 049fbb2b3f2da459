import type { Metadata } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { catalogs } from '@/lib/i18n/catalogs'
import '../../styles/audit.css'
import '../../styles/admin.css'
import '../../styles/editing.css'
import '../../styles/history.css'

export const metadata: Metadata = { robots: { index: false, follow: false } }

/** Loads the style sheets of the protected part. It protects nothing: each page checks the session. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale()
  const { AdminError } = catalogs[locale]
  return (
    <NextIntlClientProvider locale={locale} messages={{ AdminError }} timeZone="UTC">
      {children}
    </NextIntlClientProvider>
  )
}
