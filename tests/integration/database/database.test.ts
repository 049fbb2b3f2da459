import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { reader, writer } from '@/lib/database/client'
import { migrate } from '@/lib/database/migrate'
import { env } from '@/lib/env'
import { freshDatabase, rows } from '@/tests/support/database'
import { givenProfile } from '@/tests/support/profiles'
import { schemaSql } from '@/tests/support/schema-sql'

const migrations = join(env.root, 'prisma/migrations')

describe('the connection', () => {
  beforeEach(freshDatabase)

  test.each([writer, reader])(
    'writes ahead, syncs fully and keeps foreign keys',
    async (client) => {
      const pragma = async (name: string) => {
        const [row] = await client().$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`)
        return String(Object.values(row ?? {})[0])
      }
      expect(await pragma('journal_mode')).toBe('wal')
      expect(await pragma('synchronous')).toBe('2')
      expect(await pragma('foreign_keys')).toBe('1')
    },
  )

  test('the reader cannot write', async () => {
    await expect(
      reader().$executeRaw`UPDATE "ContentVersion" SET "contentVersion" = 9`,
    ).rejects.toThrow()
  })

  test('200 rolled-back transactions beside 200 plain updates: none lost, none dirty', async () => {
    const profiles = await Promise.all(
      Array.from({ length: 200 }, (_, index) => givenProfile({ name: `Fictive ${index}` })),
    )
    const dirty: string[] = []
    const rolledBack = profiles.map(async ({ id }) => {
      const attempt = writer().$transaction(async (tx) => {
        await tx.organisation.update({ where: { id }, data: { name: 'DIRTY' } })
        await tx.organisation.update({ where: { id }, data: { region: 'DIRTY' } })
        throw new Error('rolled back on purpose')
      })
      await expect(attempt).rejects.toThrow('rolled back on purpose')
    })
    const updated = profiles.map(async ({ id }, index) => {
      await writer().organisation.update({ where: { id }, data: { confirmedBy: `kept ${index}` } })
      const seen = await writer().organisation.findUniqueOrThrow({ where: { id } })
      if (seen.name === 'DIRTY' || seen.region === 'DIRTY') dirty.push(id)
    })
    await Promise.all([...rolledBack, ...updated])

    const after = await writer().organisation.findMany()
    expect(after.filter(({ confirmedBy }) => !confirmedBy?.startsWith('kept'))).toHaveLength(0)
    expect(after.filter(({ name }) => name === 'DIRTY')).toHaveLength(0)
    expect(dirty).toHaveLength(0)
  })

  test('public reads do not wait for a long write', async () => {
    const { id } = await givenProfile()
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let started = (): void => undefined
    const running = new Promise<void>((resolve) => {
      started = resolve
    })
    const write = writer().$transaction(async (tx) => {
      await tx.organisation.update({ where: { id }, data: { name: 'Not yet' } })
      started()
      await held
    })
    await running
    // The write is open: a read that waited for it would never come back.
    const seen = await reader().organisation.findUniqueOrThrow({ where: { id } })
    expect(seen.name).toBe('Collectif Lanterne')
    release()
    await write
    const after = await reader().organisation.findUniqueOrThrow({ where: { id } })
    expect(after.name).toBe('Not yet')
  })

  test('a transaction that fails leaves the connection usable', async () => {
    await expect(
      writer().$transaction((tx) => tx.$executeRaw`INSERT INTO "Nowhere" VALUES (1)`),
    ).rejects.toThrow()
    await expect(givenProfile()).resolves.toMatchObject({ ok: true })
  })
})

describe('migrations', () => {
  let folder: string
  let file: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'directory-migrations-'))
    file = join(folder, 'data', 'test.db')
  })

  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  function write(name: string, sql: string) {
    mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, name, 'migration.sql'), sql)
  }

  function tables(database: Database.Database): Record<string, unknown> {
    const names = database
      .prepare<[], { name: string }>(
        `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         AND name NOT LIKE 'SearchIndex%' AND name <> '_prisma_migrations' ORDER BY name`,
      )
      .all()
    return Object.fromEntries(
      names.map(({ name }) => [
        name,
        {
          columns: database.pragma(`table_info("${name}")`),
          references: database.pragma(`foreign_key_list("${name}")`),
          indexes: (database.pragma(`index_list("${name}")`) as { name: string }[])
            .map((index) => [index, database.pragma(`index_info("${index.name}")`)])
            .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
        },
      ]),
    )
  }

  test('give the database that the schema describes', async () => {
    migrate(file, migrations)
    const migrated = new Database(file)
    const described = new Database(':memory:')
    described.exec(await schemaSql())
    const inSchema = tables(described)
    expect(Object.keys(inSchema)).toContain('Organisation')
    expect(tables(migrated)).toEqual(inSchema)
    migrated.close()
    described.close()
  })

  test('leave every trigger in place', () => {
    migrate(file, migrations)
    const database = new Database(file)
    const triggers = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
      .pluck()
      .all()
    database.close()
    expect(triggers).toEqual([
      'AuditEntry_refuses_delete',
      'AuditEntry_refuses_replace',
      'AuditEntry_refuses_update',
      'ContentVersion_refuses_delete',
      'Erasure_refuses_delete',
      'Erasure_refuses_replace',
      'Erasure_refuses_update',
      'Organisation_deletes_search_document',
      'Organisation_never_becomes_fictional',
      'Organisation_refuses_held_listed',
      'Revision_refuses_delete',
      'Revision_refuses_replace',
      'Revision_refuses_update',
      'SearchDocument_deletes_index_row',
      'SearchDocument_writes_tombstone',
    ])
  })

  test('are applied once', () => {
    const names = readdirSync(migrations, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
    expect(migrate(file, migrations)).toEqual({ ok: true, applied: names.sort() })
    expect(migrate(file, migrations)).toEqual({ ok: true, applied: [] })
  })

  test('that rebuild a table keep its child rows', () => {
    write(
      '1_tables',
      `CREATE TABLE parent (id INTEGER PRIMARY KEY);
       CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parent(id) ON DELETE CASCADE);
       INSERT INTO parent VALUES (1), (2); INSERT INTO child VALUES (1, 1), (2, 1), (3, 2);`,
    )
    migrate(file, folder)
    write(
      '2_rebuild',
      `PRAGMA foreign_keys=OFF;
       CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name TEXT);
       INSERT INTO new_parent (id) SELECT id FROM parent;
       DROP TABLE parent; ALTER TABLE new_parent RENAME TO parent;
       PRAGMA foreign_keys=ON;`,
    )
    expect(migrate(file, folder)).toEqual({ ok: true, applied: ['2_rebuild'] })
    const database = new Database(file)
    expect(database.prepare('SELECT count(*) FROM child').pluck().get()).toBe(3)
    database.close()
  })

  test('that leave rows pointing nowhere are rolled back', () => {
    write(
      '1_tables',
      `CREATE TABLE parent (id INTEGER PRIMARY KEY);
       CREATE TABLE child (parent INTEGER REFERENCES parent(id));
       INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1);`,
    )
    migrate(file, folder)
    write('2_break', 'DELETE FROM parent')
    expect(migrate(file, folder)).toEqual({
      ok: false,
      reason: 'brokenReferences',
      migration: '2_break',
    })
    const database = new Database(file)
    expect(database.prepare('SELECT count(*) FROM parent').pluck().get()).toBe(1)
    database.close()
  })

  test('that were changed afterwards, or come from a newer program, are refused', () => {
    write('1_tables', 'CREATE TABLE one (id INTEGER)')
    write('2_more', 'CREATE TABLE two (id INTEGER)')
    migrate(file, folder)
    write('1_tables', 'CREATE TABLE other (id INTEGER)')
    expect(migrate(file, folder)).toMatchObject({ ok: false, reason: 'changed' })
    write('1_tables', 'CREATE TABLE one (id INTEGER)')
    rmSync(join(folder, '2_more'), { recursive: true })
    expect(migrate(file, folder)).toEqual({ ok: false, reason: 'newer', migration: '2_more' })
    // Another first migration: made before all of this program's.
    write('1_tables', 'CREATE TABLE other (id INTEGER)')
    expect(migrate(file, folder)).toEqual({ ok: false, reason: 'older', migration: '2_more' })
  })

  test('killed half way leave the state before or after, never between', async () => {
    // Long enough that the kill falls inside; the second table exists only with all its rows.
    write('1_tables', 'CREATE TABLE one (id INTEGER)')
    write(
      '2_long',
      `CREATE TABLE two (id INTEGER);
       INSERT INTO two WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1500000) SELECT i FROM n;
       INSERT INTO one VALUES (1);`,
    )
    const script = `import { migrate } from '@/lib/database/migrate'; process.stdout.write('go'); migrate(${JSON.stringify(file)}, ${JSON.stringify(folder)}); process.stdout.write('end')`
    // Killed before the first byte of it is written, and in the middle of it.
    for (const written of [0, 2 ** 20]) {
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '-e', script],
        {
          cwd: env.root,
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      )
      await new Promise((resolve) => child.stdout.once('data', resolve))
      const ended = new Promise((resolve) => child.once('exit', resolve))
      const isWritten = () =>
        written === 0 || (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > written
      await vi.waitFor(() => expect(isWritten()).toBe(true), { timeout: 30_000, interval: 2 })
      child.kill('SIGKILL')
      await ended
    }
    const outcome = migrate(file, folder)
    expect(outcome.ok).toBe(true)
    const database = new Database(file)
    expect(database.prepare('SELECT count(*) FROM one').pluck().get()).toBe(1)
    expect(database.prepare('SELECT count(*) FROM two').pluck().get()).toBe(1_500_000)
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
    database.close()
  })
})

test('the worker of a test starts from an empty directory', async () => {
  await freshDatabase()
  expect(rows('SELECT * FROM "Organisation"')).toEqual([])
})
