/**
 * The lock of set-up: a link that leads nowhere, whose target names the processes that hold it. It holds
 * until the last of them has ended, however that was.
 */
import fs from 'node:fs'
import path from 'node:path'
import { isRunning, processName } from './running-servers.mjs'

/** Where a link leads; null if there is none, empty if it is something else. */
export function readLink(file) {
  try {
    return fs.readlinkSync(file)
  } catch (error) {
    return error.code === 'ENOENT' ? null : ''
  }
}

/** Makes a link, in place of another one or of a build as they were before; nothing else is removed. */
export function placeLink(target, file) {
  const draft = `${file}.${process.pid}`
  fs.symlinkSync(target, draft)
  if (fs.existsSync(path.join(file, 'BUILD_ID')) && readLink(file) === '') {
    fs.rmSync(file, { recursive: true })
  }
  fs.renameSync(draft, file)
}

let held = null
let holders = processName(process.pid)

/** A link is made whole or not at all. To replace that of ended processes, one takes a lock on it first. */
function take(file) {
  try {
    fs.symlinkSync(holders, file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  const found = readLink(file)
  if (found === null || found.split('+').some(isRunning) || !take(`${file}+`)) return false
  const isSame = readLink(file) === found
  if (isSame) placeLink(holders, file)
  fs.rmSync(`${file}+`)
  return isSame
}

/**
 * Takes the lock, and lets go of it when this process ends.
 *
 * @param {string} file absolute path
 * @param {() => void} onWait called once if another command has it
 */
export async function lock(file, onWait) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  for (let waits = false; !take(file); waits = true) {
    if (!waits) onWait()
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  held = file
  process.on('exit', () => {
    // What was started and has not ended keeps the lock.
    if (!holders.includes('+')) fs.rmSync(file)
  })
}

/** Names a program that this process has started: it may outlive it. Null once it has ended. */
export function holdLockFor(pid) {
  const program = pid ? processName(pid) : null
  holders = [processName(process.pid), program].filter(Boolean).join('+')
  placeLink(holders, held)
}
