import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault, FaultReason, RecordOf, SiteRecord } from '@/lib/site-transfer/format'
import { openSiteFile, readSite } from '@/lib/site-transfer/read-lines'
import { Validator } from '@/lib/site-transfer/validate'
import { fileOf, plain, recordsOf } from '@/tests/support/whole-site'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'directory-site-file-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

type Read = { ok: true; records: number } | { ok: false; line: number | null; fault: Fault }

async function readFileAt(name: string): Promise<Read> {
  const file = await openSiteFile(name)
  if (file === null) return { ok: false, line: null, fault: { reason: 'notAFile' } }
  const validator = new Validator()
  let records = 0
  try {
    for await (const read of readSite(file)) {
      if (!read.ok) return read
      const fault = validator.take(read.record)
      if (fault) return { ok: false, line: read.line, fault }
      records += 1
    }
    return { ok: true, records }
  } finally {
    await file.close()
  }
}

function read(content: string | Uint8Array): Promise<Read> {
  const name = path.join(folder, 'site.jsonl')
  writeFileSync(name, content)
  return readFileAt(name)
}

const records = recordsOf({
  organisations: [
    plain({ name: 'Un', revisions: ['edit', 'edit'], formerSlugs: 1, pages: ['page'] }),
    plain({ name: 'Deux', proposals: [{ message: 'Merci', answer: null, text: 'x' }] }),
    plain({ name: 'Trois', isErased: true }),
  ],
  people: [
    { name: 'Quelqu’un', organisation: 0, region: null },
    { name: 'Une autre', organisation: 9, region: 'europe' },
  ],
  auditEntries: 2,
})
const whole = fileOf(records)
const lines = whole.split('\n').slice(0, -1)
const lineWith = (words: string) => lines.findIndex((line) => line.includes(words)) + 1
const organisation = lineWith('"record":"organisation"')
const page = lineWith('"record":"importedPage"')
const end = lines.length

/** The file with one line changed; its sum is wrong then. */
function line(number: number, change: (text: string) => string): string {
  return lines.map((text, place) => `${place + 1 === number ? change(text) : text}\n`).join('')
}
const replaced = (number: number, from: string, to: string) =>
  line(number, (text) => text.replace(from, to))

/** The file with its records changed, and an `end` that fits them. */
function withRecords(change: (records: SiteRecord[]) => SiteRecord[]): string {
  return fileOf(change(structuredClone(records)))
}

function withRecord<Kind extends SiteRecord['record']>(
  kind: Kind,
  values: Partial<RecordOf<Kind>>,
  which = 0,
): string {
  return withRecords((all) => {
    Object.assign(all.filter((record) => record.record === kind)[which] ?? {}, values)
    return all
  })
}

test('a whole file is read', async () => {
  expect(await read(whole)).toEqual({ ok: true, records: lines.length })
})

type Case = [
  name: string,
  file: () => string | Uint8Array,
  line: number | null,
  reason: FaultReason,
  detail?: string,
]

const deep = '['.repeat(100_000) + ']'.repeat(100_000)
const utf16 = (text: string) => Buffer.from(text, 'utf16le')
const latin1 = () => Buffer.from(replaced(4, 'Un', 'Été'), 'latin1')

const BYTES: Case[] = [
  ['an empty file', () => '', null, 'cutOff'],
  ['a byte order mark', () => `\ufeff${whole}`, 1, 'byteOrderMark'],
  ['UTF-16', () => utf16(whole), 1, 'notUtf8'],
  ['UTF-16 with its mark', () => utf16(`\ufeff${whole}`), 1, 'notUtf8'],
  ['windows-1252', latin1, 4, 'notUtf8'],
  ['CRLF', () => whole.replaceAll('\n', '\r\n'), 1, 'carriageReturn'],
  ['a NUL byte', () => replaced(4, 'Un', 'U\0n'), 4, 'nul'],
  ['an empty line', () => line(3, (text) => `\n${text}`), 3, 'emptyLine'],
  ['no JSON', () => line(3, (text) => text.slice(1)), 3, 'notJson'],
  ['cut off in a line', () => whole.slice(0, whole.length / 2), null, 'cutOff'],
  ['cut off after a line', () => `${lines.slice(0, -2).join('\n')}\n`, null, 'cutOff'],
  ['no newline at the end', () => whole.slice(0, -1), null, 'cutOff'],
  ['two files in one', () => whole + whole, end + 1, 'outOfOrder'],
  ['nested 100,000 deep', () => line(4, () => deep), 4, 'tooDeep'],
  ['nested in a key', () => replaced(4, '{', `{"a":${deep},`), 4, 'tooDeep'],
  ['a million parts', () => line(4, () => `[${'[],'.repeat(1_000_000)}1]`), 4, 'tooManyParts'],
  ['nested content', () => withRecord('importedPage', { content: deep }), page, 'tooDeep'],
]

const named = (from: string, to: string) => () => replaced(organisation, from, to)
const unsafe = 'name (unsafeCharacters)'

const LINES: Case[] = [
  ['another kind of file', () => replaced(1, 'member-directory-site', 'x'), 1, 'otherFormat'],
  ['a newer version', () => withRecord('site', { version: 2 }), 1, 'newer', '2'],
  ['an unknown record', () => replaced(2, 'auditEntry', 'theme'), 2, 'unknownRecord', 'theme'],
  ['a number', () => line(2, () => '7'), 2, 'unknownRecord', ''],
  ['an unknown key', named('{', '{"red":1,'), organisation, 'unknownKey', 'red'],
  ['one inside', named('"answers":{', '$&"x":[],'), organisation, 'unknownKey', 'answers.x'],
  ['__proto__', named('{', '{"__proto__":{"admin":1},'), organisation, 'unknownKey', '__proto__'],
  [
    '__proto__ inside',
    named('"contacts":{', '$&"__proto__":{"admin":1},'),
    ...([organisation, 'unknownKey', 'contacts.__proto__'] as const),
  ],
  [
    'constructor',
    named('{', '{"constructor":{"prototype":{}},'),
    ...([organisation, 'unknownKey', 'constructor'] as const),
  ],
  ['half a pair', named('"Un"', String.raw`"\ud800n"`), organisation, 'badValue', unsafe],
  ['an escaped NUL', named('"Un"', String.raw`"\u0000n"`), organisation, 'badValue', unsafe],
  [
    'an escaped NUL in a reason',
    () => withRecord('revision', { reason: 'a\0b' }),
    ...([organisation + 1, 'badValue', 'reason (unsafeCharacters)'] as const),
  ],
  [
    'a missing key',
    named('"aliases":[],', ''),
    ...([organisation, 'badValue', 'aliases (invalid_type)'] as const),
  ],
  [
    'a reserved address',
    () => withRecord('organisation', { slug: 'print' }),
    ...([organisation, 'badValue', 'slug (notASlug)'] as const),
  ],
  [
    'a moment that is none',
    () => withRecord('organisation', { updatedAt: '2026-02-31T00:00:00.000Z' }),
    ...([organisation, 'badValue', 'updatedAt (notAMoment)'] as const),
  ],
]

const content = () => {
  const revision = records.find(({ record }) => record === 'revision') as RecordOf<'revision'>
  return revision.content.replace('Un', 'Une')
}
const without = (kind: SiteRecord['record'], number: number) => () =>
  withRecords((all) =>
    all.filter((one) => one.record !== kind || !('number' in one) || one.number !== number),
  )
const auditLast = (all: SiteRecord[]) => [...all.slice(0, 1), ...all.slice(3), ...all.slice(1, 3)]
const twice = (all: SiteRecord[]) => [
  ...all.slice(0, organisation + 3),
  ...all.slice(organisation - 1),
]
const elsewhere = { organisation: 'elsewhere' }

const BETWEEN: Case[] = [
  ['audit entries at the end', () => withRecords(auditLast), end - 2, 'outOfOrder'],
  ['no header', () => withRecords((all) => all.slice(1)), 1, 'outOfOrder'],
  [
    'an organisation twice',
    () => withRecords(twice),
    ...([organisation + 4, 'duplicateId', '00000000-0000-4000-8001-000000000000'] as const),
  ],
  [
    'an address twice',
    () => withRecord('organisation', { slug: 'former-0-0' }, 1),
    ...([organisation + 4, 'duplicateSlug', 'former-0-0'] as const),
  ],
  [
    'an e-mail twice',
    () => withRecord('user', { email: 'person-0@fictional.example' }, 1),
    ...([end - 1, 'duplicateEmail', '00000000-0000-4000-8002-000000000001'] as const),
  ],
  [
    'a revision of no organisation',
    () => withRecord('revision', elsewhere, 2),
    ...([organisation + 5, 'unknownOrganisation', 'elsewhere'] as const),
  ],
  [
    'a person of no organisation',
    () => withRecord('user', { organisations: ['elsewhere'] }),
    ...([end - 2, 'unknownOrganisation', 'elsewhere'] as const),
  ],
  [
    'a changed revision',
    () => withRecord('revision', { content: content() }),
    ...([organisation + 1, 'brokenChain', 'contentChanged'] as const),
  ],
  [
    'another author of a revision',
    () => withRecord('revision', { actor: 'user:eve' }),
    ...([organisation + 1, 'brokenChain', 'changed'] as const),
  ],
  ['a missing revision', without('revision', 2), organisation + 2, 'brokenChain', 'missing'],
  [
    'a revision erased without a record of it',
    () => withRecord('organisation', { erasures: [] }, 2),
    ...([lineWith('erased-2') + 1, 'brokenChain', 'erasedWithoutRecord'] as const),
  ],
  [
    'a changed audit entry',
    () => withRecord('auditEntry', { actor: 'user:eve' }),
    ...([2, 'brokenChain', 'changed'] as const),
  ],
  ['a missing audit entry', without('auditEntry', 1), 2, 'brokenChain', 'missing'],
  ['other counts', () => replaced(end, '"people":2', '"people":3'), end, 'wrongCounts'],
  ['a line changed on the way', named('"Un"', '"Une"'), end, 'wrongSum'],
]

describe.each([
  ['bytes', BYTES],
  ['a line', LINES],
  ['lines beside each other', BETWEEN],
])('%s', (_, cases) => {
  test.each(cases)('%s', async (__, file, faulty, reason, detail) => {
    const fault = detail === undefined ? { reason } : { reason, detail }
    expect(await read(file())).toEqual({ ok: false, line: faulty, fault })
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined()
  })
})

test('any change, cut or doubling of any bytes is refused', async () => {
  const bytes = Buffer.from(whole)
  const place = fc.nat({ max: bytes.length - 1 })
  const span = fc.tuple(place, place).map(([one, other]) => ({
    from: Math.min(one, other),
    to: Math.max(one, other) + 1,
  }))
  const changed = fc.oneof(
    fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([at, by]) => {
      const copy = Buffer.from(bytes)
      copy[at] = (copy[at] ?? 0) ^ by
      return copy
    }),
    place.map((at) => bytes.subarray(0, at)),
    span.map(({ from, to }) => Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)])),
    span.map(({ from, to }) => Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])),
  )
  await fc.assert(
    fc.asyncProperty(changed, async (file) => {
      expect(await read(file)).toMatchObject({ ok: false })
    }),
    { numRuns: 200 },
  )
})

test('any text as a line is refused by name', async () => {
  const text = fc.oneof(fc.json(), fc.string({ unit: 'binary' }))
  await fc.assert(
    fc.asyncProperty(text, async (value) => {
      expect(await read(line(3, () => value))).toMatchObject({ ok: false })
    }),
    { numRuns: 100 },
  )
})

test.each(['/dev/zero', '/', '/nowhere/at/all'])('%s is no file', async (name) => {
  expect(await readFileAt(name)).toMatchObject({ fault: { reason: 'notAFile' } })
})

test.each([
  ['a gibibyte of zeros', '', 2 ** 30, '', '1 lineTooLong'],
  ['a line of 100 MB', '{"record":"', 1e8, `"}\n${lines.at(-1) ?? ''}\n`, '2 lineTooLong'],
])('%s costs little memory', (_, start, size, rest, expected) => {
  const file = path.join(folder, 'bomb')
  writeFileSync(file, start === '' ? '' : `${lines[0] ?? ''}\n${start}`)
  truncateSync(file, size)
  writeFileSync(file, rest, { flag: 'a' })
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'tests/support/read-site-file.ts', file],
    { encoding: 'utf8' },
  )
  rmSync(file)
  expect(stderr).toBe('')
  const { said, bytes } = JSON.parse(stdout) as { said: string; bytes: number }
  expect(said).toBe(expected)
  expect(bytes).toBeLessThan(200 * 2 ** 20)
})
