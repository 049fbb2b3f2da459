import type { Metadata, Viewport } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { QuickExitLink } from '@/components/site/quick-exit-link'
import { env } from '@/lib/env'
import '../styles/site.css'

// Pages are read from the database each time; what is hidden is hidden with the next request.
export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' } },
  formatDetection: { telephone: false, date: false, address: false, email: false },
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbf8f4' },
    { media: '(prefers-color-scheme: dark)', color: '#17130f' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('Site')])
  return (
    <html lang={locale} dir="ltr">
      <body>
        <a className="skip" href="#content">
          {t('skip')}
        </a>
        {env.EXIT_URL === null ? null : <QuickExitLink locale={locale} />}
        {children}
      </body>
    </html>
  )
}
