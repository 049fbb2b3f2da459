import { getTranslations } from 'next-intl/server'
import { placeName, placePath, type Place } from '@/lib/directory/places'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

type PlaceLinksProps = { locale: Locale; place: Place; places: readonly Place[] }

const TITLES = { country: 'neighbours', region: 'otherRegions', area: 'otherAreas' } as const

/** Places like this one, by name; regions and areas keep the network’s order. */
export async function PlaceLinks({ locale, place, places }: PlaceLinksProps) {
  if (places.length === 0) return null
  const t = await getTranslations('Places')
  const inOrder = new Intl.Collator(locale)
  const named = places.map((one) => ({ one, name: placeName(locale, one) }))
  if (place.kind === 'country') named.sort((a, b) => inOrder.compare(a.name, b.name))
  return (
    <nav className="others" aria-labelledby="others">
      <h2 id="others">{t(TITLES[place.kind])}</h2>
      <ul>
        {named.map(({ one, name }) => (
          <li key={one.code}>
            <a href={localePath(locale, placePath(one))}>{name}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
