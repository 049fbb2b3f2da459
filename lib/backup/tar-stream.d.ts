/** What is used of it here: the package brings no types. */
declare module 'tar-stream' {
  type Header = { name: string; size?: number; mode?: number; mtime?: Date; type?: string | null }

  type Pack = AsyncIterable<Uint8Array> & {
    entry(header: Header, content: Buffer | string): NodeJS.WritableStream
    entry(header: Header): NodeJS.WritableStream
    finalize(): void
    destroy(error?: Error): void
  }

  type Entry = AsyncIterable<Uint8Array> & { header: Header; resume(): void }

  type Extract = NodeJS.WritableStream & AsyncIterable<Entry>

  export function pack(): Pack
  export function extract(): Extract
}
