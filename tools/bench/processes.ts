import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { startCommand } from '@/tests/support/start-command'

const running = new Set<ChildProcess>()

// Whatever ends the benchmark ends what it started.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(1))
}

type Listener = (words: string) => void

/** Starts a program; what it says is kept for the case that it fails. */
function start(
  [program = '', ...args]: string[],
  settings: Record<string, string>,
  onWords?: Listener,
) {
  const child = spawn(program, args, {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let answered = ''
  const listen = (words: Buffer) => {
    said = `${said}${words.toString()}`.slice(-5_000)
    onWords?.(words.toString())
  }
  child.stdout.on('data', listen)
  child.stdout.on('data', (words: Buffer) => {
    answered += words.toString()
  })
  child.stderr.on('data', listen)
  running.add(child)
  child.once('exit', () => running.delete(child))
  return { child, said: () => said, answered: () => answered }
}

/**
 * Runs a Node program to its end.
 *
 * @param onWords hears what it says while it runs
 * @returns seconds that it took, and what it wrote to stdout
 * @throws with its own words where it fails
 */
export async function run(
  args: string[],
  settings: Record<string, string>,
  onWords?: Listener,
): Promise<{ seconds: number; answered: string }> {
  const began = performance.now()
  const { child, said, answered } = start([process.execPath, ...args], settings, onWords)
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}:\n${said()}`)
  return { seconds: (performance.now() - began) / 1000, answered: answered() }
}

/** A server of the benchmark. */
export type Served = { origin: string; pid: number; stop: () => Promise<void> }

/**
 * Starts a Node server on a free port of the loopback and waits until it answers at a path.
 *
 * @param before what the command begins with, such as `taskset -c 0`
 */
export async function serve(
  args: string[],
  settings: Record<string, string>,
  path: string,
  before: readonly string[] = [],
): Promise<Served> {
  const port = await freePort()
  const command = [...before, process.execPath, ...args]
  return serveProgram(command, { ...settings, HOST: '127.0.0.1', PORT: String(port) }, port, path)
}

/** Starts the built site as `npm start` does, and waits until it answers; else as `serve`. */
export const serveSite = (settings: Record<string, string>, before: readonly string[] = []) =>
  serve(startCommand.args, { ...startCommand.settings, ...settings }, '/healthz', before)

/** Starts any server that listens at a port of the loopback and waits until it answers at a path. */
export async function serveProgram(
  command: string[],
  settings: Record<string, string>,
  port: number,
  path: string,
): Promise<Served> {
  const origin = `http://127.0.0.1:${String(port)}`
  const { child, said } = start(command, settings)
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const deadline = performance.now() + 60_000
  while (!(await fetch(origin + path).catch(() => null))?.ok) {
    if (child.exitCode !== null || performance.now() > deadline) {
      throw new Error(`${command.join(' ')} does not answer:\n${said()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const stop = async () => {
    child.kill('SIGTERM')
    const hurry = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await ended
    clearTimeout(hurry)
  }
  return { origin, pid: child.pid ?? 0, stop }
}

/** A port of the loopback that nobody listens at. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port)
        else reject(new Error('no free port'))
      })
    })
  })
}
