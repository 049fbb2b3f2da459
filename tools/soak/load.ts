import { setTimeout as wait } from 'node:timers/promises'
import autocannon from 'autocannon'
import { sendProfile } from '@/tests/support/desk-over-http'
import { ask } from '@/tests/support/http'
import { hold, percentile, since, type Check } from './check'
import { bytesOfLog, mebibytes, taken, withSite } from './on-site'

const HEADERS = { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br' }
const PROFILE = '/fr/organisations/fictional-circle'

const cached: Check = {
  id: 'L1',
  what: 'a profile out of memory, 50 connections',
  make: ({ seconds }) =>
    withSite(0, async ({ site }) => {
      const url = site.baseUrl + PROFILE
      await autocannon({ url, connections: 50, duration: 2, headers: HEADERS })
      const result = await autocannon({ url, connections: 50, duration: seconds, headers: HEADERS })
      const perSecond = Math.round(result['2xx'] / result.duration)
      const { p99 } = result.latency
      hold(result.non2xx + result.errors === 0, `${String(result.non2xx)} not 2xx`)
      hold(perSecond >= 1_000, `${String(perSecond)} a second`)
      hold(p99 < 150, `p99 ${String(p99)} ms`)
      return `${String(perSecond)} a second, p99 ${String(p99)} ms, ${String(seconds)} s`
    }),
}

const spike: Check = {
  id: 'L3',
  what: '500 connections at once, then none',
  make: ({ seconds }) =>
    withSite(500, async ({ site }) => {
      const p95Of = async () => {
        const times: number[] = []
        for (let number = 0; number < 100; number++) {
          const began = performance.now()
          const { status } = await ask(site.baseUrl, PROFILE, { headers: HEADERS })
          hold(status === 200, `answered ${String(status)}`)
          times.push(performance.now() - began)
        }
        return percentile(times, 0.95)
      }
      const before = await p95Of()
      let most = 0
      const watching = setInterval(() => (most = Math.max(most, taken(site.pid).rss)), 200)
      const asked = ['/fr', PROFILE, '/fr/organisations', '/en/organisations?region=africa']
      const result = await autocannon({
        url: site.baseUrl,
        connections: 500,
        duration: Math.min(30, seconds),
        requests: [
          ...asked.map((path) => ({ method: 'GET' as const, path, headers: HEADERS })),
          { method: 'GET' as const, path: '/fr/organisations?q=[<id>]', headers: HEADERS },
        ],
        idReplacement: true,
      })
      clearInterval(watching)
      const ended = performance.now()
      let after = await p95Of()
      // Within a few milliseconds nobody can tell one from the other.
      while (after > before * 1.5 + 5 && since(ended) < 30_000) after = await p95Of()
      const back = since(ended)
      hold(back < 10_000, `p95 is back after ${String(back)} ms`)
      hold(most < 600 * 2 ** 20, `memory ${mebibytes(most)}`)
      return `${String(result['2xx'])} answers, ${String(result.non2xx)} × 503, memory ${mebibytes(most)}, p95 ${before.toFixed(1)} ms, back at ${after.toFixed(1)} ms after ${String(back)} ms`
    }),
}

const editors: Check = {
  id: 'L5',
  what: '50 editors save every five seconds',
  make: ({ seconds }) =>
    withSite(200, async ({ site, cookie }) => {
      const times: number[] = []
      const until = performance.now() + seconds * 1_000
      const edit = async (editor: number) => {
        await wait((editor / 50) * 5_000)
        let profile: { id: string; version: number } | null = null
        while (performance.now() < until) {
          const began = performance.now()
          const version: number = (profile?.version ?? 0) + 1
          const answer = await sendProfile(
            site.baseUrl,
            cookie,
            {
              name: `Fictional Editor ${String(editor)}`,
              countryName: 'Burundi',
              'answers.who.fr.text': `Texte ${String(version)}.`,
            },
            profile,
          )
          hold(answer.saved !== null, `a save was answered ${String(answer.status)}`)
          profile = { id: answer.saved ?? '', version }
          times.push(performance.now() - began)
          await wait(Math.max(0, 5_000 - since(began)))
        }
      }
      await Promise.all(Array.from({ length: 50 }, (_, editor) => edit(editor)))
      const p95 = Math.round(percentile(times, 0.95))
      hold(p95 < 500, `p95 ${String(p95)} ms`)
      return `${String(times.length)} saves, none refused, p95 ${String(p95)} ms`
    }),
}

/** Memory settles for as long as that before its slope says anything. */
const SETTLES = 0.3
const A_SECOND = 20

const longRun: Check = {
  id: 'L4',
  what: 'mixed use, 20 a second, one in ten of them writes',
  make: ({ minutes }) =>
    withSite(500, async ({ site, cookie }) => {
      const began = performance.now()
      const until = began + minutes * 60_000
      const samples: { hours: number; rss: number; files: number; log: number }[] = []
      const watching = setInterval(() => {
        samples.push({
          hours: since(began) / 3_600_000,
          ...taken(site.pid),
          log: bytesOfLog(),
        })
      }, 2_000)
      let asked = 0
      const faults: string[] = []
      const pending = new Set<Promise<void>>()
      for (; performance.now() < until; asked++) {
        const number = asked
        const one = (async () => {
          const answer =
            number % 10 === 0
              ? await sendProfile(site.baseUrl, cookie, { name: `Fictional Use ${String(number)}` })
              : await ask(
                  site.baseUrl,
                  number % 3 === 0
                    ? `/fr/organisations?q=word${String(number % 500)}`
                    : `/en/organisations?page=${String(1 + (number % 20))}`,
                )
          if (answer.status >= 400) faults.push(String(answer.status))
        })()
        pending.add(one)
        void one.finally(() => pending.delete(one))
        await wait(Math.max(0, began + ((asked + 1) * 1_000) / A_SECOND - performance.now()))
      }
      await Promise.all(pending)
      clearInterval(watching)
      const settled = samples.slice(Math.floor(samples.length * SETTLES))
      const [first, last] = [settled[0], settled.at(-1)]
      if (!first || !last) throw new Error('too short to say anything')
      const mean = (of: typeof settled) => of.reduce((sum, { rss }) => sum + rss, 0) / of.length
      const half = Math.floor(settled.length / 2)
      const growth = mean(settled.slice(half)) - mean(settled.slice(0, half))
      const perHour = growth / ((last.hours - first.hours) / 2)
      const log = Math.max(...samples.map((one) => one.log))
      hold(
        faults.length === 0,
        `${String(faults.length)} faults: ${[...new Set(faults)].join(' ')}`,
      )
      hold(log < 16 * 2 ** 20, `the write-ahead log reached ${mebibytes(log)}`)
      hold(last.files - first.files < 50, `open files grew by ${String(last.files - first.files)}`)
      // What memory does in minutes says little about hours: its slope counts from one hour on.
      const slope = `${mebibytes(perHour)} an hour`
      hold(minutes < 60 || perHour < 2 ** 20, `memory grows by ${slope}`)
      return `${String(asked)} requests in ${String(minutes)} min, memory ${mebibytes(last.rss)} (${slope}${minutes < 60 ? ', too short to count' : ''}), ${String(last.files)} files, log at most ${mebibytes(log)}`
    }),
}

export const LOADS: readonly Check[] = [cached, spike, editors, longRun]
