/**
 * Finds the browser of the tests, and installs one where that can be done without asking. Its path is
 * kept in `.setup/browser`, for tests/support/browser.ts.
 */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const browserFile = path.join(fileURLToPath(import.meta.url), '../../.setup/browser')

/** Whether the browser that was found last still starts, and is the one that is asked for. */
export function browserIsReady() {
  if (!fs.existsSync(browserFile)) return false
  const kept = fs.readFileSync(browserFile, 'utf8')
  const asked = process.env.CHROMIUM_PATH?.trim()
  return (!asked || asked === kept) && browserFault(kept) === null
}

/**
 * Finds or installs a browser and keeps its path.
 *
 * @param {(line: string) => void} say tells whoever waits
 * @param {(file: string, args: string[], settings: object) => Promise<unknown>} command runs a program
 * @returns {Promise<string | null>} what stands against it, with what to do; null if there is a browser
 */
export async function prepareBrowser(say, command) {
  const asked = process.env.CHROMIUM_PATH?.trim()
  const fault = asked ? browserFault(asked) : null
  if (fault !== null) return `CHROMIUM_PATH is not a browser that starts: ${fault}`
  const found = asked || findBrowser() || (await installBrowser(say, command))
  if (!found) return browserAdvice
  say(`the browser is ${found}`)
  fs.mkdirSync(path.dirname(browserFile), { recursive: true })
  fs.writeFileSync(browserFile, found)
  return null
}

/** Null when the program answers, else what it says: Ubuntu's package is only a signpost to a snap. */
function browserFault(file) {
  if (!fs.existsSync(file)) return `${file} is not there`
  // Asked for its version on Windows, Chrome opens a window.
  if (process.platform === 'win32') return null
  const probe = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 30_000 })
  return probe.status === 0 ? null : (probe.error?.message ?? probe.stderr.trim())
}

function findBrowser() {
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'chrome',
    'microsoft-edge',
  ]
  const programs = [
    process.env.ProgramFiles,
    process.env['ProgramFiles(x86)'],
    process.env.LOCALAPPDATA,
  ]
  const usual = [
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ...programs
      .filter(Boolean)
      .flatMap((folder) => [
        path.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        path.join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ]),
  ]
  return (
    [...names.map(onPath), ...usual, ...playwrightBrowsers()].find(
      (file) => file !== null && browserFault(file) === null,
    ) ?? null
  )
}

/** Browsers that Playwright has downloaded for another project. */
function playwrightBrowsers() {
  const home = os.homedir()
  const caches = [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    path.join(home, '.cache', 'ms-playwright'),
    path.join(home, 'Library', 'Caches', 'ms-playwright'),
    path.join(home, 'AppData', 'Local', 'ms-playwright'),
  ]
  const programs = [
    ['chrome-linux64', 'chrome'],
    ['chrome-linux', 'chrome'],
    [
      'chrome-mac-arm64',
      'Google Chrome for Testing.app',
      'Contents',
      'MacOS',
      'Google Chrome for Testing',
    ],
    ['chrome-mac', 'Chromium.app', 'Contents', 'MacOS', 'Chromium'],
    ['chrome-win64', 'chrome.exe'],
    ['chrome-win', 'chrome.exe'],
  ]
  return caches
    .filter((cache) => cache && fs.existsSync(cache))
    .flatMap((cache) =>
      fs
        .readdirSync(cache)
        .filter((name) => /^chromium-\d+$/.test(name))
        .sort()
        .reverse()
        .flatMap((name) => programs.map((parts) => path.join(cache, name, ...parts))),
    )
}

async function installBrowser(say, command) {
  const file = '/etc/os-release'
  const release = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : ''
  const isDebian = /^ID="?debian"?$/m.test(release)
  if (!isDebian || process.getuid?.() !== 0 || onPath('apt-get') === null) return null
  say("installing Debian's chromium, because no browser was found and this is root on Debian")
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  await command('apt-get', ['update', '-qq'], quiet)
  await command(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
    quiet,
  )
  return findBrowser()
}

const browserAdvice = [
  'The tests need Chromium, Chrome or Edge, and none was found.',
  '  Debian:     sudo apt-get install chromium',
  '  Ubuntu:     sudo snap install chromium',
  '  Fedora:     sudo dnf install chromium',
  '  elsewhere:  install one of the three',
  'or say where it is: CHROMIUM_PATH=/path/to/chromium npm test',
].join('\n')

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  return (
    folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file)) ?? null
  )
}
