import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseSettings, loadSecrets } from '@/lib/env'

function settings(source: Record<string, string>) {
  const parsed = parseSettings(source, '/srv/directory')
  if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
  return parsed.settings
}

function faults(source: Record<string, string>): string[] {
  const parsed = parseSettings(source, '/srv/directory')
  return parsed.ok ? [] : parsed.faults
}

describe('settings', () => {
  test('have a default for everything', () => {
    expect(settings({})).toEqual({
      PORT: 3000,
      HOST: '127.0.0.1',
      WORKERS: null,
      DATABASE_URL: 'file:./data/directory.db',
      databaseFile: '/srv/directory/data/directory.db',
      PUBLIC_ORIGIN: 'http://localhost:3000',
      publicOriginIsSet: false,
      TRUSTED_PROXIES: [],
      SITE_NAME: null,
      NETWORK_NAME: null,
      CONTACT_EMAIL: null,
      SMTP_URL: null,
      SMTP_FROM: null,
      BACKUP_DIR: null,
      BACKUP_EVERY_HOURS: 24,
      BACKUP_KEEP: { days: 7, weeks: 4, months: 12 },
      BACKUP_PASSPHRASE: null,
      secretsFile: '/srv/directory/data/secrets.json',
      migrationsFolder: '/srv/directory/prisma/migrations',
      seedFolder: '/srv/directory/prisma/seed',
      publicFolder: '/srv/directory/public',
      EXIT_URL: 'https://www.wikipedia.org/',
      NEXT_DIST_DIR: '.next',
      NODE_ENV: 'development',
      LOG_LEVEL: 'info',
      root: '/srv/directory',
    })
  })

  test('that are empty count as missing', () => {
    const empty = Object.fromEntries(
      [
        'PORT',
        'HOST',
        'DATABASE_URL',
        'PUBLIC_ORIGIN',
        'SITE_NAME',
        'CONTACT_EMAIL',
        'SMTP_URL',
        'SMTP_FROM',
        'BACKUP_DIR',
        'BACKUP_EVERY_HOURS',
        'BACKUP_KEEP',
        'BACKUP_PASSPHRASE',
        'NODE_ENV',
      ].map((name) => [name, ' ']),
    )
    expect(settings(empty)).toEqual(settings({}))
  })

  test('are all looked at before anything is refused, one line for each fault', () => {
    expect(
      faults({
        PORT: '70000',
        HOST: 'http://localhost',
        DATABASE_URL: 'postgresql://localhost/directory',
        PUBLIC_ORIGIN: 'directory.example',
        SITE_NAME: 'two\nlines',
        CONTACT_EMAIL: 'desk',
        NEXT_DIST_DIR: '../elsewhere',
        NODE_ENV: 'staging',
        LOG_LEVEL: 'loud',
      }),
    ).toEqual([
      'PORT: must be a whole number from 1 to 65535, and is "70000"',
      'HOST: must be a host name or an IP address without a port, and is "http://localhost"',
      'DATABASE_URL: must be file: and the path of a file, such as file:./data/directory.db, and is "postgresql://localhost/directory"',
      'PUBLIC_ORIGIN: must be http:// or https:// and a host, such as https://directory.example.org, and is "directory.example"',
      'SITE_NAME: must be one line of at most 120 characters, and is "two\\nlines"',
      'CONTACT_EMAIL: must be one e-mail address, such as desk@example.org, and is "desk"',
      'NEXT_DIST_DIR: must be a folder of the repository, such as .next, and is "../elsewhere"',
      'NODE_ENV: must be production, development or test, and is "staging"',
      'LOG_LEVEL: must be one of trace, debug, info, warn, error, fatal, silent, and is "loud"',
    ])
  })

  test.each(['0', '-1', '3000.5', '0x10', '65536', '3000 '])('PORT cannot be %j', (PORT) => {
    expect(faults({ PORT })).toHaveLength(1)
  })

  test.each([
    ['file:./data/directory.db', '/srv/directory/data/directory.db'],
    ['file:other.db', '/srv/directory/other.db'],
    ['file:/var/lib/a folder/directory.db', '/var/lib/a folder/directory.db'],
    ['file:///var/lib/a%20folder/directory.db', '/var/lib/a folder/directory.db'],
  ])('DATABASE_URL %s is a file below the repository', (DATABASE_URL, databaseFile) => {
    expect(settings({ DATABASE_URL }).databaseFile).toBe(databaseFile)
  })

  test.each(['file:', 'file:./data/', 'file:./a.db?mode=ro', './a.db', 'sqlite:./a.db'])(
    'DATABASE_URL cannot be %s',
    (DATABASE_URL) => {
      expect(faults({ DATABASE_URL })).toHaveLength(1)
    },
  )

  test.each([
    ['https://directory.example', 'https://directory.example'],
    ['https://directory.example/', 'https://directory.example'],
    ['https://Directory.example:443', 'https://directory.example'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('PUBLIC_ORIGIN %s is the origin %s', (PUBLIC_ORIGIN, origin) => {
    expect(settings({ PUBLIC_ORIGIN })).toMatchObject({
      PUBLIC_ORIGIN: origin,
      publicOriginIsSet: true,
    })
  })

  test.each([
    'https://directory.example/en',
    'https://u:p@directory.example',
    'ftp://directory.example',
  ])('PUBLIC_ORIGIN cannot be %s', (PUBLIC_ORIGIN) => {
    expect(faults({ PUBLIC_ORIGIN })).toHaveLength(1)
  })

  test.each([
    ['smtp://localhost:25', 'desk@example.org'],
    ['smtps://name:p%40ss@mail.example.org:465', 'The directory <desk@example.org>'],
    ['smtp://mail.example.org', 'L’annuaire <desk@example.org>'],
  ])('mail may go over %s from %s', (SMTP_URL, SMTP_FROM) => {
    expect(settings({ SMTP_URL, SMTP_FROM })).toMatchObject({ SMTP_URL, SMTP_FROM })
  })

  test.each([
    'mail.example.org',
    'http://mail.example.org',
    'smtp://',
    'smtp://name@mail.example.org',
    'smtp://name:%zz@mail.example.org',
    'smtp://mail.example.org/path',
    'smtp://mail.example.org?pool=true',
  ])('SMTP_URL cannot be %s, and a fault never shows its password', (SMTP_URL) => {
    const found = faults({ SMTP_URL, SMTP_FROM: 'desk@example.org' })
    expect(found).toHaveLength(1)
    expect(found[0]).not.toContain(JSON.stringify(SMTP_URL))
  })

  test.each(['desk', 'desk@example.org\r\nBcc: x@example.org', 'A\n <desk@example.org>', '<>'])(
    'SMTP_FROM cannot be %j',
    (SMTP_FROM) => {
      expect(faults({ SMTP_FROM })).toHaveLength(1)
    },
  )

  test.each([
    ['off', null],
    [' OFF ', null],
    ['', 'https://www.wikipedia.org/'],
    ['https://weather.example', 'https://weather.example/'],
    ['https://été.example/a b', 'https://xn--t-9fab.example/a%20b'],
  ])('leaving with EXIT_URL %j leads to %j', (EXIT_URL, page) => {
    expect(settings({ EXIT_URL }).EXIT_URL).toBe(page)
  })

  test.each([
    'no',
    'weather.example',
    'http://weather.example',
    'https://a:b@weather.example',
    '/fr',
  ])('EXIT_URL cannot be %j', (EXIT_URL) => {
    expect(faults({ EXIT_URL })).toHaveLength(1)
  })

  test('a mail server needs a sender', () => {
    expect(faults({ SMTP_URL: 'smtp://localhost:25' })).toEqual([
      'SMTP_FROM: must be set where SMTP_URL is',
    ])
  })

  test.each([
    ['127.0.0.1', ['127.0.0.1']],
    ['127.0.0.1, 10.0.0.0/8  ::1', ['127.0.0.1', '10.0.0.0/8', '::1']],
  ])('TRUSTED_PROXIES %s are %j', (TRUSTED_PROXIES, entries) => {
    expect(settings({ TRUSTED_PROXIES }).TRUSTED_PROXIES).toEqual(entries)
  })

  test.each(['localhost', '10.0.0.0/33', '10.0.0/8', '::1/129', '10.0.0.0/', '1.2.3.4/8/8'])(
    'TRUSTED_PROXIES cannot be %s',
    (TRUSTED_PROXIES) => {
      expect(faults({ TRUSTED_PROXIES })).toHaveLength(1)
    },
  )

  test.each([
    ['/var/backups/directory', '/var/backups/directory'],
    ['./backups', '/srv/directory/backups'],
  ])('BACKUP_DIR %s is the folder %s', (BACKUP_DIR, folder) => {
    expect(settings({ BACKUP_DIR }).BACKUP_DIR).toBe(folder)
  })

  test('BACKUP_KEEP is three numbers, of days, weeks and months', () => {
    expect(settings({ BACKUP_KEEP: '14, 8 24' }).BACKUP_KEEP).toEqual({
      days: 14,
      weeks: 8,
      months: 24,
    })
  })

  test.each([
    { BACKUP_EVERY_HOURS: '0' },
    { BACKUP_EVERY_HOURS: '745' },
    { BACKUP_EVERY_HOURS: '1.5' },
    { BACKUP_KEEP: '7 4' },
    { BACKUP_KEEP: '7 4 -1' },
    { BACKUP_DIR: 'a\nb' },
  ])('%j is refused', (source) => {
    expect(faults(source)).toHaveLength(1)
  })

  test('a fault of BACKUP_PASSPHRASE never shows it', () => {
    expect(faults({ BACKUP_PASSPHRASE: 'lanterne\nrouge' })).toEqual([
      'BACKUP_PASSPHRASE: must be one line of text',
    ])
  })

  test('the default origin follows the port', () => {
    expect(settings({ PORT: '8080' }).PUBLIC_ORIGIN).toBe('http://localhost:8080')
  })

  test('nothing is logged in tests unless it is asked for', () => {
    expect(settings({ NODE_ENV: 'test' }).LOG_LEVEL).toBe('silent')
    expect(settings({ NODE_ENV: 'test', LOG_LEVEL: 'debug' }).LOG_LEVEL).toBe('debug')
  })
})

describe('secrets', () => {
  let folder = ''
  let file = ''
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'directory-secrets-'))
    file = path.join(folder, 'data', 'secrets.json')
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })
  const key = (letter: string) => Buffer.alloc(32, letter).toString('base64')

  test('are made once, for the owner’s eyes only, each 32 bytes of its own', () => {
    const first = loadSecrets({}, file)
    expect(first).toEqual(loadSecrets({}, file))
    expect(statSync(file).mode & 0o777).toBe(0o600)
    if (!first.ok) throw new Error(first.faults.join('\n'))
    const values = Object.values(first.secrets)
    expect(values.map((value) => Buffer.from(value, 'base64').length)).toEqual([32, 32, 32])
    expect(new Set(values).size).toBe(3)
  })

  test('the environment overrides the file, each by itself', () => {
    const stored = loadSecrets({}, file)
    if (!stored.ok) throw new Error(stored.faults.join('\n'))
    expect(loadSecrets({ FACTOR_KEY: key('f'), SESSION_SECRET: '' }, file)).toEqual({
      ok: true,
      secrets: { ...stored.secrets, FACTOR_KEY: key('f') },
    })
  })

  test('given all three, no file is made', () => {
    const given = {
      SESSION_SECRET: key('s'),
      FACTOR_KEY: key('f'),
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: key('n'),
    }
    expect(loadSecrets(given, file)).toEqual({ ok: true, secrets: given })
    expect(existsSync(file)).toBe(false)
  })

  test('that are not right are named and never shown', () => {
    loadSecrets({}, file)
    const stored = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
    writeFileSync(file, JSON.stringify({ ...stored, FACTOR_KEY: 'short' }))
    expect(loadSecrets({ SESSION_SECRET: 'password' }, file)).toEqual({
      ok: false,
      faults: [
        'SESSION_SECRET: must be 32 bytes in base64',
        `${file}: FACTOR_KEY: must be 32 bytes in base64`,
      ],
    })
    writeFileSync(file, '{"SESSION_')
    expect(loadSecrets({}, file)).toEqual({
      ok: false,
      faults: [`${file}: must be a file that can be written and read, and hold JSON`],
    })
  })
})
