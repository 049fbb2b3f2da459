import { env } from '@/lib/env'
import { SiteTextPage, textPageMetadata } from '../text-page'

export function generateMetadata() {
  return textPageMetadata('Privacy')
}

export default function PrivacyPage() {
  const exit = env.EXIT_URL
  const site = exit === null ? null : new URL(exit).host.replace(/^www\./, '')
  return (
    <SiteTextPage
      namespace="Privacy"
      sections={[
        { id: 'visitors' },
        { id: 'cannot' },
        ...(site === null ? [] : [{ id: 'leaving' as const, values: { site } }]),
        { id: 'organisations' },
        { id: 'kept' },
      ]}
      contact={{ id: 'ask' }}
    />
  )
}
