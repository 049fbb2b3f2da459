/**
 * Which servers of this folder run, and from which build. Each leaves a file in `data/running`: the one
 * folder that a server may write where all else is read-only to it.
 */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const marks = path.join(root, 'data', 'running')

/**
 * The link that leads to the build in use, by its path from the repository's root. It is `NEXT_DIST_DIR`;
 * `.next` itself holds the builds, and what development makes.
 */
export function linkToBuild() {
  const asked = path.relative(
    root,
    path.resolve(root, process.env.NEXT_DIST_DIR?.trim() || '.next'),
  )
  return asked === '.next' ? '.next/current' : asked
}

/**
 * Names a process for good: numbers are used again, so the time at which it began belongs to its name.
 *
 * @param {number} pid
 * @returns {string | null} `PID.BEGIN`; null if no such process runs
 */
export function processName(pid) {
  if (fs.existsSync('/proc/self/stat')) {
    try {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
      // The program's name comes first, in brackets, and may hold spaces (proc_pid_stat(5)).
      const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return state === 'Z' ? null : `${pid}.${fields[18]}`
    } catch {
      return null
    }
  }
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  })
  const began = stdout?.trim().replace(/\W+/g, '-')
  return began ? `${pid}.${began}` : null
}

/** Whether a process that `processName` has named still runs. */
export const isRunning = (name) => processName(Number(name.split('.')[0])) === name

/**
 * Says, until this process ends, that it is a server and which build it loads pages from.
 *
 * @param {string} build path of the folder, relative to the repository
 */
export function markRunning(build) {
  const mark = path.join(marks, processName(process.pid) ?? String(process.pid))
  try {
    fs.mkdirSync(marks, { recursive: true })
    // Those of servers that were killed.
    for (const name of fs.readdirSync(marks))
      if (!isRunning(name)) fs.rmSync(path.join(marks, name), { force: true })
    fs.writeFileSync(mark, build)
    process.once('exit', () => fs.rmSync(mark, { force: true }))
  } catch {
    // Nothing can be written here, so no set-up replaces anything under this server either.
  }
}

/** The servers that run: `{ pid, build }`. */
export function runningServers() {
  const names = fs.existsSync(marks) ? fs.readdirSync(marks) : []
  return names.filter(isRunning).map((name) => ({
    pid: Number(name.split('.')[0]),
    build: fs.readFileSync(path.join(marks, name), 'utf8'),
  }))
}

/**
 * The builds that no link leads to and no server runs from.
 *
 * @param {string} builds absolute path of their folder, `.next/builds`; links are beside it and in the root
 * @returns {string[]} absolute paths
 */
export function unusedBuilds(builds) {
  const folders = [path.dirname(builds), path.join(builds, '../..')]
  const entries = folders.flatMap((folder) => fs.readdirSync(folder, { withFileTypes: true }))
  const linked = entries
    .filter((entry) => entry.isSymbolicLink())
    .map((entry) => fs.readlinkSync(path.join(entry.parentPath, entry.name)))
  const used = [...linked, ...runningServers().map(({ build }) => build)].map((one) =>
    path.basename(one),
  )
  const names = fs.readdirSync(builds).filter((name) => !used.includes(name))
  return names.map((name) => path.join(builds, name))
}
