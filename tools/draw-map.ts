import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { geoArea, geoCentroid, geoEqualEarth, geoPath, geoStream, type GeoProjection } from 'd3-geo'
import type { MultiPolygon, Position } from 'geojson'
import { iso31661 } from 'iso-3166'
import polylabel from 'polylabel'
import { mergeArcs, merge } from 'topojson-client'
import { presimplify, simplify, sphericalTriangleArea } from 'topojson-simplify'
import type {
  GeometryCollection,
  MultiPolygon as Arcs,
  Polygon as PolygonArcs,
  Topology,
} from 'topojson-specification'
import { COUNTRIES, isCountry, type Country } from '@/lib/geo/countries'
import type { Region } from '@/lib/geo/regions'
import { suggestRegion } from '@/lib/geo/suggest-region'

// Development tool: `npm run draw-map` writes lib/geo/world-map.json, the shapes of the countries in
// Equal Earth, once for the world and once for each region, small enough to be part of a page
// (`-- FILE` writes it elsewhere). The result is committed; the same data give the same file.
//
// The shapes are Natural Earth's, 1:50 million, in the public domain (package world-atlas). Where they
// show who holds a land rather than what the codes of ISO 3166 mean, they are put right here:
// docs/decisions/012-map-and-disputed-places.md.

type Area = Arcs | PolygonArcs
type World = Topology<{ countries: GeometryCollection<{ name: string }> }>

/** Places that Natural Earth counts to another country: those of its polygons that lie around a point. */
const PARTS: { code: Country | null; of: string; around: Position; degrees: number }[] = [
  { code: 'UA', of: 'RU', around: [34.3, 45.2], degrees: 1.5 },
  { code: 'GF', of: 'FR', around: [-53, 4], degrees: 3 },
  { code: 'GP', of: 'FR', around: [-61.5, 16.2], degrees: 0.8 },
  { code: 'MQ', of: 'FR', around: [-61, 14.65], degrees: 0.5 },
  { code: 'RE', of: 'FR', around: [55.5, -21.1], degrees: 1 },
  { code: 'YT', of: 'FR', around: [45.15, -12.8], degrees: 1 },
  { code: 'SJ', of: 'NO', around: [18, 78.7], degrees: 8 },
  { code: 'BQ', of: 'NL', around: [-68.3, 12.2], degrees: 0.5 },
  { code: 'CX', of: 'Indian Ocean Ter.', around: [105.6, -10.5], degrees: 2 },
  { code: 'CC', of: 'Indian Ocean Ter.', around: [96.8, -12.1], degrees: 2 },
]

/** Areas without a code of their own, and the country that the codes count them to. */
const COUNTED_TO: Record<string, Country> = {
  Kosovo: 'XK',
  Somaliland: 'SO',
  'N. Cyprus': 'CY',
  'Ashmore and Cartier Is.': 'AU',
}

/** Pairs whose common border is drawn along a line of latitude or longitude: first beyond it, second before. */
const CUTS: { beyond: Country; before: Country; axis: 0 | 1; at: number }[] = [
  // Morocco and Western Sahara.
  { beyond: 'MA', before: 'EH', axis: 1, at: 27.667 },
  // Syria with the Golan, and Israel.
  { beyond: 'SY', before: 'IL', axis: 0, at: 35.63 },
]

/** Places too small for Natural Earth at this scale. */
const POINTS: Partial<Record<Country, Position>> = {
  BV: [3.36, -54.42],
  GI: [-5.35, 36.13],
  TK: [-171.85, -9.2],
  TV: [179.2, -8.52],
  UM: [166.64, 19.28],
  // The frame of the world ends before it; its dot stands at the edge.
  AQ: [-25, -57.5],
}

/** Places of many islands: the dot stands where most people live. */
const ISLANDS: Partial<Record<Country, Position>> = {
  FM: [158.2, 6.9],
  KI: [173, 1.45],
  MH: [171.2, 7.1],
  PF: [-149.5, -17.6],
  SH: [-5.7, -15.95],
  CK: [-159.8, -21.2],
  SC: [55.45, -4.65],
  MV: [73.5, 4.2],
  TF: [69.4, -49.3],
}

type Frame = {
  /** Meridian in the middle. */
  meridian: number
  /** What the frame must hold: its western, southern, eastern and northern ends. */
  ends: Position[]
  /** Width in units of the drawing. */
  width: number
  /** Triangles below this are left out of outlines, in square units. */
  detail: number
  /** Distance that dots keep from one another. */
  spacing: number
}

const FRAMES: Record<'world' | Region, Frame> = {
  world: {
    meridian: 11,
    ends: [
      [-168.9, 0],
      [11, -59],
      [190.9, 0],
      [11, 83.7],
    ],
    width: 1000,
    detail: 4,
    spacing: 7,
  },
  africa: {
    meridian: 17,
    ends: [
      [-26, 16],
      [20, -35.5],
      [59, -20],
      [10, 38],
    ],
    width: 800,
    detail: 5,
    spacing: 15,
  },
  'asia-and-the-pacific': {
    meridian: 145,
    ends: [
      [60, 29],
      [168, -48],
      [233, -25],
      [123, 54],
    ],
    width: 1000,
    detail: 5,
    spacing: 14,
  },
  europe: {
    meridian: 30,
    ends: [
      [-25, 64],
      [-11, 38],
      [33, 34],
      [81.5, 42],
      [20, 80.2],
    ],
    width: 1000,
    detail: 5,
    spacing: 15,
  },
  'latin-america': {
    meridian: -72,
    ends: [
      [-118, 32],
      [-68, -56.5],
      [-34, -8],
      [-100, 33.5],
    ],
    width: 700,
    detail: 4,
    spacing: 14,
  },
  'north-america-and-the-caribbean': {
    meridian: -95,
    ends: [
      [-162, 22],
      [-169, 66],
      [-61, 9.7],
      [-52, 47],
      [-95, 74],
    ],
    width: 1000,
    detail: 5,
    spacing: 14,
  },
}

/** A country with less than this many square units is a dot. */
const SMALLEST_SHAPE = 16
/** Islands with less are left out. */
const SMALLEST_ISLAND = 3.5
/** Room around its middle that a country needs for a number. */
const ROOM_FOR_NUMBER = 10

const topology = presimplify(
  JSON.parse(
    readFileSync(new URL(import.meta.resolve('world-atlas/countries-50m.json')), 'utf8'),
  ) as World,
  sphericalTriangleArea,
)

/** Polygons by country, each of rings of arcs; under its name what has no code. */
function areasOf(world: World): Map<string, number[][][]> {
  const alpha2 = new Map(iso31661.map((one) => [one.numeric, one.alpha2]))
  const areas = new Map<string, number[][][]>()
  const add = (key: string, polygons: number[][][]) => {
    areas.set(key, [...(areas.get(key) ?? []), ...polygons])
  }
  for (const geometry of world.objects.countries.geometries) {
    const { name = '' } = (geometry.properties ?? {}) as { name?: string }
    const area = geometry as Area
    const code = COUNTED_TO[name] ?? alpha2.get(String(geometry.id)) ?? name
    add(code, area.type === 'Polygon' ? [area.arcs] : area.arcs)
  }
  for (const { code, of, around, degrees } of PARTS) {
    const all = areas.get(of) ?? []
    const isPart = (polygon: number[][][][number]) => {
      const [lon = 0, lat = 0] = geoCentroid(merge(world, [toArea([polygon])]))
      return Math.hypot(lon - (around[0] ?? 0), lat - (around[1] ?? 0)) <= degrees
    }
    const part = all.filter(isPart)
    if (part.length === 0) throw new Error(`Nothing of ${of} lies around ${around.join(', ')}`)
    areas.set(
      of,
      all.filter((polygon) => !part.includes(polygon)),
    )
    if (code !== null) add(code, part)
  }
  return areas
}

const whole = simplify(topology, 0)
// Which arcs belong to whom is the same at every scale.
const areas = areasOf(whole)
const fine = outlinesOf(whole)

function toArea(polygons: number[][][]): Arcs {
  return { type: 'MultiPolygon', arcs: polygons }
}

/** Outlines by country, without the borders inside them. */
function outlinesOf(world: World): Map<string, MultiPolygon> {
  const outline = (...keys: string[]): MultiPolygon =>
    merge(
      world,
      keys.map((key) => mergeArcs(world, [toArea(areas.get(key) ?? [])])),
    )
  const outlines = new Map<string, MultiPolygon>(
    [...areas.keys()].map((key) => [key, outline(key)]),
  )
  for (const { beyond, before, axis, at } of CUTS) {
    const both = outline(beyond, before)
    outlines.set(beyond, cut(both, axis, at, 1))
    outlines.set(before, cut(both, axis, at, -1))
  }
  return outlines
}

/** What lies on one side of a line of latitude (axis 1) or longitude (axis 0). */
function cut(area: MultiPolygon, axis: 0 | 1, at: number, side: 1 | -1): MultiPolygon {
  const beyond = (point: Position) => ((point[axis] ?? 0) - at) * side
  const cutRing = (ring: Position[]) => {
    const kept: Position[] = []
    for (const [index, point] of ring.entries()) {
      const before = ring[index - 1]
      if (before && beyond(before) * beyond(point) < 0) {
        const share = beyond(before) / (beyond(before) - beyond(point))
        kept.push(
          [0, 1].map(
            (one) => (before[one] ?? 0) + share * ((point[one] ?? 0) - (before[one] ?? 0)),
          ),
        )
      }
      if (beyond(point) >= 0) kept.push(point)
    }
    return kept.length < 3 ? [] : [...kept, kept[0] as Position]
  }
  const coordinates = area.coordinates
    .map((polygon) => polygon.map(cutRing).filter((ring) => ring.length > 0))
    .filter((polygon) => polygon.length > 0)
  return { type: 'MultiPolygon', coordinates }
}

type Point = [x: number, y: number]

/** Polygons of an area as the frame shows them, each with its holes. */
function projected(area: MultiPolygon, projection: GeoProjection): Point[][][] {
  return area.coordinates.flatMap((polygon) => {
    const rings: Point[][] = []
    let ring: Point[] = []
    geoStream(
      { type: 'Polygon', coordinates: polygon },
      projection.stream({
        point: (x, y) => ring.push([Math.round(x), Math.round(y)]),
        lineStart: () => (ring = []),
        lineEnd: () => rings.push(ring),
        polygonStart: () => undefined,
        polygonEnd: () => undefined,
        sphere: () => undefined,
      }),
    )
    const drawn = rings.map(tidy).filter((one) => one.length >= 3)
    // A polygon that the edge of the frame or of the map cuts in two comes as two outer rings.
    const outer = drawn.filter(
      (one) => drawn.length === 1 || signedArea(one) * signedArea(drawn[0] ?? []) > 0,
    )
    const holes = drawn.filter((one) => !outer.includes(one))
    return outer.map((one, index) => (index === 0 ? [one, ...holes] : [one]))
  })
}

/** Without points that rounding put on one another or in one line. */
function tidy(ring: Point[]): Point[] {
  const kept = [...ring]
  for (let index = 0; kept.length > 2 && index < kept.length;) {
    const [x, y] = kept[index] ?? [0, 0]
    const [beforeX, beforeY] = kept.at(index - 1) ?? [x, y]
    const [afterX, afterY] = kept[(index + 1) % kept.length] ?? [x, y]
    const turn = (x - beforeX) * (afterY - beforeY) - (y - beforeY) * (afterX - beforeX)
    if (turn === 0) {
      kept.splice(index, 1)
      // What is now in its place, and the one before, have another neighbour.
      index = Math.max(0, index - 1)
    } else index++
  }
  return kept
}

function signedArea(ring: Point[]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y]
    return sum + (x * nextY - nextX * y) / 2
  }, 0)
}

const areaOf = (ring: Point[] | undefined) => Math.abs(signedArea(ring ?? []))

/** A path in relative whole numbers: the shortest that a compressor can make something of. */
function toPath(polygons: Point[][][]): string {
  let [penX, penY] = [0, 0]
  const numbers = (values: number[]) => values.join(' ').replaceAll(' -', '-')
  return polygons
    .flat()
    .map((ring, index) => {
      const [[startX, startY] = [0, 0]] = ring
      const steps = ring.slice(1).flatMap(([x, y], at) => {
        const [beforeX, beforeY] = ring[at] ?? [0, 0]
        return [x - beforeX, y - beforeY]
      })
      const start = index === 0 ? [startX, startY] : [startX - penX, startY - penY]
      ;[penX, penY] = [startX, startY]
      return `${index === 0 ? 'M' : 'm'}${numbers(start)}l${numbers(steps)}z`
    })
    .join('')
}

/** Moves dots apart until they keep their distance, each as little as possible. */
function spread(dots: Map<Country, Point>, spacing: number): Map<Country, Point> {
  const places = [...dots].map(([code, [x, y]]) => ({ code, x, y }))
  for (let round = 0; round < 300; round++) {
    for (const [index, one] of places.entries()) {
      for (const other of places.slice(index + 1)) {
        const [dx, dy] = [other.x - one.x || 0.01, other.y - one.y || 0.01]
        const distance = Math.hypot(dx, dy)
        if (distance >= spacing) continue
        const push = (spacing - distance) / 2 / distance
        one.x -= dx * push
        one.y -= dy * push
        other.x += dx * push
        other.y += dy * push
      }
    }
  }
  return new Map(places.map(({ code, x, y }) => [code, [Math.round(x), Math.round(y)]]))
}

function draw(frame: Frame, home: (country: Country) => boolean) {
  const { meridian, ends, width } = frame
  const projection = geoEqualEarth().rotate([-meridian, 0])
  const points = { type: 'MultiPoint' as const, coordinates: ends }
  projection.fitWidth(width, points)
  const height = Math.round(geoPath(projection).bounds(points)[1][1])
  const margin = 4
  projection.clipExtent([
    [-margin, -margin],
    [width + margin, height + margin],
  ])
  const unitsPerSphere = projection.scale() ** 2
  projection.precision(0)

  const shapes: Partial<Record<Country, string>> = {}
  const numbers: Partial<Record<Country, Point>> = {}
  const dots = new Map<Country, Point>()
  const ground: Point[][][] = []
  const outlines = outlinesOf(simplify(topology, frame.detail / unitsPerSphere))
  for (const [key, outline] of [...outlines].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (key === 'AQ') continue
    const polygons = projected(outline, projection)
      .filter(([outer]) => areaOf(outer) >= SMALLEST_ISLAND)
      .sort((one, other) => areaOf(other[0]) - areaOf(one[0]))
    const area = polygons.reduce((sum, [outer]) => sum + areaOf(outer), 0)
    if (!isCountry(key) || area < SMALLEST_SHAPE) {
      ground.push(...polygons)
      continue
    }
    shapes[key] = toPath(polygons)
    const middle = polylabel(polygons[0] ?? [], 1)
    if (middle.distance >= ROOM_FOR_NUMBER) {
      numbers[key] = [Math.round(middle[0] ?? 0), Math.round(middle[1] ?? 0)]
    }
  }
  for (const code of COUNTRIES) {
    if (shapes[code] !== undefined) continue
    const outline = fine.get(code)
    const place = POINTS[code] ?? ISLANDS[code] ?? (outline && placeOf(outline))
    if (!place) throw new Error(`${code} is nowhere`)
    const [x, y] = projection(place as [number, number]) ?? [-1, -1]
    const isInside = x > 0 && y > 0 && x < width && y < height
    if (isInside) dots.set(code, [x, y])
    else if (home(code)) throw new Error(`${code} lies outside its frame`)
  }
  return {
    width,
    height,
    ground: toPath(ground),
    shapes,
    dots: Object.fromEntries(spread(dots, frame.spacing)),
    numbers,
  }
}

/** Middle of the largest polygon. */
function placeOf(outline: MultiPolygon): Position {
  const largest = outline.coordinates
    .map((polygon) => ({ type: 'Polygon' as const, coordinates: polygon }))
    .sort((one, other) => geoArea(other) - geoArea(one))[0]
  if (!largest) throw new Error('An outline of nothing')
  return geoCentroid(largest)
}

const drawn = Object.fromEntries(
  Object.entries(FRAMES).map(([name, frame]) => [
    name,
    draw(frame, (country) => name === 'world' || suggestRegion(country) === name),
  ]),
)
writeFileSync(
  process.argv[2] ?? path.resolve(import.meta.dirname, '..', 'lib/geo/world-map.json'),
  `${JSON.stringify(drawn, null, 2)}\n`,
)
