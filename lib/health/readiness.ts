import path from 'node:path'
import { reader, writer } from '@/lib/database/client'
import { freeBytes } from '@/lib/database/durable-file'
import { env } from '@/lib/env'
import { compareMigrations } from './migrations'

export type Readiness =
  | { ready: true }
  | {
      ready: false
      reason: 'stopping' | 'unreadable' | 'otherMigrations' | 'diskFull' | 'notWritable'
    }

/** With less, the next changes cannot be written any more. */
const MIN_FREE_BYTES = 16 * 1024 * 1024
/** Whoever asks more often gets the same answer, so that asking costs nothing. */
const CACHE_MS = 1000

// server.ts and the framework's bundle each evaluate this module.
const KEY = Symbol.for('member-directory.readiness')
const state = ((globalThis as Record<symbol, unknown>)[KEY] ??= { isStopping: false }) as {
  isStopping: boolean
  last?: { at: number; answer: Promise<Readiness> }
}

/** From now on the site is not ready: it is about to stop. */
export function markNotReady(): void {
  state.isStopping = true
}

/**
 * Whether requests may be sent here: the database can be read, its migrations are those of this
 * program, its write lock can be had, and there is room on the disk. Writes nothing, and looks once a
 * second at the most.
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
    // The transaction begins with the write lock and ends without having written.
    await writer().$transaction((tx) => tx.$queryRaw`SELECT 1`)
  } catch {
    return not('notWritable')
  }
  return { ready: true }
}
