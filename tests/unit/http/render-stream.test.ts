import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { streamWithNext, type NextHandler } from '@/server/http/render'

const asked = { method: 'GET', target: '/fr/organisations/list.csv', headers: {}, body: null }
const patient = new AbortController().signal

test('the head is there before the body, and the body comes as it is written', async () => {
  let writeRest: () => void = () => undefined
  const handle: NextHandler = (_request, response) => {
    response.setHeader('Content-Disposition', 'attachment')
    response.writeHead(200, { 'Content-Type': 'text/csv' })
    response.write('a\n')
    writeRest = () => response.end('b\n')
  }
  const { status, headers, body } = await streamWithNext(handle, asked, patient)
  expect(status).toBe(200)
  expect(headers).toMatchObject({ 'content-type': 'text/csv', 'content-disposition': 'attachment' })
  writeRest()
  expect(await text(body)).toBe('a\nb\n')
})

test('nothing is written faster than it is read', async () => {
  let written = 0
  const chunk = Buffer.alloc(64 * 1024, 'x')
  let hasToWait: () => void = () => undefined
  const waits = new Promise<void>((resolve) => (hasToWait = resolve))
  const handle: NextHandler = async (_request, response) => {
    for (; written < 100; written++) {
      if (response.write(chunk)) continue
      hasToWait()
      await new Promise((resolve) => response.once('drain', resolve))
    }
    response.end()
  }
  const { body } = await streamWithNext(handle, asked, patient)
  await waits
  expect(written).toBeLessThan(5)
  expect(await text(body)).toHaveLength(100 * chunk.length)
})

test.each(['whoever reads stops', 'the visitor has gone'])(
  'Next hears of it when %s',
  async (who) => {
    const visit = new AbortController()
    let closed: Promise<unknown> = Promise.resolve()
    const handle: NextHandler = (_request, response) => {
      closed = new Promise((resolve) => response.once('close', resolve))
      response.write('a\n')
    }
    const { body } = await streamWithNext(handle, asked, visit.signal)
    body.on('error', () => undefined)
    if (who === 'the visitor has gone') visit.abort()
    else body.destroy()
    await closed
    expect(body.destroyed).toBe(true)
  },
)

test('what fails before the head is a rejection, what fails after it breaks the body', async () => {
  const failing =
    (isBegun: boolean): NextHandler =>
    (_request, response) => {
      if (isBegun) response.write('a\n')
      return Promise.reject(new Error('the database is gone'))
    }
  await expect(streamWithNext(failing(false), asked, patient)).rejects.toThrow('database')
  const { body } = await streamWithNext(failing(true), asked, patient)
  await expect(text(body)).rejects.toThrow('database')
})
