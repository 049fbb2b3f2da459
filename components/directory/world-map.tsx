import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { isTooSmallToSee, type MapProjection } from '@/lib/geo/projection'
import type { Country } from '@/lib/geo/countries'

/** A country with organisations, as the map and the table show it. */
export type MapCountry = {
  country: Country
  /** In the reader's language. */
  name: string
  count: number
  /** The list of just these organisations. */
  href: string
}

type WorldMapProps = {
  drawing: MapProjection
  /** In the order in which the keyboard goes through them. */
  places: MapCountry[]
  /** Counts at which the shades begin, the lightest first. */
  steps: readonly number[]
}

const shadeOf = (count: number, steps: readonly number[]) =>
  `shade-${steps.filter((step) => count >= step).length}`

/** Points at which a round pen is set down. */
const toDots = (places: (readonly number[])[]) =>
  places.map(([x = 0, y = 0]) => `M${x} ${y}h0`).join('')

/** Room around the drawing for the dots and outlines at its edges. */
const viewBox = ({ width, height }: MapProjection) => `-6 -6 ${width + 12} ${height + 12}`

/** A number in a shape must have room in the narrowest of those that have a place for it. */
const LARGEST_NUMBER = 999

/**
 * The drawing with its countries shaded by number. Countries with organisations are links; the others
 * are plain land, so that the keyboard stops only where there is something.
 */
export async function WorldMap({ drawing, places, steps }: WorldMapProps) {
  const t = await getTranslations('Map')
  const { ground, shapes, dots, numbers } = drawing
  const listed = new Set<string>(places.map(({ country }) => country))
  const others = <Value,>(of: Partial<Record<Country, Value>>) =>
    Object.entries(of).flatMap(([code, value]) => (listed.has(code) ? [] : [value]))
  const link = ({ country, name, count, href }: MapCountry, mark: ReactNode) => (
    <a key={country} href={href} className={shadeOf(count, steps)}>
      <title>{t('place', { country: name, count })}</title>
      {mark}
    </a>
  )
  return (
    <svg className="atlas" viewBox={viewBox(drawing)} role="group" aria-label={t('mapLabel')}>
      <path className="land" d={ground + others(shapes).join('')} />
      <path
        className="small-countries"
        d={others(dots)
          .map(([x = 0, y = 0]) => `M${x} ${y}h0`)
          .join('')}
      />
      {places.map((place) => {
        const shape = shapes[place.country]
        return shape === undefined
          ? null
          : link(place, <path d={shape} className={isTooSmallToSee(shape) ? 'small' : undefined} />)
      })}
      {places.map((place) => {
        const [x, y] = dots[place.country] ?? []
        return x === undefined ? null : link(place, <circle cx={x} cy={y} r="5" />)
      })}
      <g aria-hidden="true">
        {places.map(({ country, count }) => {
          const [x, y] = numbers[country] ?? []
          return x === undefined || count > LARGEST_NUMBER ? null : (
            <text key={country} x={x} y={y} className={shadeOf(count, steps)}>
              {count}
            </text>
          )
        })}
      </g>
    </svg>
  )
}

type MiniMapProps = {
  drawing: MapProjection
  counts: { country: Country; count: number }[]
  steps: readonly number[]
}

/** The map to be looked at only, as the picture of a link that says the rest. */
export function MiniMap({ drawing, counts, steps }: MiniMapProps) {
  const { ground, shapes, dots } = drawing
  const shades = new Map(counts.map(({ country, count }) => [country, shadeOf(count, steps)]))
  const shadeIs = (shade: string | undefined) =>
    function ofShade<Value>(of: Partial<Record<Country, Value>>): Value[] {
      return Object.entries(of).flatMap(([code, value]) =>
        shades.get(code as Country) === shade ? [value] : [],
      )
    }
  const land = shadeIs(undefined)
  return (
    <svg className="atlas" viewBox={viewBox(drawing)} aria-hidden="true">
      <path className="land" d={ground + land(shapes).join('')} />
      <path className="small-countries" d={toDots(land(dots))} />
      {steps.map((step) => {
        const its = shadeIs(shadeOf(step, steps))
        return (
          <g key={step} className={shadeOf(step, steps)}>
            <path d={its(shapes).join('')} />
            <path d={its(shapes).filter(isTooSmallToSee).join('')} className="small" />
            {its(dots).map(([x, y]) => (
              <circle key={`${x} ${y}`} cx={x} cy={y} r="5" />
            ))}
          </g>
        )
      })}
    </svg>
  )
}

/** What the shades and the dots mean. */
export async function MapLegend({ steps }: { steps: readonly number[] }) {
  const t = await getTranslations('Map')
  const range = (from: number, to: number | undefined) => {
    if (to === undefined) return t('legendMore', { from })
    return to - from === 1 ? t('legendOne', { from }) : t('legendRange', { from, to: to - 1 })
  }
  return (
    <div className="legend">
      <p>{t('legend')}</p>
      <ul>
        {steps.map((from, index) => (
          <li key={from}>
            <svg className="atlas" viewBox="0 0 28 18" aria-hidden="true">
              <path className={shadeOf(from, steps)} d="M1 1h26v16h-26z" />
            </svg>
            {range(from, steps[index + 1])}
          </li>
        ))}
        <li>
          <svg className="atlas" viewBox="0 0 28 18" aria-hidden="true">
            <circle className="shade-2" cx="14" cy="9" r="5" />
          </svg>
          {t('legendDot')}
        </li>
      </ul>
    </div>
  )
}
