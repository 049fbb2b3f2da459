/** What the reports of the two test runners say, in one list. */
import fs from 'node:fs'
import path from 'node:path'

/** @type {{ title: string, milliseconds: number }[]} */
const tests = []
const counts = { passed: 0, failed: 0, skipped: 0 }

function count(title, milliseconds, status) {
  counts[status] += 1
  tests.push({ title, milliseconds })
}

function readVitest({ testResults }) {
  const statusOf = { passed: 'passed', failed: 'failed' }
  for (const { name, status, assertionResults } of testResults) {
    const file = path.relative(process.cwd(), name)
    for (const { fullName, duration, status } of assertionResults) {
      count(`${file}: ${fullName}`, duration ?? 0, statusOf[status] ?? 'skipped')
    }
    // It could not even be read.
    if (status === 'failed' && assertionResults.length === 0) count(file, 0, 'failed')
  }
}

function readPlaywright({ suites, errors }) {
  const statusOf = { expected: 'passed', unexpected: 'failed', flaky: 'failed' }
  const read = (suite) => {
    for (const { title, file, tests: runs } of suite.specs ?? []) {
      for (const { projectName, status, results } of runs) {
        const took = results.reduce((sum, { duration }) => sum + duration, 0)
        count(`${file} (${projectName}): ${title}`, took, statusOf[status] ?? 'skipped')
      }
    }
    for (const inner of suite.suites ?? []) read(inner)
  }
  for (const suite of suites) read(suite)
  // Set-up that failed is in no suite.
  counts.failed += counts.failed === 0 ? errors.length : 0
}

/**
 * Takes in the report that a runner has written and takes the file away: the browser's runner empties
 * its folder.
 *
 * @param {string} file absolute path; nothing happens where there is none
 * @param {'vitest' | 'playwright'} runner
 */
export function readReport(file, runner) {
  if (!fs.existsSync(file)) return
  const report = JSON.parse(fs.readFileSync(file, 'utf8'))
  if (runner === 'vitest') readVitest(report)
  else readPlaywright(report)
  fs.rmSync(file)
}

/** Milliseconds as seconds in a column. */
export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1).padStart(7)} s`

/** The ten slowest tests so far, a line each. */
export function slowestTests() {
  tests.sort((a, b) => b.milliseconds - a.milliseconds)
  const lines = tests.slice(0, 10).map((one) => `${seconds(one.milliseconds)}  ${one.title}\n`)
  return lines.join('')
}

/** `N passed, N failed, N skipped`. */
export const totals = () =>
  `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`
