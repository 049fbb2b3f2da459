/** A source of chance that always gives the same for the same numbers. */
export type Random = {
  /** From 0, below 1. */
  next(): number
  /** True with the given probability. */
  chance(probability: number): boolean
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T
  /** So many different ones of a list, in the order of the list; all where it has fewer. */
  sample<T>(list: readonly T[], count: number): T[]
  /** The same ones in another order. */
  shuffled<T>(list: readonly T[]): T[]
}

/**
 * Starts a source of chance (mulberry32, by Tommy Ettinger, public domain).
 *
 * @param numbers whole numbers; other numbers give another sequence
 */
export function seededRandom(...numbers: number[]): Random {
  let state = numbers.reduce((mixed, number) => Math.imul(mixed ^ number, 0x9e3779b1) ^ mixed, 1)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  const shuffled = <T>(list: readonly T[]) =>
    list.map((one, place) => ({ one, place, key: next() })).sort((a, b) => a.key - b.key)
  return {
    next,
    integer: whole,
    chance: (probability) => next() < probability,
    pick: <T>(list: readonly T[]) => list[whole(0, list.length - 1)] as T,
    sample: (list, count) =>
      shuffled(list)
        .slice(0, count)
        .sort((a, b) => a.place - b.place)
        .map(({ one }) => one),
    shuffled: (list) => shuffled(list).map(({ one }) => one),
  }
}
