import { spawnSync } from 'node:child_process'
import { beforeEach, describe, expect, test } from 'vitest'
import { reader, writer } from '@/lib/database/client'
import { env } from '@/lib/env'
import { acquireLease } from '@/lib/database/lease'
import { hideProfile } from '@/lib/organisations/publish'
import { saveProfile } from '@/lib/organisations/save'
import { rebuildSearchIndex, rebuildWithLease } from '@/lib/organisations/reindex'
import { reindexCommand } from '@/cli/reindex'
import { toIndexRows } from '@/lib/organisations/search-text'
import { INDEX_VERSION } from '@/lib/search/analyze'
import { search } from '@/lib/search/search'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

const MANY = 60

beforeEach(async () => {
  await freshDatabase()
  for (let count = 0; count < MANY; count++) await givenProfile({ name: `Lanterne ${count}` })
})

/** As an older program left them: without stems and groups. */
function makeOld(): void {
  execute(`INSERT OR REPLACE INTO "SearchIndex" (rowid, names, places, answers)
      SELECT "id", 'lanterne', 'burundi', 'femmes' FROM "SearchDocument";
    UPDATE "SearchDocument" SET "indexVersion" = 1`)
}

function ids() {
  return rows('SELECT "id", "organisationId" FROM "SearchDocument" ORDER BY "id"')
}

function outdated(): number {
  return rows(`SELECT 1 FROM "SearchDocument" WHERE "indexVersion" < ${INDEX_VERSION}`).length
}

async function count(q: string): Promise<number> {
  return (await search(reader(), q)).documents.length
}

describe('documents of an older analysis', () => {
  test('are found until they are made again, and keep their ids', async () => {
    const before = ids()
    makeOld()
    expect(await count('lanterne')).toBe(MANY)
    expect(await count('women')).toBe(0)
    expect(await rebuildSearchIndex('outdated')).toBe(MANY)
    expect(await count('lanterne')).toBe(MANY)
    expect(await count('woman')).toBe(MANY)
    expect(ids()).toEqual(before)
    expect(outdated()).toBe(0)
    expect(await rebuildSearchIndex('outdated')).toBe(0)
  })

  test('stopped half way the work goes on where it was, and searches are answered meanwhile', async () => {
    makeOld()
    const seen: number[] = []
    await rebuildSearchIndex('outdated', async (done) => {
      seen.push(await count('lanterne'))
      return done < 25
    })
    expect(seen).toEqual([MANY])
    expect(outdated()).toBe(MANY - 25)
    expect(await rebuildSearchIndex('outdated')).toBe(MANY - 25)
  })

  test('are made again by one process at a time; two at once do no harm', async () => {
    makeOld()
    await acquireLease('reindex', 'other', 60_000)
    expect(await rebuildWithLease('mine', () => false)).toBe(0)
    expect(outdated()).toBe(MANY)
    await Promise.all([
      rebuildSearchIndex('outdated'),
      rebuildSearchIndex('outdated'),
      rebuildSearchIndex('all'),
    ])
    expect(outdated()).toBe(0)
    expect(await count('woman')).toBe(MANY)
  })

  test('the job of a process that died is free after a while', async () => {
    makeOld()
    await acquireLease('reindex', 'dead', 60_000, new Date(Date.now() - 61_000))
    expect(await rebuildWithLease('mine', () => false)).toBe(MANY)
    expect(rows('SELECT * FROM "JobLease"')).toEqual([])
  })
})

describe('while the index is made', () => {
  test('what was saved or hidden after it was read stays as it was saved', async () => {
    const changed = await givenProfile({ name: 'Ancienne canarix' })
    const hidden = await givenProfile({ name: 'Cachée canarix' })
    await rebuildSearchIndex('all', undefined, async (profiles) => {
      await hideProfile(administrator, { id: hidden.id, reason: 'test' })
      await saveProfile(administrator, {
        profile: { id: changed.id, version: changed.version },
        content: content({ name: 'Nouvelle merlanix' }),
        reason: 'edit',
      })
      return toIndexRows(profiles)
    })
    expect(await count('canarix')).toBe(0)
    expect(await count('merlanix')).toBe(1)
    expect(await count('lanterne')).toBe(MANY)
  })

  test('a text of the next part that is saved or hidden while one is written is made by its own save', async () => {
    makeOld()
    const ofNext = rows<{ id: string; version: number }>(
      `SELECT o."id", o."version" FROM "SearchDocument" d JOIN "Organisation" o ON o."id" = d."organisationId"
      ORDER BY d."id" LIMIT 2 OFFSET 30`,
    )
    const [changed, hidden] = ofNext
    if (!changed || !hidden) throw new Error('no next part')
    const seen: number[] = []
    await rebuildSearchIndex('outdated', async (done) => {
      seen.push(done)
      if (seen.length > 1) return true
      await hideProfile(administrator, { id: hidden.id, reason: 'test' })
      const saved = { profile: changed, content: content({ name: 'Merlanix' }), reason: 'edit' }
      return (await saveProfile(administrator, saved)).ok
    })
    expect(seen).toEqual([25, 50, 58])
    expect(outdated()).toBe(0)
    expect(await count('lanterne')).toBe(MANY - 2)
    expect(await count('merlanix')).toBe(1)
  })

  test('a run that failed leaves what was there, and the site makes the rest', async () => {
    await writer().searchDocument.deleteMany({ where: { id: { lte: MANY / 2 } } })
    const failed = rebuildSearchIndex('all', undefined, () => {
      throw new Error('analysis failed')
    })
    await expect(failed).rejects.toThrow('analysis failed')
    expect(await count('lanterne')).toBe(MANY / 2)
    expect(await rebuildSearchIndex('outdated')).toBe(MANY / 2)
    expect(await count('lanterne')).toBe(MANY)
  })
})

test('the index is made: names, places and answers, each in its column', async () => {
  await writer().searchDocument.deleteMany()
  await givenProfile({ name: 'Œil d’été', aliases: ['Око літа'], country: 'CI' })
  await rebuildSearchIndex('all')
  const found = (expression: string) =>
    rows(`SELECT rowid FROM "SearchIndex" WHERE "SearchIndex" MATCH '${expression}'`).length
  expect(found('names : "oeil d ete"')).toBe(1)
  expect(found('names : "око"')).toBe(1)
  expect(found('names : "lanterne"')).toBe(MANY)
  expect(found('places : "cote d ivoire"')).toBe(1)
  expect(found('answers : "femmes"')).toBe(MANY + 1)
  expect(found('{names places} : "femmes"')).toBe(0)
  expect(found('{places answers} : "lanterne"')).toBe(0)
})

test('only listed profiles get a document, whatever the table says', async () => {
  const { id } = await givenProfile({ name: 'Cachée canarix' })
  await hideProfile(administrator, { id, reason: 'test' })
  await givenProfile({ name: 'Brouillon canarix' }, 'draft')
  await rebuildSearchIndex('all')
  expect(await count('canarix')).toBe(0)
  expect(ids()).toHaveLength(MANY)
})

test('the command makes all documents again, those that were lost too', async () => {
  await writer().searchDocument.deleteMany()
  expect(await count('lanterne')).toBe(0)
  const version = () => rows<{ contentVersion: number }>('SELECT * FROM "ContentVersion"')[0]
  const before = version()?.contentVersion ?? 0
  expect(await reindexCommand([])).toBe(0)
  expect(await count('lanterne')).toBe(MANY)
  // When those that were missing came, and when all were made.
  expect(version()?.contentVersion).toBe(before + 2)
  // Whoever saves next gets an index that looks after itself.
  expect(rows(`SELECT k, v FROM "SearchIndex_config" WHERE k <> 'version' ORDER BY k`)).toEqual([
    { k: 'automerge', v: 4 },
    { k: 'crisismerge', v: 256 },
    { k: 'deletemerge', v: 10 },
    { k: 'hashsize', v: 2 ** 20 },
  ])
  expect(await reindexCommand(['--what'])).toBe(1)
})

test('the command as it is run makes them, too', () => {
  execute('UPDATE "SearchDocument" SET "indexVersion" = 1')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'cli/reindex.ts'],
    { cwd: env.root, encoding: 'utf8' },
  )
  expect({ status, faults: stderr.replace(/^\d+ .+\n/, '') }).toEqual({ status: 0, faults: '' })
  expect(stdout).toMatch(/^60 /)
  expect(outdated()).toBe(0)
})
