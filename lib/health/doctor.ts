import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { verifyAudit } from '@/lib/audit/verify'
import { findBackups } from '@/lib/database/backup-files'
import { openCopyReadOnly, type PrismaClient } from '@/lib/database/client'
import { freeBytes } from '@/lib/database/durable-file'
import { examineDatabase } from '@/lib/database/integrity-check'
import { checkDatabasePath } from '@/lib/database/check-path'
import { findSchemaDrift } from '@/lib/database/check-schema'
import { env, secretsInEnvironment } from '@/lib/env'
import { verifyRevisions } from '@/lib/revisions/verify'
import { INDEX_VERSION } from '@/lib/search/analyze'
import { CHECKS, finding, type Finding } from './findings'
import { isSmtpReachable } from './smtp-check'
import { compareMigrations } from './migrations'

const MEGABYTE = 1024 * 1024
const LOW_DISK_BYTES = 200 * MEGABYTE
const FULL_DISK_BYTES = 16 * MEGABYTE
const HOUR = 60 * 60 * 1000
/** Clocks of two machines may differ by this much. */
const CLOCK_TOLERANCE_MS = 60_000

type DoctorContext = {
  nodeVersion: string
  now: Date
}

/**
 * Checks everything that a site needs to keep working, and changes nothing.
 *
 * @returns the findings in the order of `CHECKS`; checks of the database's content are left out if it
 *   cannot be read
 */
export async function runDoctor(
  { nodeVersion, now }: DoctorContext = {
    nodeVersion: process.versions.node,
    now: new Date(),
  },
): Promise<Finding[]> {
  const findings = [
    settings(),
    ...settingsWithoutEffect(),
    nodeVersionFinding(nodeVersion),
    disk(),
    folder(),
    origin(),
    backups(now),
    secretsFile(),
    await mail(),
    ...(await database(now)),
  ]
  return findings.sort((a, b) => CHECKS.indexOf(a.check) - CHECKS.indexOf(b.check))
}

function settings(): Finding {
  const settings = {
    SITE_NAME: env.SITE_NAME,
    NETWORK_NAME: env.NETWORK_NAME,
    CONTACT_EMAIL: env.CONTACT_EMAIL,
  }
  const missing = Object.entries(settings).flatMap(([name, value]) =>
    value === null ? [name] : [],
  )
  if (!env.publicOriginIsSet) missing.unshift('PUBLIC_ORIGIN')
  return missing.length === 0
    ? finding('settingsSet')
    : finding('settingsMissing', { names: missing.join(', ') })
}

function settingsWithoutEffect(): Finding[] {
  return env.WORKERS === null ? [] : [finding('settingWithoutEffect', { name: 'WORKERS' })]
}

function nodeVersionFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const fits = major > 20 || (major === 20 && minor >= 19)
  return finding(fits ? 'nodeFits' : 'nodeTooOld', { version })
}

/** The folder of the database, or its nearest parent that exists. */
function dataFolder(): string {
  let folder = path.dirname(env.databaseFile)
  while (!existsSync(folder) && folder !== path.dirname(folder)) folder = path.dirname(folder)
  return folder
}

function disk(): Finding {
  const folder = dataFolder()
  const free = freeBytes(folder)
  const values = { folder, megabytes: Math.floor(free / MEGABYTE) }
  if (free < FULL_DISK_BYTES) return finding('diskFull', values)
  return finding(free < LOW_DISK_BYTES ? 'diskLow' : 'diskHasRoom', values)
}

function folder(): Finding {
  const unusable = checkDatabasePath(env.databaseFile)
  if (unusable === null) return finding('folderWritable', { folder: dataFolder() })
  const { place, owner, user } = unusable
  return finding('folderNotWritable', { place, owner, user })
}

function origin(): Finding {
  const isHttps = env.PUBLIC_ORIGIN.startsWith('https:')
  return finding(isHttps ? 'originIsHttps' : 'originNotHttps', { origin: env.PUBLIC_ORIGIN })
}

function backups(now: Date): Finding {
  const folder = env.BACKUP_DIR
  if (folder === null) return finding('backupsUnset')
  if (!existsSync(folder)) return finding('backupsFolderMissing', { folder })
  const last = findBackups(folder).at(-1)
  if (last === undefined) return finding('backupsNone', { folder })
  const hours = Math.max(0, Math.floor((now.getTime() - last.at.getTime()) / HOUR))
  const isOld = hours >= 2 * env.BACKUP_EVERY_HOURS
  return finding(isOld ? 'backupsOld' : 'backupsRecent', { hours, file: last.file })
}

function secretsFile(): Finding {
  const file = env.secretsFile
  if (!existsSync(file)) {
    return finding(secretsInEnvironment() ? 'secretsFromEnvironment' : 'secretsNone', { file })
  }
  const mode = statSync(file).mode & 0o777
  if ((mode & 0o077) !== 0) return finding('secretsReadable', { file })
  const isBeside = env.BACKUP_DIR !== null && !path.relative(env.BACKUP_DIR, file).startsWith('..')
  if (isBeside) return finding('secretsBesideBackups', { file })
  const tracked = spawnSync('git', ['ls-files', '--error-unmatch', file], { cwd: env.root })
  return finding(tracked.status === 0 ? 'secretsInRepository' : 'secretsApart', { file })
}

async function mail(): Promise<Finding> {
  if (env.SMTP_URL === null) return finding('mailUnset')
  const { host } = new URL(env.SMTP_URL)
  return finding((await isSmtpReachable(env.SMTP_URL)) ? 'mailAnswers' : 'mailSilent', { host })
}

async function database(now: Date): Promise<Finding[]> {
  const file = env.databaseFile
  if (!existsSync(file)) return [finding('noDatabase', { file })]
  // Said by `folder`.
  if (checkDatabasePath(file) !== null) return []
  const examined = examineDatabase(file)
  if (!examined.ok) return [finding(examined.reason, { file })]
  if (!examined.isDirectory) return [finding('notADatabase', { file })]
  const whole = finding('databaseWhole', { file, ...examined.counts })
  const client = openCopyReadOnly(file)
  try {
    const migrations = await compareMigrations(client)
    if (migrations.state === 'other') {
      return [whole, finding('migrationsOfOther', { names: migrations.names.join(', ') })]
    }
    if (migrations.state === 'waiting') {
      return [whole, finding('migrationsWaiting', { names: migrations.names.join(', ') })]
    }
    return [
      whole,
      finding('migrationsApplied'),
      schema(file),
      await chains(client),
      await search(client),
      await clock(client, now),
      await people(client),
    ]
  } finally {
    await client.$disconnect()
  }
}

function schema(file: string): Finding {
  const different = findSchemaDrift(file, env.migrationsFolder)
  return different.length === 0
    ? finding('schemaComplete')
    : finding('schemaDiffers', { names: different.join(', ') })
}

async function chains(client: PrismaClient): Promise<Finding> {
  const audit = await verifyAudit(client)
  const revisions = await verifyRevisions(client)
  return audit.ok && revisions.ok
    ? finding('chainsIntact', { entries: audit.checked, revisions: revisions.checked })
    : finding('chainsBroken')
}

async function search(client: PrismaClient): Promise<Finding> {
  const listed = await client.organisation.count({ where: { status: 'listed' } })
  const current = await client.searchDocument.count({ where: { indexVersion: INDEX_VERSION } })
  return current === listed
    ? finding('searchCurrent', { count: current })
    : finding('searchOutdated', { count: Math.abs(listed - current) })
}

async function clock(client: PrismaClient, now: Date): Promise<Finding> {
  const revision = await client.revision.aggregate({ _max: { createdAt: true } })
  const entry = await client.auditEntry.aggregate({ _max: { createdAt: true } })
  const newest = Math.max(
    revision._max.createdAt?.getTime() ?? 0,
    entry._max.createdAt?.getTime() ?? 0,
  )
  const behind = newest - now.getTime()
  if (behind <= CLOCK_TOLERANCE_MS) return finding('clockAhead')
  return finding('clockBehind', { minutes: Math.ceil(behind / 60_000) })
}

async function people(client: PrismaClient): Promise<Finding> {
  const administrators = { role: 'administrator' as const, disabledAt: null }
  const count = await client.user.count({ where: administrators })
  if (count === 0) return finding('nobody')
  const unsafe = await client.user.count({ where: { ...administrators, twoFactorEnabled: false } })
  const others = await client.user.count({ where: { disabledAt: null } })
  return unsafe > 0
    ? finding('withoutFactor', { count: unsafe })
    : finding('peopleSafe', { administrators: count, people: others })
}
