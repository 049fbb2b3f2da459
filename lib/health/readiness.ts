import path from 'node:path'
import { reader, writer } from '@/lib/database/client'
import { freeBytes } from '@/lib/database/durable-file'
import { env } from '@/lib/env'
import { processGlobal } from '@/lib/process-global'
import { compareMigrations } from './migrations'

export type Readiness =
  | { ready: true }
  | {
      ready: false
      reason: 'stopping' | 'unreadable' | 'otherMigrations' | 'diskFull' | 'notWritable'
    }

/** With less free space, the next changes could fail. */
const MIN_FREE_BYTES = 16 * 1024 * 1024
/** Answers are cached this long, so that frequent requests cost nothing. */
const CACHE_MS = 1000

type State = { isStopping: boolean; last?: { at: number; answer: Promise<Readiness> } }

const state = processGlobal<State>('readiness', () => ({ isStopping: false }))

/** Called before the process stops: from now on it is not ready. */
export function markNotReady(): void {
  state.isStopping = true
}

/**
 * Tells whether requests may be sent to this process: the database is readable, has the migrations of this
 * program, its write lock is available, and the disk has room. Writes nothing; checks at most once a second.
 */
export function checkReadiness(): Promise<Readiness> {
  if (state.isStopping) return Promise.resolve({ ready: false, reason: 'stopping' })
  const now = performance.now()
  if (state.last === undefined || now - state.last.at > CACHE_MS) {
    state.last = { at: now, answer: probe() }
  }
  return state.last.answer
}

async function probe(): Promise<Readiness> {
  const not = (reason: Extract<Readiness, { ready: false }>['reason']) =>
    ({ ready: false, reason }) as const
  try {
    if ((await compareMigrations(reader())).state !== 'same') return not('otherMigrations')
  } catch {
    return not('unreadable')
  }
  if (freeBytes(path.dirname(env.databaseFile)) < MIN_FREE_BYTES) return not('diskFull')
  try {
    // A transaction starts by taking the write lock; this one writes nothing.
    await writer().$transaction((tx) => tx.$queryRaw`SELECT 1`)
  } catch {
    return not('notWritable')
  }
  return { ready: true }
}
