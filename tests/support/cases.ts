/**
 * How many cases a property test tries: a few for each change, ten times as many at night.
 *
 * The nightly run sets `PROPERTY_CASES`, and repeats every file that is named `*.property.test.ts`.
 */
export function cases(number: number): number {
  return number * Number(process.env['PROPERTY_CASES'] ?? 1)
}
