import type { IncomingMessage, ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { renderWithNext, type NextHandler } from '@/server/http/render'

const asked = { method: 'GET', target: '/fr?q=a', headers: { host: 'a.example' }, body: null }
const ask = (handle: NextHandler, signal = new AbortController().signal) =>
  renderWithNext(handle, asked, signal)

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

describe('asking Next', () => {
  test('hands over method, target, headers and body', async () => {
    const seen: unknown[] = []
    await renderWithNext(
      async (request, response) => {
        seen.push(request.method, request.url, request.headers, await bodyOf(request))
        response.end()
      },
      { ...asked, method: 'POST', body: Buffer.from('a=1') },
      new AbortController().signal,
    )
    expect(seen).toEqual(['POST', '/fr?q=a', { host: 'a.example' }, 'a=1'])
  })

  test.each<[string, NextHandler]>([
    ['setHeader and end', (_, response) => void response.setHeader('a', 'b').end('hé!')],
    ['writeHead and end', (_, response) => void response.writeHead(200, { a: 'b' }).end('hé!')],
    ['writeHead with a list', (_, r) => void r.writeHead(200, ['a', 'b']).end('hé!')],
    ['writeHead with a reason', (_, r) => void r.writeHead(200, 'Fine', { a: 'b' }).end('hé!')],
    [
      'writes',
      async (_, response) => {
        response.setHeader('a', 'b').flushHeaders()
        response.write('h')
        await nextTurn()
        response.write(Buffer.from('é'))
        response.end('!')
      },
    ],
    [
      'another encoding',
      (_, response) => void response.setHeader('a', 'b').end('aMOpIQ==', 'base64'),
    ],
  ])('understands %s', async (_, handle) => {
    const answer = await ask(handle)
    expect(answer).toMatchObject({ status: 200, headers: { a: 'b' } })
    expect(answer.body.toString()).toBe('hé!')
  })

  test('keeps several cookies apart and the status that was set', async () => {
    const answer = await ask((_, response) => {
      response.statusCode = 303
      response.setHeader('set-cookie', ['a=1', 'b=2']).end()
    })
    expect(answer).toMatchObject({ status: 303, headers: { 'set-cookie': ['a=1', 'b=2'] } })
  })

  test('keeps what was written, not what its buffer becomes', async () => {
    const buffer = Buffer.from('before')
    const answer = await ask((_, response) => {
      response.write(buffer)
      buffer.fill('x')
      response.end()
    })
    expect(answer.body.toString()).toBe('before')
  })

  test('tells Next that the head is out, that it is done, and that it was read', async () => {
    const told: unknown[] = []
    let response: ServerResponse | undefined
    await ask((_, given) => {
      response = given
      for (const event of ['finish', 'close']) given.on(event, () => told.push(event))
      told.push(given.headersSent)
      given.write('a')
      told.push(given.headersSent, given.writableEnded)
      given.end(() => told.push('callback'))
    })
    await nextTurn()
    expect(told).toEqual([false, true, false, 'callback', 'finish', 'close'])
    expect(response?.writableFinished).toBe(true)
  })

  test('fails when Next throws, rejects or destroys its response', async () => {
    await expect(ask(() => Promise.reject(new Error('one')))).rejects.toThrow('one')
    await expect(
      ask(() => {
        throw new Error('two')
      }),
    ).rejects.toThrow('two')
    await expect(
      ask((_, response) => {
        response.write('half a pa')
        response.destroy(new Error('three'))
      }),
    ).rejects.toThrow('three')
  })

  test('has its answer even where Next fails after the end', async () => {
    const answer = await ask(async (_, response) => {
      response.end('whole')
      await nextTurn()
      throw new Error('late')
    })
    expect(answer.body.toString()).toBe('whole')
  })

  test('stops Next when the visitor goes', async () => {
    const left = new AbortController()
    let isClosed = false
    const answer = ask((_, response) => {
      response.on('close', () => (isClosed = true))
    }, left.signal)
    left.abort()
    await expect(answer).rejects.toThrow('disconnected')
    await vi.waitFor(() => expect(isClosed).toBe(true))
  })
})
