// Embeddings, overrides and isolates reorder what a reader sees; NUL and lone surrogates cannot be
// stored or shown. Tab, soft hyphen, joiners and LRM/RLM are part of real writing and stay.
// eslint-disable-next-line no-control-regex -- NUL is what is looked for
const UNSAFE = /[\u0000\u202A-\u202E\u2066-\u2069]/u

/** Tells whether a text holds characters that the directory refuses (contract: `unsafeCharacters`). */
export function hasUnsafeCharacters(text: string): boolean {
  return UNSAFE.test(text) || !text.isWellFormed()
}
