import type { Metadata } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { catalogs } from '@/lib/i18n/catalogs'
import '../../styles/audit.css'
import '../../styles/desk.css'
import '../../styles/editing.css'
import '../../styles/history.css'

export const metadata: Metadata = { robots: { index: false, follow: false } }

/** Brings the style sheet of the protected part. It protects nothing: each page asks who is there. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale()
  const { DeskError } = catalogs[locale]
  return (
    <NextIntlClientProvider locale={locale} messages={{ DeskError }} timeZone="UTC">
      {children}
    </NextIntlClientProvider>
  )
}
