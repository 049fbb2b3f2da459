import { COUNTRIES, type Country } from '@/lib/geo/countries'
import { REGIONS } from '@/lib/geo/regions'
import { PRIORITY_AREAS, type PriorityArea } from '@/lib/organisations/schema'

/** A listed organisation, as one search document stands for it. */
export type IndexedOrganisation = {
  document: number
  id: string
  nameFolded: string
  /** ISO 8601. */
  listedAt: string | null
  region: string | null
  /** ISO 3166-1 alpha-2. */
  country: string | null
  areas: string[]
  /** BCP 47; `und` where it is not certain. */
  languages: string[]
}

/** A place in the order by name. The tie tells namesakes apart and is no id. */
export type NameSortKey = { name: string; tie: number }

const REGION_CODES = codeTable<string>(REGIONS)
const COUNTRY_CODES = codeTable<string>(COUNTRIES)

/**
 * All listed organisations in columns: one slot for each, at the same place in every column. Codes
 * count from 1; 0 stands for none. A slot whose document is 0 is empty and stands in no order.
 */
export class FacetIndex {
  documentIds = new Uint32Array(0)
  regions = new Uint8Array(0)
  countries = new Uint16Array(0)
  /** One bit for each area, in the network's order. */
  areas = new Uint8Array(0)
  /** Which of `combinations` an organisation has texts in. */
  languages = new Uint32Array(0)
  /** Milliseconds since 1970; 0 where it is not known. */
  listedAt = new Float64Array(0)
  ties = new Uint32Array(0)
  readonly names: string[] = []
  readonly languageSets: string[][] = []
  /** Slots by folded name, then id: the order of the database. */
  byName = new Uint32Array(0)
  /** Slots by day of listing, the latest first, then as by name. */
  byNewest = new Uint32Array(0)
  /** Place of each slot in `byName`. */
  nameRanks = new Uint32Array(0)

  readonly #combinationOf = new Map<string, number>()
  readonly #slotOf = new Map<number, number>()
  readonly #empty: number[] = []

  /** How many organisations are listed. */
  get size(): number {
    return this.byName.length
  }

  /** The slot of a search document; undefined where it went or was never listed. */
  rowOf(document: number): number | undefined {
    return this.#slotOf.get(document)
  }

  /** Takes out the organisations of documents that went and takes in those of new ones. */
  applyChanges(departed: number[], arrived: IndexedOrganisation[]): void {
    const left = departed.filter((document) => this.#remove(document)).length
    if (left > 0) {
      this.byName = filterRows(this.byName, this.documentIds)
      this.byNewest = filterRows(this.byNewest, this.documentIds)
    }
    if (left === 0 && arrived.length === 0) return
    this.#grow(arrived.length)
    const added = Uint32Array.from(arrived, (one) => this.#add(one))
    this.byName = mergeSorted(this.byName, added, (a, b) => this.#compareNames(a, b))
    this.byNewest = mergeSorted(this.byNewest, added, (a, b) => this.#compareNewest(a, b))
    for (let rank = 0; rank < this.byName.length; rank++) {
      this.nameRanks[this.byName[rank] ?? 0] = rank
    }
  }

  /** Place of a slot in the order by name. */
  nameSortKey(slot: number): NameSortKey {
    return { name: this.names[slot] ?? '', tie: this.ties[slot] ?? 0 }
  }

  /** Below 0 where a slot comes before a place in the order by name, 0 at it, above 0 after it. */
  compareName(slot: number, { name, tie }: NameSortKey): number {
    return compareCodePoints(this.names[slot] ?? '', name) || (this.ties[slot] ?? 0) - tie
  }

  #remove(document: number): boolean {
    const slot = this.#slotOf.get(document)
    if (slot === undefined) return false
    this.#slotOf.delete(document)
    this.documentIds[slot] = 0
    this.names[slot] = ''
    this.#empty.push(slot)
    return true
  }

  #add(one: IndexedOrganisation): number {
    const slot = this.#empty.pop() ?? this.names.length
    this.#slotOf.set(one.document, slot)
    this.documentIds[slot] = one.document
    this.regions[slot] = REGION_CODES.get(one.region ?? '') ?? 0
    this.countries[slot] = COUNTRY_CODES.get(one.country ?? '') ?? 0
    this.areas[slot] = areaMask(one.areas)
    this.languages[slot] = this.#combination(one.languages)
    this.listedAt[slot] = one.listedAt === null ? 0 : Date.parse(one.listedAt)
    // Ids are random: their beginning tells namesakes apart in the order of the whole, and gives no
    // id away where it stands in an address.
    this.ties[slot] = Number.parseInt(one.id.slice(0, 8), 16)
    this.names[slot] = one.nameFolded
    return slot
  }

  #combination(languages: string[]): number {
    const codes = [...new Set(languages)].sort()
    const key = codes.join(' ')
    const known = this.#combinationOf.get(key)
    if (known !== undefined) return known
    this.#combinationOf.set(key, this.languageSets.length)
    return this.languageSets.push(codes) - 1
  }

  #grow(by: number): void {
    const needed = this.names.length - this.#empty.length + by
    const { length } = this.documentIds
    if (needed <= length) return
    const wanted = Math.max(needed, Math.ceil(length * 1.25))
    this.documentIds = copiedInto(this.documentIds, new Uint32Array(wanted))
    this.regions = copiedInto(this.regions, new Uint8Array(wanted))
    this.countries = copiedInto(this.countries, new Uint16Array(wanted))
    this.areas = copiedInto(this.areas, new Uint8Array(wanted))
    this.languages = copiedInto(this.languages, new Uint32Array(wanted))
    this.listedAt = copiedInto(this.listedAt, new Float64Array(wanted))
    this.ties = copiedInto(this.ties, new Uint32Array(wanted))
    this.nameRanks = copiedInto(this.nameRanks, new Uint32Array(wanted))
  }

  #compareNames(a: number, b: number): number {
    return this.compareName(a, this.nameSortKey(b)) || a - b
  }

  #compareNewest(a: number, b: number): number {
    return (this.listedAt[b] ?? 0) - (this.listedAt[a] ?? 0) || this.#compareNames(a, b)
  }
}

/** The code of a region in the columns; 0 for none. */
export function regionCode(region: string): number {
  return REGION_CODES.get(region) ?? 0
}

/** The code of a country in the columns; 0 for none. */
export function countryCode(country: string): number {
  return COUNTRY_CODES.get(country) ?? 0
}

/** The country that a code above 0 stands for. */
export function countryFromCode(code: number): Country | undefined {
  return COUNTRIES[code - 1]
}

/** Areas as bits; what is no area has none. */
export function areaMask(areas: readonly string[]): number {
  return areas.reduce((mask, area) => {
    const place = PRIORITY_AREAS.indexOf(area as PriorityArea)
    return place === -1 ? mask : mask | (1 << place)
  }, 0)
}

/** The first place in a sorted list from which on a test holds; its length where it holds nowhere. */
export function lowerBound(
  list: ArrayLike<number>,
  holds: (item: number) => boolean,
  from = 0,
): number {
  let [low, high] = [from, list.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(list[middle] ?? 0)) high = middle
    else low = middle + 1
  }
  return low
}

/** The slots of an order that have a mark, in the same order. A plain loop: it runs for every page. */
export function filterRows(order: Uint32Array, marks: ArrayLike<number>): Uint32Array<ArrayBuffer> {
  const left = new Uint32Array(order.length)
  let count = 0
  for (let place = 0; place < order.length; place++) {
    const slot = order[place] ?? 0
    if (marks[slot]) left[count++] = slot
  }
  return left.slice(0, count)
}

/** Orders texts by code points, as the database does; `<` orders them by UTF-16 units. */
function compareCodePoints(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let place = 0; place < shorter; place++) {
    const [unitA, unitB] = [a.charCodeAt(place), b.charCodeAt(place)]
    if (unitA !== unitB) return codePointOrder(unitA) - codePointOrder(unitB)
  }
  return a.length - b.length
}

function codePointOrder(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

function codeTable<Code extends string>(codes: readonly Code[]): ReadonlyMap<Code, number> {
  return new Map(codes.map((code, place) => [code, place + 1]))
}

function copiedInto<Column extends { set(from: Column): void }>(from: Column, to: Column): Column {
  to.set(from)
  return to
}

function mergeSorted(
  order: Uint32Array<ArrayBuffer>,
  added: Uint32Array,
  compare: (a: number, b: number) => number,
): Uint32Array<ArrayBuffer> {
  const both = new Uint32Array(order.length + added.length)
  let [taken, filled] = [0, 0]
  for (const slot of added.slice().sort(compare)) {
    const place = lowerBound(order, (other) => compare(other, slot) > 0, taken)
    both.set(order.subarray(taken, place), filled)
    filled += place - taken
    both[filled++] = slot
    taken = place
  }
  both.set(order.subarray(taken), filled)
  return both
}
