/**
 * A value that exists once per process. `server.ts` and the bundle of Next.js each evaluate their own
 * copy of a module, so a variable at its top would exist twice.
 *
 * @param name unique in this program
 * @param create makes the value at the first call
 */
export function processGlobal<Value>(name: string, create: () => Value): Value {
  const values = globalThis as unknown as Record<symbol, Value | undefined>
  return (values[Symbol.for(`member-directory.${name}`)] ??= create())
}
