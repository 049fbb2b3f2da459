/* eslint-disable max-lines -- the settings are one list, each with its type, default and message */
import { randomBytes } from 'node:crypto'
import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { isIP, isIPv6 } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** What the process may read of its surroundings: `process.env`, or a stand-in with the same names. */
type Environment = Readonly<Record<string, string | undefined>>

/** Sign sessions, encrypt factors, seal Server Actions: 32 bytes in base64 each. */
export type Secrets = {
  SESSION_SECRET: string
  FACTOR_KEY: string
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: string
}

const secretNames = ['SESSION_SECRET', 'FACTOR_KEY', 'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY'] as const
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** An empty value counts as missing: that is how a setting of `.env` is switched off from outside. */
function emptyAsUnset<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    schema,
  )
}

function parseOrigin(value: string): string | null {
  if (!URL.canParse(value)) return null
  const url = new URL(value)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  return isWeb && url.href === `${url.origin}/` ? url.origin : null
}

/** Where the link to leave leads: a page of the web; null where it is switched off. */
function parseExitUrl(value: string): string | null | undefined {
  if (value.trim().toLowerCase() === 'off') return null
  if (!URL.canParse(value)) return undefined
  const url = new URL(value)
  const isPage = url.protocol === 'https:' && url.username === '' && url.password === ''
  return isPage ? url.href : undefined
}

/** A mail server by its address: `smtp` speaks TLS when the server offers it, `smtps` from the start. */
function isSmtpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  const isPlain = url.pathname === '' || url.pathname === '/'
  if (!['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '' || !isPlain) return false
  if (url.search !== '' || url.hash !== '') return false
  return (url.username === '') === (url.password === '') && isDecodable(url.username, url.password)
}

function isDecodable(...texts: string[]): boolean {
  try {
    return texts.every((text) => typeof decodeURIComponent(text) === 'string')
  } catch {
    return false
  }
}

/** An address alone, or a name and the address in angle brackets. */
function isSender(value: string): boolean {
  const [, address = value] = /^[^<>"\p{Cc}]{1,120} <([^<>]+)>$/u.exec(value) ?? []
  return z.email().safeParse(address).success
}

/** An IP address, or a network by its first address and the number of bits. */
function isIpOrCidr(value: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(value) ?? []
  return isIP(address) !== 0 && Number(bits ?? 0) <= (isIPv6(address) ? 128 : 32)
}

const oneLine = z
  .string()
  .trim()
  .regex(/^\P{Cc}{1,120}$/u, { error: 'must be one line of at most 120 characters' })

const settingsSchema = z.object({
  PORT: emptyAsUnset(
    z
      .string()
      .refine((value) => /^\d{1,5}$/.test(value) && Number(value) > 0 && Number(value) < 65536, {
        error: 'must be a whole number from 1 to 65535',
      })
      .transform(Number)
      .default(3000),
  ),
  HOST: emptyAsUnset(
    z
      .string()
      .regex(/^[A-Za-z0-9.:_-]+$/, { error: 'must be a host name or an IP address without a port' })
      .default('127.0.0.1'),
  ),
  WORKERS: emptyAsUnset(z.string().optional()),
  DATABASE_URL: emptyAsUnset(
    z
      .string()
      .regex(/^file:[^?#]*[^?#/\\]$/, {
        error: 'must be file: and the path of a file, such as file:./data/directory.db',
      })
      .default('file:./data/directory.db'),
  ),
  PUBLIC_ORIGIN: emptyAsUnset(
    z
      .string()
      .refine((value) => parseOrigin(value) !== null, {
        error: 'must be http:// or https:// and a host, such as https://directory.example.org',
      })
      .transform((value) => parseOrigin(value) ?? value)
      .optional(),
  ),
  TRUSTED_PROXIES: emptyAsUnset(
    z
      .string()
      .default('')
      .transform((value) => value.split(/[\s,]+/).filter((entry) => entry !== ''))
      .refine((entries) => entries.every(isIpOrCidr), {
        error: 'must be IP addresses or networks, such as 127.0.0.1, 10.0.0.0/8',
      }),
  ),
  SITE_NAME: emptyAsUnset(oneLine.optional()),
  NETWORK_NAME: emptyAsUnset(oneLine.optional()),
  CONTACT_EMAIL: emptyAsUnset(
    z.email({ error: 'must be one e-mail address, such as desk@example.org' }).optional(),
  ),
  SMTP_URL: emptyAsUnset(
    z
      .string()
      .refine(isSmtpUrl, {
        error:
          'must be smtp:// or smtps://, with name and password or without, a host and a port, such as smtp://name:password@mail.example.org:587',
      })
      .optional(),
  ),
  SMTP_FROM: emptyAsUnset(
    z
      .string()
      .trim()
      .refine(isSender, {
        error: 'must be an e-mail address, or a name and <address>, on one line',
      })
      .optional(),
  ),
  BACKUP_DIR: emptyAsUnset(
    z
      .string()
      .regex(/^\P{Cc}+$/u, {
        error: 'must be the path of a folder, such as /var/backups/directory',
      })
      .optional(),
  ),
  BACKUP_EVERY_HOURS: emptyAsUnset(
    z
      .string()
      .refine((value) => /^\d{1,4}$/.test(value) && Number(value) > 0 && Number(value) <= 744, {
        error: 'must be a whole number of hours from 1 to 744',
      })
      .transform(Number)
      .default(24),
  ),
  BACKUP_KEEP: emptyAsUnset(
    z
      .string()
      .default('7 4 12')
      .transform((value) => value.split(/[\s,]+/).filter((part) => part !== ''))
      .refine((parts) => parts.length === 3 && parts.every((part) => /^\d{1,3}$/.test(part)), {
        error: 'must be three numbers, of days, weeks and months, such as 7 4 12',
      })
      .transform(([days, weeks, months]) => ({
        days: Number(days),
        weeks: Number(weeks),
        months: Number(months),
      })),
  ),
  BACKUP_PASSPHRASE: emptyAsUnset(
    z
      .string()
      .regex(/^\P{Cc}+$/u, { error: 'must be one line of text' })
      .optional(),
  ),
  EXIT_URL: emptyAsUnset(
    z
      .string()
      .refine((value) => parseExitUrl(value) !== undefined, {
        error: 'must be off, or the https:// address of a page without a name and password',
      })
      .transform((value) => parseExitUrl(value) ?? null)
      // Light, without advertising, plausible on any screen, in the reader's own languages.
      .default('https://www.wikipedia.org/'),
  ),
  NEXT_DIST_DIR: emptyAsUnset(
    z
      .string()
      .regex(/^(?:\.?[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/(?!$)|$))+$/, {
        error: 'must be a folder of the repository, such as .next',
      })
      .default('.next'),
  ),
  NODE_ENV: emptyAsUnset(
    z
      .enum(['production', 'development', 'test'], {
        error: 'must be production, development or test',
      })
      .default('development'),
  ),
  LOG_LEVEL: emptyAsUnset(
    z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }).optional(),
  ),
})

/**
 * The settings of a process.
 *
 * Takes the environment and the absolute path of the repository. Gives every setting with its
 * default filled in, or one line per fault (`NAME: what is wrong`), all of them at once. A text
 * that is missing or empty is `null`.
 */
export function parseSettings(source: Environment, root: string) {
  const parsed = settingsSchema.safeParse(source)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0])
      // It holds a password, or is one.
      if (name === 'SMTP_URL' || name === 'BACKUP_PASSPHRASE') return `${name}: ${issue.message}`
      return `${name}: ${issue.message}, and is ${JSON.stringify(source[name])}`
    })
    return { ok: false as const, faults }
  }
  const { PUBLIC_ORIGIN, SITE_NAME, NETWORK_NAME, CONTACT_EMAIL, LOG_LEVEL, ...others } =
    parsed.data
  const { SMTP_URL, SMTP_FROM, BACKUP_DIR, BACKUP_PASSPHRASE, WORKERS, ...rest } = others
  if (SMTP_URL !== undefined && SMTP_FROM === undefined) {
    return { ok: false as const, faults: ['SMTP_FROM: must be set where SMTP_URL is'] }
  }
  // A server keeps to the copies in its build, whatever changes in the repository meanwhile.
  const ofBuild = (folder: string) => {
    const copy = path.join(root, rest.NEXT_DIST_DIR, folder)
    return existsSync(copy) ? copy : path.join(root, folder)
  }
  return {
    ok: true as const,
    settings: {
      ...rest,
      /** Absolute path of the repository. */
      root,
      /** Absolute path of the database's file. */
      databaseFile: rest.DATABASE_URL.startsWith('file://')
        ? fileURLToPath(rest.DATABASE_URL)
        : path.resolve(root, rest.DATABASE_URL.slice('file:'.length)),
      /** Scheme, host and port, no slash at the end. */
      PUBLIC_ORIGIN: PUBLIC_ORIGIN ?? `http://localhost:${rest.PORT}`,
      /** While it is not, every loopback name at the port counts as the same origin. */
      publicOriginIsSet: PUBLIC_ORIGIN !== undefined,
      /** Does nothing any more; read only so that the start and the doctor can say so. */
      WORKERS: WORKERS ?? null,
      SITE_NAME: SITE_NAME ?? null,
      NETWORK_NAME: NETWORK_NAME ?? null,
      CONTACT_EMAIL: CONTACT_EMAIL ?? null,
      /** Without it no mail is sent. */
      SMTP_URL: SMTP_URL ?? null,
      SMTP_FROM: SMTP_FROM ?? null,
      /** Absolute path of the folder that the site puts its backups into; without it, it makes none. */
      BACKUP_DIR: BACKUP_DIR === undefined ? null : path.resolve(root, BACKUP_DIR),
      /** With it, the backups that the site makes are encrypted and hold the secrets. */
      BACKUP_PASSPHRASE: BACKUP_PASSPHRASE ?? null,
      /** Absolute path of the folder of the migrations. */
      migrationsFolder: ofBuild('prisma/migrations'),
      /** Absolute path of the folder of the one real page that a new directory begins with. */
      seedFolder: ofBuild('prisma/seed'),
      /** Absolute path of the folder of files that are served as they are. */
      publicFolder: ofBuild('public'),
      /** Absolute path of the file of the secrets. */
      secretsFile: path.join(root, 'data', 'secrets.json'),
      LOG_LEVEL: LOG_LEVEL ?? (rest.NODE_ENV === 'test' ? ('silent' as const) : ('info' as const)),
    },
  }
}

/**
 * The secrets: each from the environment, else from the file, which is made (mode 0600, whole or
 * not at all) when it is needed and missing.
 *
 * Takes the environment and the absolute path of the file. Gives base64 of 32 bytes per name, or
 * one line per fault; a fault never shows a value. Two processes at once get the same secrets.
 */
export function loadSecrets(
  source: Environment,
  file: string,
): { ok: true; secrets: Secrets } | { ok: false; faults: string[] } {
  const given = new Map(secretNames.map((name) => [name, source[name]?.trim() || undefined]))
  const stored = [...given.values()].includes(undefined) ? readOrCreateSecrets(file) : {}
  if (stored === null)
    return {
      ok: false,
      faults: [`${file}: must be a file that can be written and read, and hold JSON`],
    }

  const faults: string[] = []
  const secret = (name: keyof Secrets): string => {
    const fromEnvironment = given.get(name)
    const value = fromEnvironment ?? stored[name]
    if (typeof value === 'string' && isKey(value)) return value
    faults.push(`${fromEnvironment ? '' : `${file}: `}${name}: must be 32 bytes in base64`)
    return ''
  }
  const secrets: Secrets = {
    SESSION_SECRET: secret('SESSION_SECRET'),
    FACTOR_KEY: secret('FACTOR_KEY'),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secret('NEXT_SERVER_ACTIONS_ENCRYPTION_KEY'),
  }
  return faults.length === 0 ? { ok: true, secrets } : { ok: false, faults }
}

function isKey(value: string): boolean {
  const bytes = Buffer.from(value, 'base64')
  return bytes.length === 32 && bytes.toString('base64') === value
}

function readOrCreateSecrets(file: string): Readonly<Record<string, unknown>> | null {
  try {
    if (!existsSync(file)) createSecrets(file)
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof content === 'object' && content !== null ? { ...content } : null
  } catch {
    return null
  }
}

function createSecrets(file: string) {
  mkdirSync(path.dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  const content = Object.fromEntries(
    secretNames.map((name) => [name, randomBytes(32).toString('base64')]),
  )
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true })
  try {
    createFileOnce(draft, file)
  } finally {
    rmSync(draft)
  }
}

/** A rename would replace the file of a process that was quicker; a link refuses to. */
function createFileOnce(draft: string, file: string) {
  try {
    linkSync(draft, file)
  } catch (linkError) {
    if (errorCode(linkError) === 'EEXIST') return
    try {
      copyFileSync(draft, file, constants.COPYFILE_EXCL)
    } catch (copyError) {
      if (errorCode(copyError) !== 'EEXIST') throw copyError
    }
  }
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function exitWithFaults(faults: readonly string[]): never {
  process.stderr.write(
    `The settings are not right, so nothing was started:\n${faults.map((fault) => `  ${fault}\n`).join('')}` +
      `Settings come from the environment or from .env; .env.example explains them.\n`,
  )
  process.exit(1)
}

function loadEnv() {
  const root = process.cwd()
  const dotEnv = path.join(root, '.env')
  // A test must not depend on the settings of the machine that it runs on.
  if (process.env['NODE_ENV'] !== 'test' && existsSync(dotEnv)) process.loadEnvFile(dotEnv)
  const parsed = parseSettings(process.env, root)
  return parsed.ok ? parsed.settings : exitWithFaults(parsed.faults)
}

let loadedSecrets: Secrets | undefined

/**
 * The secrets of this process; the first call of the first start writes `data/secrets.json`.
 *
 * Gives base64 of 32 bytes per name. Also hands Next its key, which it reads from `process.env`:
 * the server calls this before it loads Next. Ends the process with a list when they are not right.
 */
export function secrets(): Secrets {
  if (loadedSecrets) return loadedSecrets
  const read = loadSecrets(process.env, env.secretsFile)
  if (!read.ok) return exitWithFaults(read.faults)
  process.env['NEXT_SERVER_ACTIONS_ENCRYPTION_KEY'] =
    read.secrets.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY
  loadedSecrets = read.secrets
  return loadedSecrets
}

/** Whether all secrets come from the environment, so that no file is needed. */
export function secretsInEnvironment(): boolean {
  return secretNames.every((name) => (process.env[name]?.trim() ?? '') !== '')
}

/**
 * Tells Next where it reaches this server itself: after an action that leads on, it asks for the next
 * page there. What it works out by itself has the scheme of the public origin, and https is not
 * spoken here. Called before Next is loaded.
 */
export function setInternalOrigin(): void {
  const host = ['0.0.0.0', '::'].includes(env.HOST) ? '127.0.0.1' : env.HOST
  process.env['__NEXT_PRIVATE_ORIGIN'] =
    `http://${isIPv6(host) ? `[${host}]` : host}:${String(env.PORT)}`
}

/**
 * Hands Next its configuration, as Next's own standalone server does (16.4.6). Else Next compiles
 * `next.config.ts` at each start, with a compiler that stays in memory. Called before Next is loaded.
 */
export function setNextConfig(config: object): void {
  process.env['__NEXT_PRIVATE_STANDALONE_CONFIG'] = JSON.stringify(config)
}

/**
 * The settings of this process, from the environment and `.env`. Importing this module ends the
 * process with a list on stderr when a setting is not right.
 */
export const env = loadEnv()

/**
 * What Node is given to run a command of `cli`: the one of the build that this process runs from, else
 * its source.
 *
 * @param name of the file, without its ending
 */
export function commandArguments(name: 'backup' | 'import' | 'import-pages'): string[] {
  const built = path.join(env.root, env.NEXT_DIST_DIR, 'cli', `${name}.mjs`)
  return existsSync(built) ? [built] : ['--import', 'tsx', `cli/${name}.ts`]
}

/** Where a command was called from: its file arguments are relative to it, its report is in its language. */
export const terminal = {
  /** Absolute path; npm runs every command in the repository and says here where it was called. */
  directory: process.env['INIT_CWD'] ?? process.cwd(),
  /** A language of the interface. */
  language: /^fr(?![a-z])/i.test(
    process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '',
  )
    ? ('fr' as const)
    : ('en' as const),
}
