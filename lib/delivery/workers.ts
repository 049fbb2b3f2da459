import cluster, { type Worker } from 'node:cluster'

type Log = {
  info: (entry: { event: string; count?: number }) => void
  error: (entry: { event: string; count?: number }) => void
}

/** What a process of the site is for. */
export type ProcessRole =
  /** It is the only one. */
  | 'alone'
  /** It prepares the database and looks after the others. */
  | 'primary'
  /** It serves. */
  | 'worker'

/** What a worker says when it can be asked. */
const READY = 'ready'

/** A worker that lived for less than this has failed to start. */
const SHORT_LIFE = 10_000
/** After so many of those in a row, more of them would not help. */
const FAILURES_AT_MOST = 5
const FIRST_PAUSE = 100
const LONGEST_PAUSE = 5_000
/** A worker ends what it is doing within five seconds; one that does not is stuck. */
const STOPS_WITHIN = 10_000

/** What this process is for, with so many workers. */
export function processRole(workers: number): ProcessRole {
  if (cluster.isWorker) return 'worker'
  return workers > 1 ? 'primary' : 'alone'
}

/** Tells the primary that this worker can be asked. */
export function tellReady(): void {
  process.send?.(READY)
}

/**
 * Starts workers and looks after them until the process is told to stop: one that dies is started again,
 * after a pause that grows with every quick death. What they listen at is opened once, here, and
 * connections are handed to them in turn.
 *
 * Ends the process by itself: with 0 once all have stopped as they were told; with 1 where one fails
 * before the site was ever ready, or too many die quickly.
 *
 * @param onReady called once, when all workers can be asked for the first time
 * @param onStopped called once, when none of them lives any more; the process ends when it is done
 */
export function superviseWorkers(
  count: number,
  log: Log,
  { onReady, onStopped }: { onReady: () => void; onStopped: () => Promise<void> },
): Promise<never> {
  const startedAt = new Map<Worker, number>()
  const ready = new Set<Worker>()
  let wasReady = false
  let isStopping = false
  let failures = 0
  let exitCode = 0

  function start() {
    if (isStopping) return
    const worker = cluster.fork()
    startedAt.set(worker, performance.now())
    worker.on('message', (message: unknown) => {
      if (message !== READY) return
      ready.add(worker)
      if (wasReady || ready.size < count) return
      wasReady = true
      onReady()
    })
  }

  function stop(code: number) {
    if (code !== 0) exitCode = code
    if (isStopping) return
    isStopping = true
    for (const { process: child } of startedAt.keys()) child.kill('SIGTERM')
    setTimeout(() => {
      exitCode = 1
      for (const { process: child } of startedAt.keys()) child.kill('SIGKILL')
    }, STOPS_WITHIN).unref()
    endIfDone()
  }

  function endIfDone() {
    if (!isStopping || startedAt.size > 0) return
    void onStopped().finally(() => process.exit(exitCode))
  }

  cluster.on('exit', (worker, code: number | null, signal: string | null) => {
    const lived = performance.now() - (startedAt.get(worker) ?? 0)
    startedAt.delete(worker)
    ready.delete(worker)
    if (isStopping) {
      // One that has only just started has nothing to close, and ends by the signal itself.
      if (code !== 0 && signal !== 'SIGTERM') exitCode = 1
      endIfDone()
      return
    }
    failures = lived < SHORT_LIFE ? failures + 1 : 0
    log.error({ event: 'workerDied', count: failures })
    if (!wasReady || failures >= FAILURES_AT_MOST) {
      stop(1)
      return
    }
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures)
    setTimeout(start, pause)
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(0))
  for (let number = 0; number < count; number++) start()
  return new Promise(() => undefined)
}
