/** Lines of a plain table: the first column to the left, the others to the right, all aligned. */
export function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (row: string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return rows.map(line).join('\n')
}

/** A number for people: thousands apart, one decimal below ten. */
export function figure(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 })
}

type Criterion = {
  name: string
  limit: number
  value: number
  /** More is better; less where it is not said. */
  atLeast?: boolean
}

/** A line of a table: a criterion, its limit, what was measured, and whether it holds. */
export function verdict({ name, limit, value, atLeast = false }: Criterion): string[] {
  const holds = atLeast ? value >= limit : value <= limit
  return [
    name,
    `${atLeast ? '≥' : '≤'} ${figure(limit)}`,
    figure(value),
    holds ? 'held' : 'NOT HELD',
  ]
}
