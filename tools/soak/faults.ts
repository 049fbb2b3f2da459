import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { closeDatabase } from '@/lib/database/client'
import { env } from '@/lib/env'
import { rows } from '@/tests/support/database'
import { sendProfile } from '@/tests/support/desk-over-http'
import { ask } from '@/tests/support/http'
import { writeUntilKilled, type Acknowledged } from '@/tests/support/mixed-writes'
import { runSite } from '@/tests/support/site'
import { hold, needs, since, type Check } from './check'
import { givenDirectory, startSite, withSite } from './on-site'
import { folder } from './surroundings'

const IN_ALL = 60 * 60_000
const typed = (text: string) => ({
  name: `Fictional ${text}`,
  countryName: 'Burundi',
  'answers.who.fr.text': `Texte ${text}.`,
})

function holdAll(acknowledged: readonly Acknowledged[]): void {
  const stored = new Map(
    rows<{ id: string; text: string }>(
      `SELECT o."id", a."text" FROM "Organisation" o JOIN "Answer" a ON a."organisationId" = o."id"
       WHERE a."language" = 'fr'`,
    ).map(({ id, text }) => [id, text]),
  )
  const lost = acknowledged.filter(({ id, texts }) => !texts.includes(stored.get(id) ?? ''))
  hold(lost.length === 0, `${String(lost.length)} acknowledged writes are lost`)
}

function holdIntegrity(): void {
  const [answer] = rows<{ integrity_check: string }>('PRAGMA integrity_check')
  hold(answer?.integrity_check === 'ok', `integrity: ${answer?.integrity_check ?? 'none'}`)
}

const killed: Check = {
  id: 'F1',
  what: 'killed while it writes: all that was acknowledged is there',
  async make({ rounds }) {
    const cookie = await givenDirectory(0)
    const until = performance.now() + IN_ALL
    const acknowledged: Acknowledged[] = []
    let longest = 0
    let made = 0
    let site = await startSite()
    try {
      for (; made < rounds && performance.now() < until; made++) {
        acknowledged.push(...(await writeUntilKilled(site, cookie, made)))
        const began = performance.now()
        site = await startSite()
        longest = Math.max(longest, since(began))
        holdIntegrity()
      }
      holdAll(acknowledged)
    } finally {
      await site.stop()
    }
    hold(longest < 5_000, `took ${String(longest)} ms to be ready again`)
    return `${String(made)} kills, ${String(acknowledged.length)} profiles, ready again in ${String(longest)} ms at the most`
  },
}

const locked: Check = {
  id: 'F4',
  what: 'another process writes for ten seconds',
  make: () =>
    withSite(50, async ({ site, cookie }) => {
      const other = new Database(env.databaseFile)
      other.exec('BEGIN IMMEDIATE')
      const until = performance.now() + 10_000
      let longest = 0
      let refused = 0
      const writing = async () => {
        for (let number = 0; performance.now() < until; number++) {
          const text = `Patience ${String(number)}`
          const answer = await sendProfile(site.baseUrl, cookie, typed(text))
          hold(answer.status === 503, `a write was answered ${String(answer.status)}`)
          hold(answer.headers['retry-after'] !== undefined, 'no Retry-After')
          hold(answer.body.includes(`Texte ${text}.`), 'what was typed is not on the page')
          refused += 1
        }
      }
      const reading = async () => {
        for (let number = 0; performance.now() < until; number++) {
          const began = performance.now()
          const { status } = await ask(
            site.baseUrl,
            `/fr/organisations?q=${number % 2 === 0 ? 'droits' : String(number)}`,
          )
          hold(status === 200, `a reader was answered ${String(status)}`)
          longest = Math.max(longest, since(began))
          await wait(20)
        }
      }
      await Promise.all([writing(), writing(), reading()])
      other.exec('ROLLBACK')
      other.close()
      const after = await sendProfile(site.baseUrl, cookie, typed('Afterwards'))
      hold(after.saved !== null, 'it does not save afterwards')
      hold(longest < 2_500, `a reader waited for ${String(longest)} ms`)
      return `${String(refused)} writes refused, readers waited for ${String(longest)} ms at the most`
    }),
}

const full: Check = {
  id: 'F5',
  what: 'the disk is full',
  missing: () => needs('root', 'mount', 'umount'),
  async make() {
    const cookie = await givenDirectory(50)
    await closeDatabase()
    const disk = path.join(folder, 'small-disk')
    mkdirSync(disk)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', disk])
    hold(mounted.status === 0, `mount: ${mounted.stderr.toString().trim()}`)
    try {
      const file = path.join(disk, 'directory.db')
      new Database(env.databaseFile).exec(`VACUUM INTO '${file}'`).close()
      const site = await runSite({ databaseUrl: `file:${file}`, settings: { LOG_LEVEL: 'warn' } })
      try {
        const filler = path.join(disk, 'filler')
        for (let size = 32; size > 0; size -= 1) {
          try {
            writeFileSync(filler, Buffer.alloc(size * 2 ** 20))
            break
          } catch {
            // Larger than what is left.
          }
        }
        let saved = 0
        let answer = await sendProfile(site.baseUrl, cookie, typed('Number 0'))
        while (answer.saved !== null && saved < 500) {
          saved += 1
          answer = await sendProfile(site.baseUrl, cookie, typed(`Number ${String(saved)}`))
        }
        hold(answer.status === 507, `a write was answered ${String(answer.status)}`)
        hold(answer.body.includes('<form'), 'what was typed is not on the page')
        for (const address of ['/fr', '/en/organisations?q=fictional', '/api/organisations']) {
          const { status } = await ask(site.baseUrl, address)
          hold(status === 200, `${address} was answered ${String(status)}`)
        }
        rmSync(filler)
        const after = await sendProfile(site.baseUrl, cookie, typed('Afterwards'))
        hold(after.saved !== null, `it does not save afterwards: ${String(after.status)}`)
        const database = new Database(file, { readonly: true })
        const integrity = database.pragma('integrity_check', { simple: true })
        const { count } = database
          .prepare<[], { count: number }>(
            `SELECT count(*) AS "count" FROM "Organisation" WHERE "name" LIKE 'Fictional Number %'`,
          )
          .get() ?? { count: -1 }
        database.close()
        hold(integrity === 'ok', `integrity: ${String(integrity)}`)
        hold(count === saved, `${String(saved)} were acknowledged, ${String(count)} are there`)
        return `${String(saved)} saved, then 507, then with room again`
      } finally {
        await site.stop()
      }
    } finally {
      spawnSync('umount', [disk])
    }
  },
}

const unsynced: Check = {
  id: 'F6',
  what: 'the disk cannot keep what is written (fsync answers EIO)',
  missing: () => needs('strace'),
  make: () =>
    withSite(0, async ({ site, cookie }) => {
      const first = await sendProfile(site.baseUrl, cookie, typed('Before'))
      hold(first.saved !== null, 'it does not save before')
      const calls = 'fsync,fdatasync'
      const tracer = spawn(
        'strace',
        ['-f', '-p', String(site.pid), '-e', `trace=${calls}`, '-e', `inject=${calls}:error=EIO`],
        { stdio: ['ignore', 'ignore', 'pipe'] },
      )
      let said = ''
      tracer.stderr.on('data', (words: Buffer) => (said += words.toString()))
      for (let tried = 0; !said.includes('attached') && tried < 100; tried++) await wait(50)
      hold(said.includes('attached'), `strace: ${said.trim()}`)
      const during = await sendProfile(site.baseUrl, cookie, typed('During')).catch(() => null)
      hold(during?.saved == null, 'a write was acknowledged')
      const code = await Promise.race([site.ended, wait(10_000).then(() => 'still running')])
      tracer.kill()
      hold(code === 1, `the process: ${String(code)}`)
      const again = await startSite()
      try {
        holdIntegrity()
        holdAll([{ id: first.saved ?? '', name: '', texts: ['Texte Before.'] }])
      } finally {
        await again.stop()
      }
      return 'nothing acknowledged, ended with 1, whole after the next start'
    }),
}

export const FAULTS: readonly Check[] = [killed, locked, full, unsynced]
