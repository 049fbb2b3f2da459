import type { Country } from './countries'
import type { Region } from './regions'
import worldMap from './world-map.json'

/** A part of the world as it is drawn, in whole units of its own; nothing is finer than a country. */
export type Drawing = {
  width: number
  height: number
  /** Land without a code, and the land under dots, as a path. */
  ground: string
  /** Countries large enough to be seen, as paths; in part where the frame ends. */
  shapes: Partial<Record<Country, string>>
  /** Where the dots of the other countries stand: x and y. They keep their distance from one another. */
  dots: Partial<Record<Country, readonly number[]>>
  /** Middles of the countries that have room for a number: x and y. */
  numbers: Partial<Record<Country, readonly number[]>>
}

/** The world, and the frame of each region around the countries that suggest it. Made by `npm run draw-map`. */
export const DRAWINGS: Readonly<Record<'world' | Region, Drawing>> = worldMap
