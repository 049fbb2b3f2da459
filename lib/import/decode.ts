/** Largest file that is read, in bytes: some hundred times a long page. */
export const MAX_FILE_BYTES = 1024 * 1024

export type DecodedPage =
  | { ok: true; text: string }
  /** `detail`: for `notUtf8` the encoding that the bytes look like, as WHATWG names it, else empty. */
  | { ok: false; reason: 'empty' | 'binary' | 'tooLarge' | 'notUtf8'; detail: string }

/**
 * Turns the bytes of a file into text. Only UTF-8 is accepted, with or without a byte order mark;
 * nothing is replaced. Another encoding is named as far as it can be told, and not converted: a wrong
 * guess would change words.
 *
 * @param bytes the whole file
 * @returns the text without its byte order mark, or why there is none
 */
export function decodePage(bytes: Uint8Array): DecodedPage {
  if (bytes.length > MAX_FILE_BYTES) return failure('tooLarge')
  const wide = guessWideEncoding(bytes)
  if (wide !== null) return failure('notUtf8', wide)
  // A stray NUL makes its piece unsafe; many are no text.
  const nuls = bytes.reduce((count, byte) => (byte === 0 ? count + 1 : count), 0)
  if (nuls > bytes.length / 100) return failure('binary')
  const text = decodeAs('utf-8', bytes)
  if (text === null) {
    const narrow = guessSingleByteEncoding(bytes)
    return narrow === null ? failure('binary') : failure('notUtf8', narrow)
  }
  return text.trim() === '' ? failure('empty') : { ok: true, text }
}

function failure(reason: Extract<DecodedPage, { ok: false }>['reason'], detail = ''): DecodedPage {
  return { ok: false, reason, detail }
}

function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

// Two or four bytes a character: by the byte order mark, else because every second byte is NUL.
function guessWideEncoding(bytes: Uint8Array): string | null {
  const [first, second, third, fourth] = bytes
  if (first === 0xff && second === 0xfe)
    return third === 0 && fourth === 0 ? 'utf-32le' : 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return 'utf-32be'

  const sample = bytes.subarray(0, 4096)
  let evenZeros = 0
  let oddZeros = 0
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue
    if (index % 2 === 0) evenZeros += 1
    else oddZeros += 1
  }
  const half = sample.length / 2
  if (oddZeros > half * 0.4 && evenZeros < half * 0.05) return 'utf-16le'
  if (evenZeros > half * 0.4 && oddZeros < half * 0.05) return 'utf-16be'
  return null
}

// One byte a character, or Chinese; null where the bytes do not look like text at all.
function guessSingleByteEncoding(bytes: Uint8Array): string | null {
  let controls = 0
  let letters = 0
  let high = 0
  let blanks = 0
  for (const byte of bytes) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c)
      controls += 1
    if ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)) letters += 1
    if (byte >= 0x80) high += 1
    if (byte === 0x20) blanks += 1
  }
  if (controls > bytes.length / 100) return null
  if (high < letters * 0.4) return 'windows-1252'

  // Chinese does without blanks; Russian and Arabic words may happen to be valid Chinese.
  const chinese = blanks < high / 16 ? decodeAs('gb18030', bytes) : null
  if (chinese !== null && /\p{Script=Han}{2}/u.test(chinese)) return 'gb18030'
  const cyrillic =
    new TextDecoder('windows-1251').decode(bytes).match(/\p{Script=Cyrillic}/gu) ?? []
  const capitals = cyrillic.filter((letter) => letter !== letter.toLowerCase()).length
  if (cyrillic.length > high * 0.8 && capitals < cyrillic.length * 0.3) return 'windows-1251'
  const arabic = new TextDecoder('windows-1256').decode(bytes).match(/\p{Script=Arabic}/gu) ?? []
  return arabic.length > high * 0.8 ? 'windows-1256' : 'unknown'
}
