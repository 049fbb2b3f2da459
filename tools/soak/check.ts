import { spawnSync } from 'node:child_process'

/** How long and how often, for checks that could go on for ever. */
export type Bounds = { rounds: number; seconds: number; minutes: number }

export type Check = {
  /** As `docs/checks.md` calls it. */
  id: string
  what: string
  /** Why it cannot be made here; null where it can. */
  missing?: () => string | null
  /** Makes it; gives figures. What does not hold is thrown. */
  make: (bounds: Bounds) => Promise<string>
}

/** Throws what does not hold. */
export function hold(holds: boolean, words: string): void {
  if (!holds) throw new Error(words)
}

/** Why a check cannot be made that needs programs of the system, or to be root; null where it can. */
export function needs(...names: string[]): string | null {
  const isRoot = process.getuid?.() === 0
  const missing = names.filter((name) =>
    name === 'root' ? !isRoot : spawnSync('which', [name]).status !== 0,
  )
  return missing.length === 0 ? null : `needs ${missing.join(', ')}`
}

/** The value below which a share of them lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Whole milliseconds since a moment of the process's clock. */
export const since = (moment: number): number => Math.round(performance.now() - moment)
