import { describe, expect, test } from 'vitest'
import { ConcurrencyLimiter } from '@/server/http/concurrency-limit'

describe('slots for rendering', () => {
  const patient = () => new AbortController().signal

  test('go round between subnets, however many one of them has sent', async () => {
    const limiter = new ConcurrencyLimiter({ concurrent: 1, queuedPerSubnet: 100, queued: 1000 })
    const release = await limiter.acquire('busy', patient())
    const order: string[] = []
    const waiting = [...Array<string>(20).fill('busy'), 'quiet'].map(async (subnet) => {
      const release = await limiter.acquire(subnet, patient())
      order.push(subnet)
      release?.()
    })
    release?.()
    await Promise.all(waiting)
    expect(order).toHaveLength(21)
    expect(order.indexOf('quiet')).toBe(1)
  })

  test('are refused where too many wait, of one subnet or in all', async () => {
    const limiter = new ConcurrencyLimiter({ concurrent: 1, queuedPerSubnet: 2, queued: 3 })
    const release = await limiter.acquire('a', patient())
    const waiting = ['a', 'a', 'b'].map((subnet) => limiter.acquire(subnet, patient()))
    expect(await limiter.acquire('a', patient())).toBeNull()
    expect(await limiter.acquire('c', patient())).toBeNull()
    release?.()
    await Promise.all(waiting.map(async (turn) => (await turn)?.()))
    expect(await limiter.acquire('a', patient())).not.toBeNull()
  })

  test('pass over who has gone', async () => {
    const limiter = new ConcurrencyLimiter({ concurrent: 1, queuedPerSubnet: 5, queued: 5 })
    const release = await limiter.acquire('a', patient())
    const left = new AbortController()
    const leaving = limiter.acquire('a', left.signal)
    const staying = limiter.acquire('a', patient())
    left.abort()
    expect(await leaving).toBeNull()
    release?.()
    release?.()
    const next = await staying
    expect(next).not.toBeNull()
    next?.()
    expect(await limiter.acquire('b', patient())).not.toBeNull()
  })
})
