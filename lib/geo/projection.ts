import type { Country } from './countries'
import type { Region } from './regions'
import worldMap from './world-map.json' with { type: 'json' }

/** A part of the world as it is drawn, in whole units of its own; nothing is finer than a country. */
export type MapProjection = {
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
export const MAP_PROJECTIONS: Readonly<Record<'world' | Region, MapProjection>> = worldMap

/** So far across, in units of the world's drawing, a country is a point or two on a phone. */
const MIN_VISIBLE_SIZE = 10

/** Whether a shape is lost where its whole drawing is as narrow as a phone. */
export function isTooSmallToSee(shape: string): boolean {
  const all = vertices(shape)
  return [0, 1].every((axis) => {
    const along = all.map((corner) => corner[axis] ?? 0)
    return Math.max(...along) - Math.min(...along) <= MIN_VISIBLE_SIZE
  })
}

/** Corners of a path as the drawings hold it: relative whole numbers. */
export function vertices(shape: string): [x: number, y: number][] {
  const found: [number, number][] = []
  let [x, y, startX, startY] = [0, 0, 0, 0]
  for (const [, command = '', list = ''] of shape.matchAll(/([Mmlz])([^Mmlz]*)/g)) {
    const values = (list.match(/-?\d+/g) ?? []).map(Number)
    for (let at = 0; at < values.length; at += 2) {
      const [dx = 0, dy = 0] = values.slice(at, at + 2)
      ;[x, y] = command === 'M' ? [dx, dy] : [x + dx, y + dy]
      found.push([x, y])
      if (command !== 'l') [startX, startY] = [x, y]
    }
    if (command === 'z') [x, y] = [startX, startY]
  }
  return found
}
