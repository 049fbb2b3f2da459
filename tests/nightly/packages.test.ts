import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Package = {
  version?: string
  resolved?: string
  integrity?: string
  license?: string
  hasInstallScript?: boolean
  link?: boolean
  os?: string[]
  cpu?: string[]
}
type Manifest = {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  allowScripts: Record<string, boolean>
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
const manifest = read('package.json') as Manifest
const tools = read('tools/package.json') as Pick<Manifest, 'dependencies'>
/** All but the programs themselves, by where they are installed. */
const installed = ['package-lock.json', 'tools/package-lock.json'].flatMap((lockfile) => {
  const { packages } = read(lockfile) as { packages: Record<string, Package> }
  return Object.entries(packages).filter(([place]) => place !== '')
})
const nameOf = (place: string) => place.slice(place.lastIndexOf('node_modules/') + 13)

/** Licences that ask for a notice at the most; of others, whoever adds one decides and writes it here. */
const LICENCES = [
  ...['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'BlueOak-1.0.0'],
  ...['Python-2.0', 'CC-BY-4.0', 'CC0-1.0', 'Unlicense', 'MIT-0', 'WTFPL', 'Zlib'],
]
/** Not changed, and no part of our own files. */
const UNCHANGED = ['MPL-2.0', 'LGPL-3.0-or-later', 'EPL-2.0']

/** What their manifest does not say plainly: what is written in their own files. */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  'seq-queue': 'MIT',
  '@visx/vendor': 'MIT AND ISC',
}

const isAllowed = (licence: string): boolean =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) =>
      choice.split(' AND ').every((one) => [...LICENCES, ...UNCHANGED].includes(one)),
    )

/** What runs on a server of today. What is for other systems alone is never installed on one. */
const isForServers = ({ os, cpu }: Package) =>
  (os === undefined || os.includes('linux')) &&
  (cpu === undefined || cpu.includes('x64') || cpu.includes('arm64'))

test('every package is of one exact version, with the hash of what is installed', () => {
  const direct = Object.entries({
    ...{ ...manifest.dependencies, ...manifest.devDependencies },
    ...tools.dependencies,
  })
  expect(direct.filter(([, version]) => !/^\d+\.\d+\.\d+[\w.-]*$/.test(version))).toEqual([])
  const unsure = installed.filter(
    ([, one]) => one.link || (isForServers(one) && !one.integrity?.startsWith('sha512-')),
  )
  expect(unsure.map(([place]) => place)).toEqual([])
})

test('every package comes from the registry, none from a repository or a file', () => {
  const elsewhere = installed.filter(
    ([, { resolved, version = '' }]) =>
      !/^\d+\.\d+\.\d+/.test(version) ||
      (resolved !== undefined && !/^https:\/\/[^/]+\/.*\.tgz$/.test(resolved)),
  )
  expect(elsewhere.map(([place]) => place)).toEqual([])
})

test('what runs while it is installed is on the list, and nothing else', () => {
  const withScript = installed
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([place]) => nameOf(place))
  // For macOS alone.
  const expected = withScript.filter((name) => name !== 'fsevents')
  expect(expected.filter((name) => !(name in manifest.allowScripts))).toEqual([])
  const allowed = Object.entries(manifest.allowScripts).filter(([, isOn]) => isOn)
  expect(allowed.map(([name]) => name)).toEqual(['better-sqlite3'])
})

test('every licence is one that has been looked at', () => {
  const others = installed.flatMap(([place, { license = 'none' }]) => {
    const name = nameOf(place)
    return isAllowed(READ_BY_HAND[name] ?? license) ? [] : [`${name}: ${license}`]
  })
  expect(others).toEqual([])
})
