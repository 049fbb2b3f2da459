import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Entry = { version?: string; optionalDependencies?: Record<string, string> }
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, Entry>
}

/** Where Node would look for a package that another one asks for, nearest first. */
function places(from: string, name: string): string[] {
  const nested = from.split('/node_modules/').map((_, index, parts) =>
    parts
      .slice(0, index + 1)
      .join('/node_modules/')
      .concat('/node_modules/', name),
  )
  return [...nested.reverse(), `node_modules/${name}`]
}

test('the lockfile names what each platform needs: npm ci refuses one that names only some', () => {
  const missing = Object.entries(lock.packages).flatMap(([from, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {}).filter(
      (name) => !places(from, name).some((place) => lock.packages[place]),
    ),
  )
  expect(missing).toEqual([])
})
