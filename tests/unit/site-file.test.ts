import { spawnSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Checker } from '@/lib/site/checker'
import type { Fault, SiteRecord } from '@/lib/site/format'
import { openSiteFile, readSite } from '@/lib/site/read'
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
  const checker = new Checker()
  let records = 0
  try {
    for await (const read of readSite(file)) {
      if (!read.ok) return read
      const fault = checker.take(read.record)
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

/** The file with one line made into something else. */
function withLine(line: number, change: (text: string) => string): string {
  return lines.map((text, place) => `${place + 1 === line ? change(text) : text}\n`).join('')
}

/** The file with its records changed, and an `end` that fits them. */
function withRecords(change: (records: SiteRecord[]) => SiteRecord[]): string {
  return fileOf(change(structuredClone(records)))
}

function withRecord<Kind extends SiteRecord['record']>(
  kind: Kind,
  change: (record: Extract<SiteRecord, { record: Kind }>) => void,
  which = 0,
): string {
  return withRecords((all) => {
    const found = all.filter((record) => record.record === kind)[which]
    if (found) change(found as Extract<SiteRecord, { record: Kind }>)
    return all
  })
}

test('a whole file is read', async () => {
  expect(await read(whole)).toEqual({ ok: true, records: lines.length })
})

const organisation = lineWith('"record":"organisation"')
const BYTES: [string, () => string | Uint8Array, number | null, Fault][] = [
  ['an empty file', () => '', null, { reason: 'cutOff' }],
  ['a byte order mark', () => `\ufeff${whole}`, 1, { reason: 'byteOrderMark' }],
  ['UTF-16', () => Buffer.from(whole, 'utf16le'), 1, { reason: 'notUtf8' }],
  [
    'UTF-16 with its mark',
    () => Buffer.from(`\ufeff${whole}`, 'utf16le'),
    1,
    { reason: 'notUtf8' },
  ],
  ['CRLF', () => whole.replaceAll('\n', '\r\n'), 1, { reason: 'carriageReturn' }],
  ['a NUL byte', () => withLine(4, (text) => text.replace('Un', 'U\0n')), 4, { reason: 'nul' }],
  [
    'windows-1252',
    () =>
      Buffer.from(
        withLine(4, (text) => text.replace('Un', 'Été')),
        'latin1',
      ),
    4,
    { reason: 'notUtf8' },
  ],
  ['an empty line', () => withLine(3, (text) => `\n${text}`), 3, { reason: 'emptyLine' }],
  ['no JSON', () => withLine(3, (text) => text.slice(1)), 3, { reason: 'notJson' }],
  ['cut off in a line', () => whole.slice(0, whole.length / 2), null, { reason: 'cutOff' }],
  [
    'cut off between two lines',
    () => `${lines.slice(0, -2).join('\n')}\n`,
    null,
    { reason: 'cutOff' },
  ],
  ['no newline at the end', () => whole.slice(0, -1), null, { reason: 'cutOff' }],
  ['two files in one', () => whole + whole, lines.length + 1, { reason: 'outOfOrder' }],
  [
    'nested 100,000 deep',
    () => withLine(4, () => '['.repeat(100_000) + ']'.repeat(100_000)),
    4,
    { reason: 'tooDeep' },
  ],
  [
    'nested in a key',
    () => withLine(4, (text) => text.replace('{', `{"a":${'{"a":'.repeat(50)}1${'}'.repeat(50)},`)),
    4,
    { reason: 'tooDeep' },
  ],
  [
    'a million parts',
    () => withLine(4, () => `[${'[],'.repeat(1_000_000)}1]`),
    4,
    { reason: 'tooManyParts' },
  ],
  [
    'a content that is a bomb itself',
    () =>
      withRecord('importedPage', (page) => {
        page.content = '['.repeat(100_000) + ']'.repeat(100_000)
      }),
    lineWith('"record":"importedPage"'),
    { reason: 'tooDeep' },
  ],
]

const LINES: [string, () => string, number, Fault][] = [
  [
    'another kind of file',
    () => withLine(1, (text) => text.replace('member-directory-site', 'other')),
    1,
    { reason: 'otherFormat' },
  ],
  [
    'a newer version',
    () => withRecord('site', (site) => (site.version = 2)),
    1,
    { reason: 'newer', detail: '2' },
  ],
  [
    'an unknown record',
    () => withLine(2, (text) => text.replace('"auditEntry"', '"theme"')),
    2,
    { reason: 'unknownRecord', detail: 'theme' },
  ],
  [
    'a line that is a number',
    () => withLine(2, () => '7'),
    2,
    { reason: 'unknownRecord', detail: '' },
  ],
  [
    'an unknown key',
    () => withLine(organisation, (text) => text.replace('{', '{"colour":"red",')),
    organisation,
    { reason: 'unknownKey', detail: 'colour' },
  ],
  [
    'an unknown key further in',
    () => withLine(organisation, (text) => text.replace('"answers":{', '"answers":{"x":[],')),
    organisation,
    { reason: 'unknownKey', detail: 'answers.x' },
  ],
  [
    '__proto__',
    () => withLine(organisation, (text) => text.replace('{', '{"__proto__":{"admin":true},')),
    organisation,
    { reason: 'unknownKey', detail: '__proto__' },
  ],
  [
    '__proto__ further in',
    () =>
      withLine(organisation, (text) =>
        text.replace('"contacts":{', '"contacts":{"__proto__":{"x":1},'),
      ),
    organisation,
    { reason: 'unknownKey', detail: 'contacts.__proto__' },
  ],
  [
    'constructor',
    () => withLine(organisation, (text) => text.replace('{', '{"constructor":{"prototype":{}},')),
    organisation,
    { reason: 'unknownKey', detail: 'constructor' },
  ],
  [
    'half a surrogate pair',
    () => withLine(organisation, (text) => text.replace('"Un"', String.raw`"U\ud800n"`)),
    organisation,
    { reason: 'badValue', detail: 'name (unsafeCharacters)' },
  ],
  [
    'an escaped NUL',
    () => withLine(organisation, (text) => text.replace('"Un"', String.raw`"U\u0000n"`)),
    organisation,
    { reason: 'badValue', detail: 'name (unsafeCharacters)' },
  ],
  [
    'an escaped NUL in a reason',
    () => withRecord('revision', (revision) => (revision.reason = 'a\0b')),
    organisation + 1,
    { reason: 'badValue', detail: 'reason (unsafeCharacters)' },
  ],
  [
    'a missing key',
    () => withLine(organisation, (text) => text.replace('"aliases":[],', '')),
    organisation,
    { reason: 'badValue', detail: 'aliases (invalid_type)' },
  ],
  [
    'a reserved address',
    () => withRecord('organisation', (one) => (one.slug = 'print')),
    organisation,
    { reason: 'badValue', detail: 'slug (notASlug)' },
  ],
  [
    'a moment that is none',
    () => withRecord('organisation', (one) => (one.updatedAt = '2026-02-31T00:00:00.000Z')),
    organisation,
    { reason: 'badValue', detail: 'updatedAt (notAMoment)' },
  ],
]

const BETWEEN: [string, () => string, number, Fault][] = [
  [
    'an audit entry after an organisation',
    () =>
      withRecords((all) => [
        ...all.filter(({ record }) => record !== 'auditEntry'),
        ...all.slice(1, 2),
      ]),
    lines.length - 2,
    { reason: 'outOfOrder' },
  ],
  ['no header', () => withRecords((all) => all.slice(1)), 1, { reason: 'outOfOrder' }],
  [
    'an organisation twice',
    () => withRecords((all) => [...all.slice(0, organisation + 3), ...all.slice(organisation - 1)]),
    organisation + 4,
    { reason: 'duplicateId', detail: '00000000-0000-4000-8001-000000000000' },
  ],
  [
    'an address twice',
    () => withRecord('organisation', (one) => (one.slug = 'former-0-0'), 1),
    organisation + 4,
    { reason: 'duplicateSlug', detail: 'former-0-0' },
  ],
  [
    'an e-mail twice',
    () => withRecord('person', (one) => (one.email = 'person-0@fictional.example'), 1),
    lines.length - 1,
    { reason: 'duplicateEmail', detail: '00000000-0000-4000-8002-000000000001' },
  ],
  [
    'a revision of an organisation that is not there',
    () => withRecord('revision', (one) => (one.organisation = 'elsewhere'), 2),
    organisation + 5,
    { reason: 'unknownOrganisation', detail: 'elsewhere' },
  ],
  [
    'somebody’s organisation that is not there',
    () => withRecord('person', (one) => (one.organisations = ['elsewhere'])),
    lines.length - 2,
    { reason: 'unknownOrganisation', detail: 'elsewhere' },
  ],
  [
    'a changed revision',
    () => withRecord('revision', (one) => (one.content = one.content.replace('Un', 'Une'))),
    organisation + 1,
    { reason: 'brokenChain', detail: 'contentChanged' },
  ],
  [
    'another author of a revision',
    () => withRecord('revision', (one) => (one.actor = 'person:eve')),
    organisation + 1,
    { reason: 'brokenChain', detail: 'changed' },
  ],
  [
    'a missing revision',
    () => withRecords((all) => all.filter((one) => one.record !== 'revision' || one.number !== 2)),
    organisation + 2,
    { reason: 'brokenChain', detail: 'missing' },
  ],
  [
    'a revision erased without a record of it',
    () => withRecord('organisation', (one) => (one.erasures = []), 2),
    lineWith('erased-2') + 1,
    { reason: 'brokenChain', detail: 'erasedWithoutRecord' },
  ],
  [
    'a changed audit entry',
    () => withRecord('auditEntry', (one) => (one.actor = 'person:eve')),
    2,
    { reason: 'brokenChain', detail: 'changed' },
  ],
  [
    'a missing audit entry',
    () =>
      withRecords((all) => all.filter((one) => one.record !== 'auditEntry' || one.number !== 1)),
    2,
    { reason: 'brokenChain', detail: 'missing' },
  ],
  [
    'other counts at the end',
    () => withLine(lines.length, (text) => text.replace('"people":2', '"people":3')),
    lines.length,
    { reason: 'wrongCounts' },
  ],
  [
    'a line changed on the way',
    () => withLine(organisation, (text) => text.replace('"Un"', '"Une"')),
    lines.length,
    { reason: 'wrongSum' },
  ],
]

describe.each([
  ['bytes', BYTES],
  ['a line', LINES],
  ['lines beside each other', BETWEEN],
] as const)('%s', (_, cases) => {
  test.each(cases.map((one) => one))('%s', async (__, file, line, fault) => {
    expect(await read(file())).toEqual({ ok: false, line, fault })
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined()
  })
})

test('any change, cut or doubling of any bytes is refused', async () => {
  const bytes = Buffer.from(whole)
  const place = fc.nat({ max: bytes.length - 1 })
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([at, by]) => {
          const changed = Buffer.from(bytes)
          changed[at] = (changed[at] ?? 0) ^ by
          return changed
        }),
        place.map((at) => bytes.subarray(0, at)),
        fc.tuple(place, place).map(([at, other]) => {
          const [from, to] = [Math.min(at, other), Math.max(at, other) + 1]
          return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)])
        }),
        fc.tuple(place, place).map(([at, other]) => {
          const [from, to] = [Math.min(at, other), Math.max(at, other) + 1]
          return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
        }),
      ),
      async (changed) => {
        expect(await read(changed)).toMatchObject({ ok: false })
      },
    ),
    { numRuns: 400 },
  )
})

test('any text as a line is refused by name', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.json(),
        fc.string({ unit: 'binary' }),
        fc.json().map((json) => json.slice(1)),
      ),
      async (text) => {
        expect(await read(withLine(3, () => text))).toMatchObject({ ok: false })
      },
    ),
    { numRuns: 200 },
  )
})

describe('what is no file', () => {
  test.each(['/dev/zero', '/dev/null', '/', '/nowhere/at/all'])('%s', async (name) => {
    expect(await readFileAt(name)).toMatchObject({ fault: { reason: 'notAFile' } })
  })
})

describe('bombs, in a process of their own', () => {
  const GIB = 1024 ** 3
  /** What reading adds to what a process needs for starting. */
  const MOST = 200 * 1024 * 1024

  function sparse(name: string, before: string, size: number, after = ''): string {
    const file = path.join(folder, name)
    writeFileSync(file, before)
    const handle = openSync(file, 'r+')
    ftruncateSync(handle, size)
    closeSync(handle)
    if (after !== '') writeFileSync(file, after, { flag: 'a' })
    return file
  }

  test.each([
    ['a gibibyte of nothing', () => sparse('zeros', '', GIB), '1 lineTooLong'],
    ['a gibibyte after the first line', () => sparse('cut', `${lines[0]}\n`, GIB), 'null cutOff'],
    [
      'a line of 100 MB',
      () => sparse('line', `${lines[0]}\n{"record":"`, 1e8, `"}\n${lines.at(-1)}\n`),
      '2 lineTooLong',
    ],
    [
      'millions of short lines',
      () => {
        const file = path.join(folder, 'lines')
        writeFileSync(file, `${lines[0]}\n${'\n'.repeat(32 * 1024 * 1024)}${lines.at(-1)}\n`)
        return file
      },
      '2 emptyLine',
    ],
  ])('%s', (_, make, expected) => {
    const file = make()
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'tests/support/read-site-file.ts', file],
      { encoding: 'utf8' },
    )
    rmSync(file)
    expect(stderr).toBe('')
    const { said, bytes } = JSON.parse(stdout) as { said: string; bytes: number }
    expect(said).toBe(expected)
    expect(bytes).toBeLessThan(MOST)
  })
})
