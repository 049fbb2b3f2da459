import { cpSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const TEXT = /\.(?:js|json|html|rsc|txt)$/

/**
 * Makes another deployment of the built site: the same pages under another build id, whose Server Actions
 * bear other ids everywhere, as after a build with another key.
 *
 * @param build folder of the build
 * @param folder where the other one is put, below the repository's root
 * @returns what removes it
 */
export function makeOtherDeployment(build: string, folder: string): () => void {
  const remove = () => rmSync(folder, { recursive: true, force: true })
  remove()
  // A build is reached by a link.
  cpSync(realpathSync(build), folder, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !/\/(?:cache|trace[^/]*|types|diagnostics)$|\.map$/.test(file),
  })
  const { node } = JSON.parse(
    readFileSync(path.join(build, 'server/server-reference-manifest.json'), 'utf8'),
  ) as { node: Record<string, unknown> }
  const buildId = readFileSync(path.join(build, 'BUILD_ID'), 'utf8').trim()
  const renamed = new Map([
    ...Object.keys(node).map((id): [string, string] => [id, otherId(id)]),
    [buildId, [...buildId].reverse().join('')],
  ])
  const known = new RegExp([...renamed.keys()].join('|'), 'g')
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !(TEXT.test(entry.name) || entry.name === 'BUILD_ID')) continue
    const file = path.join(entry.parentPath, entry.name)
    const text = readFileSync(file, 'utf8')
    const other = text.replaceAll(known, (id) => renamed.get(id) ?? id)
    if (other !== text) writeFileSync(file, other)
  }
  return remove
}

/** The first two digits say what kind of action it is. */
function otherId(id: string): string {
  return id.slice(0, 2) + [...id.slice(2)].reverse().join('')
}
