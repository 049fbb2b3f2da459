import { expect, test } from 'vitest'
import { COUNTRIES, type Country } from '@/lib/geo/countries'
import { vertices, MAP_PROJECTIONS, isTooSmallToSee } from '@/lib/geo/projection'
import { suggestRegion } from '@/lib/geo/suggest-region'

const drawings = Object.entries(MAP_PROJECTIONS)

/** Middle of what the corners of a country enclose, and how far they reach. */
function extent(shape: string | undefined) {
  const all = vertices(shape ?? '')
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)]
  return {
    west: Math.min(...xs),
    east: Math.max(...xs),
    north: Math.min(...ys),
    south: Math.max(...ys),
  }
}

test('every country is on the map of the world, once: as a shape or as a dot', () => {
  const { shapes, dots } = MAP_PROJECTIONS.world
  expect([...Object.keys(shapes), ...Object.keys(dots)].sort()).toEqual([...COUNTRIES].sort())
})

test('a country that a phone would lose on the map of the world is small, and no other', () => {
  const { shapes } = MAP_PROJECTIONS.world
  const small = (country: Country) => isTooSmallToSee(shapes[country] ?? '')
  expect(
    (['BI', 'RW', 'BE', 'GQ', 'SI'] as const).filter((one) => shapes[one] && !small(one)),
  ).toEqual([])
  // Long one way is seen; so is what is spread over several islands.
  expect((['CL', 'TZ', 'FR', 'ID', 'CU'] as const).filter(small)).toEqual([])
})

test('every country is in the part of the map of the region that it suggests', () => {
  const missing = COUNTRIES.filter((country) => {
    const region = suggestRegion(country)
    return (
      region && !MAP_PROJECTIONS[region].shapes[country] && !MAP_PROJECTIONS[region].dots[country]
    )
  })
  expect(missing).toEqual([])
})

test.each(drawings)('%s: everything is drawn inside its frame', (_, drawing) => {
  const { width, height, ground, shapes, dots, numbers } = drawing
  // Land goes on a little beyond the edge, so that no outline is drawn along it.
  const edge = 4
  for (const [x, y] of [ground, ...Object.values(shapes)].flatMap(vertices)) {
    expect(x).toBeGreaterThanOrEqual(-edge)
    expect(y).toBeGreaterThanOrEqual(-edge)
    expect(x).toBeLessThanOrEqual(width + edge)
    expect(y).toBeLessThanOrEqual(height + edge)
  }
  for (const [x = -1, y = -1] of [...Object.values(dots), ...Object.values(numbers)]) {
    expect(x).toBeGreaterThanOrEqual(0)
    expect(y).toBeGreaterThanOrEqual(0)
    expect(x).toBeLessThanOrEqual(width)
    expect(y).toBeLessThanOrEqual(height)
  }
})

test.each(drawings)('%s: paths are whole numbers and closed', (_, { ground, shapes }) => {
  for (const shape of [...(ground === '' ? [] : [ground]), ...Object.values(shapes)]) {
    expect(shape).toMatch(/^M-?\d+[ -]\d+l[\d -]+z(m-?\d+[ -]\d+l[\d -]+z)*$/)
  }
})

test.each(drawings)('%s: no two dots stand on one another', (_, { dots }) => {
  const places = Object.values(dots)
  for (const [index, [x = 0, y = 0]] of places.entries()) {
    for (const [otherX = 0, otherY = 0] of places.slice(index + 1)) {
      expect(Math.hypot(x - otherX, y - otherY)).toBeGreaterThan(5)
    }
  }
})

test.each(drawings)('%s: a number stands in a shape', (_, { shapes, numbers }) => {
  expect(Object.keys(numbers).filter((country) => !shapes[country as Country])).toEqual([])
})

test('what is disputed is drawn as docs/decisions/012 says', () => {
  const { africa, europe, 'asia-and-the-pacific': asia } = MAP_PROJECTIONS
  // Western Sahara and Morocco meet in a line of latitude, along all of it.
  const sahara = extent(africa.shapes.EH)
  expect(Math.abs(sahara.north - extent(africa.shapes.MA).south)).toBeLessThanOrEqual(1)
  // Crimea is the south of Ukraine: further south than the coast at Odesa, and no part of Russia.
  const ukraine = extent(europe.shapes.UA)
  const crimea = vertices(europe.shapes.UA ?? '').filter(([, y]) => y > ukraine.south - 15)
  expect(crimea.length).toBeGreaterThan(2)
  const isCrimean = ([x, y]: [number, number]) =>
    crimea.some(([otherX, otherY]) => x === otherX && y === otherY)
  expect(vertices(europe.shapes.RU ?? '').filter(isCrimean)).toEqual([])
  // Cyprus is one island, Somalia reaches the Gulf of Aden, Kosovo and Taiwan are themselves.
  expect(europe.shapes.CY?.match(/m/gi)).toHaveLength(1)
  expect(extent(africa.shapes.SO).north).toBeLessThan(extent(africa.shapes.ET).south - 60)
  expect(extent(africa.shapes.SO).west).toBeLessThan(extent(africa.shapes.ET).east)
  expect(europe.shapes.XK ?? europe.dots.XK).toBeDefined()
  expect(asia.shapes.TW).toBeDefined()
  expect(MAP_PROJECTIONS.world.shapes.PS ?? MAP_PROJECTIONS.world.dots.PS).toBeDefined()
})
