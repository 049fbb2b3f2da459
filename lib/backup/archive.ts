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
/** The small files of an archive are held in memory. */
const SMALL = 64 * 1024

const manifestSchema = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** Of the database, in hexadecimal. */
  sha256: z.string(),
})

type Manifest = z.infer<typeof manifestSchema>

export type ArchiveContent = {
  manifest: Manifest
  /** As they stood in the file; null where there are none. */
  secrets: string | null
}

/** Whether a file begins as what `age` encrypts. */
export function beginsLikeArchive(file: string): boolean {
  return firstBytes(file, START.length).toString('latin1') === START
}

/**
 * Writes an encrypted archive: a tar of what it is, the secrets and the database, in the open format
 * of age, so that `age --decrypt backup.tar.age | tar -x` opens it without this program. It is on the
 * disk when this returns, and only its owner can read it.
 *
 * @param draft absolute path; nothing may be there
 * @param onBytes told how much of the database is encrypted
 * @throws where the draft cannot be written
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
  // Whichever fails ends the other: who waits for bytes that nobody takes would wait for ever.
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
 * Reads an encrypted archive.
 *
 * @param draft where the database is put; nothing may be there
 * @returns what else it holds, or why it cannot be read; then the draft may hold a part
 * @throws where the draft cannot be written
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
  const reading = new Reading(draft)
  const archive = extract()
  const unpacked = (async () => {
    for await (const entry of archive) await reading.take(entry.header.name, entry)
  })()
  const source = Readable.fromWeb(plain as NodeWebStream<Uint8Array>)
  const read = await Promise.allSettled([pipeline(source, archive), unpacked])
  // What the disk refused is not the fault of the archive.
  if (reading.fault !== null) throw reading.fault
  if (read.some(({ status }) => status === 'rejected')) return { ok: false, reason: 'damaged' }
  return reading.content()
}

/** What an archive is read into. */
class Reading {
  readonly #draft: string
  readonly #texts = new Map<string, string>()
  #hasDatabase = false
  fault: Error | null = null

  constructor(draft: string) {
    this.#draft = draft
  }

  async take(name: string, entry: AsyncIterable<Uint8Array> & { resume(): void }): Promise<void> {
    if (name === DATABASE) {
      const file = createWriteStream(this.#draft, { flags: 'wx', mode: 0o600 })
      file.once('error', (error) => (this.fault = error))
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
    const manifest = manifestSchema.safeParse(parsed(this.#texts.get(MANIFEST)))
    if (!manifest.success || !this.#hasDatabase) return { ok: false, reason: 'damaged' }
    return {
      ok: true,
      manifest: manifest.data,
      secrets: this.#texts.get(SECRETS) ?? null,
    }
  }
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}
