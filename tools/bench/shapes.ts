import { hostileShapes } from '@/tests/support/hostile-shapes'
import { TEXT_READERS } from '@/tests/support/text-readers'
import { say } from './surroundings'
import { figure, table, verdict } from './table'

/** Source: check B12, for 100 kB. */
const LIMIT = 50

/** How long whatever reads a text needs for 100,000 characters of the worst shape, in CPU time. */
export function benchShapes(): Promise<string> {
  say('Reading 100,000 characters of every shape …')
  const rows = Object.entries(TEXT_READERS).map(([name, read]) => {
    let slowest = { shape: '', took: 0 }
    for (const [shape, text] of Object.entries(hostileShapes(100_000))) {
      // Once before, as in a process that serves; then the best of three, as nobody else counts.
      read(text)
      const times = [1, 2, 3].map(() => {
        const began = process.cpuUsage()
        read(text)
        const { user, system } = process.cpuUsage(began)
        return (user + system) / 1000
      })
      const took = Math.min(...times)
      if (took > slowest.took) slowest = { shape, took }
    }
    return { name, ...slowest }
  })
  rows.sort((a, b) => b.took - a.took)
  return Promise.resolve(
    [
      table([
        ['100,000 characters', 'slowest, ms', 'limit', '', 'shape'],
        ...rows.map(({ name, shape, took }) => {
          const [, limit, , holds] = verdict({ name, limit: LIMIT, value: took })
          return [name, figure(took), limit ?? '', holds ?? '', shape]
        }),
      ]),
      '',
    ].join('\n'),
  )
}
