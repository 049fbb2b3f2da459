import { getTranslations } from 'next-intl/server'
import { landingPageName, landingPagePath, type LandingPage } from '@/lib/directory/landing-pages'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

type LandingPageLinksProps = { locale: Locale; place: LandingPage; places: readonly LandingPage[] }

const TITLES = { country: 'neighbours', region: 'otherRegions', area: 'otherAreas' } as const

/** Places like this one, by name; regions and areas keep the network’s order. */
export async function LandingPageLinks({ locale, place, places }: LandingPageLinksProps) {
  if (places.length === 0) return null
  const t = await getTranslations('LandingPages')
  const inOrder = new Intl.Collator(locale)
  const named = places.map((one) => ({ one, name: landingPageName(locale, one) }))
  if (place.kind === 'country') named.sort((a, b) => inOrder.compare(a.name, b.name))
  return (
    <nav className="others" aria-labelledby="others">
      <h2 id="others">{t(TITLES[place.kind])}</h2>
      <ul>
        {named.map(({ one, name }) => (
          <li key={one.code}>
            <a href={localePath(locale, landingPagePath(one))}>{name}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
