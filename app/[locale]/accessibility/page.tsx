import { SiteTextPage, textPageMetadata } from '../text-page'

export function generateMetadata() {
  return textPageMetadata('Accessibility')
}

export default function AccessibilityPage() {
  return (
    <SiteTextPage
      namespace="Accessibility"
      sections={[{ id: 'done' }, { id: 'tested' }, { id: 'limits' }]}
      contact={{ id: 'report' }}
    />
  )
}
