import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { compress, isCompressible, type Encoding } from './compress'

export type StaticFile = {
  /** `hashed`: the name changes with the content. */
  kind: 'hashed' | 'file'
  contentType: string
  /** The bytes, compressed once per encoding and cached, and the hash of the plain ones. */
  read: (encoding: Encoding) => Promise<{ body: Buffer; hash: string }>
}

export type StaticFiles = {
  /** By the decoded path of the URL. */
  find: (path: string) => StaticFile | undefined
  /** URLs of the site's style sheets, in a fixed order. */
  stylesheets: readonly string[]
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** The hash that an entity tag is made of. */
export function hashOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('base64url').slice(0, 16)
}

function staticFile(file: string, kind: StaticFile['kind'], contentType: string): StaticFile {
  let plain: Promise<{ body: Buffer; hash: string }> | undefined
  const encoded = new Map<Encoding, Promise<{ body: Buffer; hash: string }>>()
  const readPlain = () => (plain ??= readFile(file).then((body) => ({ body, hash: hashOf(body) })))
  return {
    kind,
    contentType,
    async read(encoding) {
      if (encoding === 'identity' || !isCompressible(contentType)) return readPlain()
      let kept = encoded.get(encoding)
      if (!kept) {
        kept = readPlain().then(async ({ body, hash }) => ({
          body: await compress(body, encoding, 'once'),
          hash,
        }))
        encoded.set(encoding, kept)
      }
      return kept
    },
  }
}

function filesUnder(directory: string): string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .filter((name) => !name.split(path.sep).some((part) => part.startsWith('.')))
    .sort()
}

/**
 * Lists the static files once, at the start. Source maps, hidden files and unknown types are left out.
 *
 * @param publicDirectory served at `/`
 * @param hashedDirectory Next's hashed files, `<distDir>/static`
 */
export function findStaticFiles(publicDirectory: string, hashedDirectory: string): StaticFiles {
  const files = new Map<string, StaticFile>()
  const stylesheets: string[] = []
  const add = (directory: string, prefix: string, kind: StaticFile['kind']) => {
    for (const name of filesUnder(directory)) {
      const contentType = contentTypes[path.extname(name).toLowerCase()]
      if (contentType === undefined) continue
      const address = prefix + name.split(path.sep).join('/')
      files.set(address, staticFile(path.join(directory, name), kind, contentType))
      if (kind === 'hashed' && address.endsWith('.css')) stylesheets.push(encodeURI(address))
    }
  }
  add(publicDirectory, '/', 'file')
  add(hashedDirectory, '/_next/static/', 'hashed')
  return { find: (address) => files.get(address), stylesheets }
}
