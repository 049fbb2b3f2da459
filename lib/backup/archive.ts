import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeWebStream } from 'node:stream/web'
import { Decrypter, Encrypter } from 'age-encryption'
import { extract, pack } from 'tar-stream'
import { z } from 'zod'
import { fsyncFile } from '@/lib/database/durable-file'
import { firstBytes } from '@/lib/database/integrity-check'
import type { Secrets } from '@/lib/env'

const START = 'age-encryption.org/v1\n'
const DATABASE = 'directory.db'
const SECRETS = 'secrets.json'
const MANIFEST = 'manifest.json'
/** Bytes; the manifest and the secrets are held in memory, so they may not be larger. */
const SMALL = 64 * 1024

const manifestSchema = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** SHA-256 of the database, hexadecimal. */
  sha256: z.string(),
})

type Manifest = z.infer<typeof manifestSchema>

export type ArchiveContent = {
  manifest: Manifest
  /** Content of the secrets file; null if the archive has none. */
  secrets: string | null
}

/** Whether a file begins like one that `age` has encrypted. */
export function beginsLikeArchive(file: string): boolean {
  return firstBytes(file, START.length).toString('latin1') === START
}

/**
 * Writes an encrypted archive: a tar of manifest, secrets and database in the open format of age
 * (https://age-encryption.org/v1), so that `age --decrypt backup.tar.age | tar -x` opens it without
 * this program. It is synced to the disk when this returns, and only its owner can read it.
 *
 * @param draft absolute path of a file that does not exist
 * @param given `database` is an absolute path
 * @param onBytes called with the bytes of the database encrypted so far
 * @throws if the draft cannot be written
 */
export async function writeArchive(
  draft: string,
  given: { database: string; secrets: Secrets; manifest: Manifest; passphrase: string },
  onBytes: (bytes: number) => void = () => undefined,
): Promise<void> {
  const encrypter = new Encrypter()
  encrypter.setPassphrase(given.passphrase)
  const archive = pack()
  const mtime = new Date(given.manifest.madeAt)
  const plain = Readable.toWeb(Readable.from(archive)) as ReadableStream<Uint8Array>
  const encrypted = await encrypter.encrypt(plain)
  const written = pipeline(
    Readable.fromWeb(encrypted as NodeWebStream<Uint8Array>),
    createWriteStream(draft, { flags: 'wx', mode: 0o600 }),
  )
  const fill = async () => {
    const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
    archive.entry({ name: MANIFEST, mode: 0o600, mtime }, text(given.manifest))
    archive.entry({ name: SECRETS, mode: 0o600, mtime }, text(given.secrets))
    const { size } = statSync(given.database)
    let done = 0
    const source = createReadStream(given.database, { highWaterMark: 1024 * 1024 })
    source.on('data', (bytes) => onBytes((done += bytes.length)))
    await pipeline(source, archive.entry({ name: DATABASE, mode: 0o600, mtime, size }))
    archive.finalize()
  }
  // If one side fails, end the other: it would wait for ever.
  const filled = fill().catch((error: unknown) => {
    archive.destroy(error instanceof Error ? error : new Error('not filled'))
    throw error
  })
  written.catch((error: unknown) => archive.destroy(error instanceof Error ? error : undefined))
  const [ofWriting, ofFilling] = await Promise.allSettled([written, filled])
  if (ofWriting.status === 'rejected') throw ofWriting.reason
  if (ofFilling.status === 'rejected') throw ofFilling.reason
  fsyncFile(draft)
}

/**
 * Decrypts an archive and unpacks its database.
 *
 * @param file absolute path of the archive
 * @param draft absolute path for the database; no file may exist there
 * @returns the rest of the content, or why it cannot be read; the draft may hold a part then
 * @throws if the draft cannot be written
 */
export async function readArchive(
  file: string,
  passphrase: string,
  draft: string,
): Promise<({ ok: true } & ArchiveContent) | { ok: false; reason: 'wrongPassphrase' | 'damaged' }> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  let plain: ReadableStream<Uint8Array>
  try {
    const encrypted = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>
    plain = await decrypter.decrypt(encrypted)
  } catch (error) {
    const isWrong = error instanceof Error && error.message.startsWith('no identity matched')
    return { ok: false, reason: isWrong ? 'wrongPassphrase' : 'damaged' }
  }
  const unpacking = new Unpacking(draft)
  const archive = extract()
  const unpacked = (async () => {
    for await (const entry of archive) await unpacking.take(entry.header.name, entry)
  })()
  const source = Readable.fromWeb(plain as NodeWebStream<Uint8Array>)
  const read = await Promise.allSettled([pipeline(source, archive), unpacked])
  // A disk error does not mean that the archive is damaged.
  if (unpacking.diskError !== null) throw unpacking.diskError
  if (read.some(({ status }) => status === 'rejected')) return { ok: false, reason: 'damaged' }
  return unpacking.content()
}

/** Collects the entries of an archive; writes the database to the draft. */
class Unpacking {
  readonly #draft: string
  readonly #texts = new Map<string, string>()
  #hasDatabase = false
  /** Set if the draft could not be written. */
  diskError: Error | null = null

  constructor(draft: string) {
    this.#draft = draft
  }

  async take(name: string, entry: AsyncIterable<Uint8Array> & { resume(): void }): Promise<void> {
    if (name === DATABASE) {
      const file = createWriteStream(this.#draft, { flags: 'wx', mode: 0o600 })
      file.once('error', (error) => (this.diskError = error))
      await pipeline(entry, file)
      this.#hasDatabase = true
    } else if (name === MANIFEST || name === SECRETS) {
      const bytes: Uint8Array[] = []
      let length = 0
      for await (const part of entry) {
        length += part.length
        if (length > SMALL) throw new Error('too long')
        bytes.push(part)
      }
      this.#texts.set(name, Buffer.concat(bytes).toString('utf8'))
    } else entry.resume()
  }

  content(): ({ ok: true } & ArchiveContent) | { ok: false; reason: 'damaged' } {
    const manifest = manifestSchema.safeParse(parseJson(this.#texts.get(MANIFEST)))
    if (!manifest.success || !this.#hasDatabase) return { ok: false, reason: 'damaged' }
    return {
      ok: true,
      manifest: manifest.data,
      secrets: this.#texts.get(SECRETS) ?? null,
    }
  }
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}
