/** Region codes of the network, in its own order. Source: the network's list of regions. */
export const REGIONS = [
  'africa',
  'asia-and-the-pacific',
  'europe',
  'latin-america',
  'north-america-and-the-caribbean',
] as const

export type Region = (typeof REGIONS)[number]

/** Tells whether a value is one of the network's region codes. */
export function isRegion(value: unknown): value is Region {
  return REGIONS.includes(value as Region)
}
