import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MAX_FILE_BYTES, decodePage } from '@/lib/import/decode'
import { readPage } from '@/lib/import/read-page'

const FRENCH = 'Été à Gitega : l’association défend ses membres, là où elles sont.\n'
const HELD = '/proc/self/fd'
const bytes = (...values: number[]) => Uint8Array.from(values)
const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'))
const swapped = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16())

describe('decodePage', () => {
  it('reads UTF-8, without its byte order mark', () => {
    expect(decodePage(utf8(FRENCH))).toEqual({ ok: true, text: FRENCH })
    expect(decodePage(utf8(`\uFEFF${FRENCH}`))).toEqual({ ok: true, text: FRENCH })
    expect(decodePage(utf8('布隆迪 😀 \u00AD\u200D'))).toEqual({
      ok: true,
      text: '布隆迪 😀 \u00AD\u200D',
    })
  })

  it.each([
    ['nothing', bytes()],
    ['white space', utf8(' \r\n\t\u00A0')],
    ['a byte order mark', bytes(0xef, 0xbb, 0xbf)],
  ])('%s is empty', (_, input) => {
    expect(decodePage(input)).toEqual({ ok: false, reason: 'empty', detail: '' })
  })

  it.each([
    ['utf-16le', bytes(0xff, 0xfe, ...utf16(FRENCH))],
    ['utf-16be', bytes(0xfe, 0xff, ...swapped(FRENCH))],
    ['utf-16le', utf16(FRENCH)],
    ['utf-16be', swapped(FRENCH)],
    ['utf-32le', bytes(0xff, 0xfe, 0, 0, 0x41, 0, 0, 0)],
    ['windows-1252', new Uint8Array(Buffer.from(FRENCH.replace('’', "'"), 'latin1'))],
    ['windows-1252', bytes(...utf8('l'), 0x92, ...utf8('aide juridique'))],
    [
      'windows-1251',
      // «Мы работаем с женщинами»
      bytes(
        ...[0xcc, 0xfb, 0x20, 0xf0, 0xe0, 0xe1, 0xee, 0xf2, 0xe0, 0xe5, 0xec, 0x20, 0xf1, 0x20],
        ...[0xe6, 0xe5, 0xed, 0xf9, 0xe8, 0xed, 0xe0, 0xec, 0xe8],
      ),
    ],
    ['gb18030', bytes(0xb2, 0xbc, 0xc2, 0xa1, 0xb5, 0xcf, 0xce, 0xd2, 0xc3, 0xc7)],
    [
      'windows-1256',
      // «نعمل مع النساء»
      bytes(0xe4, 0xda, 0xe3, 0xe1, 0x20, 0xe3, 0xda, 0x20, 0xc7, 0xe1, 0xe4, 0xd3, 0xc7, 0xc1),
    ],
  ])('says that it looks like %s', (encoding, input) => {
    expect(decodePage(input)).toEqual({ ok: false, reason: 'notUtf8', detail: encoding })
  })

  const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

  it.each([
    ['utf-16le', bytes(0xff, 0xfe, 0x03, 0x5e)],
    ['utf-16le', bytes(0xff, 0xfe, 0, 0x5e)],
    ['utf-16le', bytes(0xff, 0xfe, 0x03, 0)],
    ['utf-16be', bytes(0xfe, 0xff, 0x5e, 0x03)],
    ['utf-32be', bytes(0, 0, 0xfe, 0xff, 0, 0, 0, 0x41)],
    ['windows-1252', latin('ABCDEFGHIJ é')],
    ['windows-1252', latin('AZAZAZAZAZ ééé')],
    ['windows-1252', latin('azazazazaz ééé')],
    ['windows-1252', latin(`Name\tVille\r\nAm\xe9lie\f\nlong enough words to be read`)],
    // Marks in every one of these encodings, letters in none.
    ['unknown', bytes(...[0x84, 0x85, 0x86, 0x20, 0x84, 0x85, 0x86, 0x20, 0x84, 0x85])],
  ])('names %s by its marks and letters', (encoding, input) => {
    expect(decodePage(input)).toEqual({ ok: false, reason: 'notUtf8', detail: encoding })
  })

  it('takes no two bytes for a mark that are half of one', () => {
    // Half a mark, in either place, is a byte of some other encoding.
    for (const start of [
      bytes(0xff, 0x61),
      bytes(0x61, 0xfe),
      bytes(0xfe, 0x61),
      bytes(0x61, 0xff),
    ]) {
      const input = bytes(...start, ...utf8(' in the middle of plain words'))
      expect(decodePage(input)).toMatchObject({ reason: 'notUtf8', detail: 'windows-1252' })
    }
  })

  it.each([
    ['NUL in even and odd places', bytes(0x61, 0, 0, 0x62, 0x61, 0, 0, 0x62, 0x61, 0, 0, 0x62)],
    ['a beginning of NUL without the mark', bytes(0, 0, 0x61, 0x62, 0x63, 0x64)],
    ['half of the mark of UTF-32', bytes(0, 0, 0xfe, 0x61, 0x62)],
    ['the other half', bytes(0, 0x61, 0xfe, 0xff, 0x62)],
  ])('%s is binary', (_, input) => {
    expect(decodePage(input)).toEqual({ ok: false, reason: 'binary', detail: '' })
  })

  it.each([
    ['an image', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48)],
    ['a text full of NUL', utf8('Nom\n\u0000\u0000\nWho do you work with?')],
    [
      'bytes at random',
      Uint8Array.from({ length: 400 }, (_, index) => (index * 37 + 129) % 256 || 1),
    ],
  ])('%s is binary', (_, input) => {
    expect(decodePage(input)).toEqual({ ok: false, reason: 'binary', detail: '' })
  })

  it('leaves a stray NUL to the piece that it stands in', () => {
    const text = `Nom\n${'We work with women. '.repeat(20)}\u0000`
    expect(decodePage(utf8(text))).toEqual({ ok: true, text })
  })

  it('refuses more than the limit and takes the limit', () => {
    expect(decodePage(new Uint8Array(MAX_FILE_BYTES).fill(0x61)).ok).toBe(true)
    expect(decodePage(new Uint8Array(MAX_FILE_BYTES + 1).fill(0x61))).toMatchObject({
      reason: 'tooLarge',
    })
  })
})

describe('readPage', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'directory-pages-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('reads a file', async () => {
    const file = path.join(folder, 'page.txt')
    writeFileSync(file, FRENCH)
    expect(await readPage(file)).toEqual({ ok: true, text: FRENCH })
  })

  it('does not read 50 MB', async () => {
    const file = path.join(folder, 'large.txt')
    writeFileSync(file, '')
    truncateSync(file, 50 * 1024 * 1024)
    const before = process.memoryUsage().arrayBuffers
    expect(await readPage(file)).toEqual({ ok: false, reason: 'tooLarge', detail: '' })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * 1024 * 1024)
  })

  it('reads a file of the largest size, and not one byte more', async () => {
    const file = path.join(folder, 'limit.txt')
    writeFileSync(file, 'a'.repeat(MAX_FILE_BYTES))
    expect(await readPage(file)).toMatchObject({ ok: true })
    writeFileSync(file, 'a'.repeat(MAX_FILE_BYTES + 1))
    expect(await readPage(file)).toEqual({ ok: false, reason: 'tooLarge', detail: '' })
  })

  it('finds neither a missing file nor a folder, and does not wait for a pipe', async () => {
    const pipe = path.join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    for (const none of [path.join(folder, 'none.txt'), folder, pipe]) {
      expect(await readPage(none)).toEqual({ ok: false, reason: 'notFound', detail: '' })
    }
  })

  // Only Linux names the files that a process holds open.
  it.runIf(existsSync(HELD))('closes every file that it opens, read or refused', async () => {
    const held = () =>
      readdirSync(HELD).map((descriptor) => {
        try {
          return readlinkSync(path.join(HELD, descriptor))
        } catch {
          return null // closed meanwhile
        }
      })
    const small = path.join(folder, 'small.txt')
    const large = path.join(folder, 'too-large.txt')
    writeFileSync(small, FRENCH)
    writeFileSync(large, '')
    truncateSync(large, MAX_FILE_BYTES + 1)
    const handle = await open(small)
    expect(held()).toContain(small)
    await handle.close()
    for (const file of [small, large]) {
      await readPage(file)
      expect(held()).not.toContain(file)
    }
  })
})
