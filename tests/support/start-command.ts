import { readFileSync } from 'node:fs'

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: { start: string }
}
const words = scripts.start.replace(/^exec env /, '').split(' ')
const program = words.indexOf('node')

/** How `npm start` runs the built site: what Node is given, and the settings that it is given with. */
export const startCommand = {
  args: words.slice(program + 1),
  settings: Object.fromEntries(
    words.slice(0, program).map((word) => word.split('=') as [name: string, value: string]),
  ),
}
