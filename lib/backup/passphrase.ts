import { env } from '@/lib/env'

const ENTER = new Set(['\r', '\n', '\u0004'])
const INTERRUPT = '\u0003'
const ERASE = new Set(['\u007f', '\b'])

type Words = { ask: string; again: string; different: string }

/**
 * Reads the passphrase of a backup from the settings or, without echo, from the terminal.
 *
 * @param words prompts for stderr; with `again` it must be typed twice
 * @returns null if there is no terminal, nothing was typed, or the two did not match
 */
export async function readPassphrase(
  words: Pick<Words, 'ask'> & Partial<Words>,
): Promise<string | null> {
  if (env.BACKUP_PASSPHRASE !== null) return env.BACKUP_PASSPHRASE
  if (!process.stdin.isTTY) return null
  const first = await typed(words.ask)
  if (first === '' || words.again === undefined) return first === '' ? null : first
  if ((await typed(words.again)) === first) return first
  process.stderr.write(`${words.different ?? ''}\n`)
  return null
}

function typed(question: string): Promise<string> {
  const { stdin, stderr } = process
  stderr.write(`${question} `)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  stdin.resume()
  return new Promise((resolve) => {
    let text: string[] = []
    const end = () => {
      stdin.off('data', listen)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
    }
    const listen = (keys: string) => {
      for (const key of keys) {
        if (key === INTERRUPT) {
          end()
          process.exit(130)
        } else if (ENTER.has(key)) {
          end()
          resolve(text.join(''))
          return
        } else if (ERASE.has(key)) text = text.slice(0, -1)
        else if (!/\p{Cc}/u.test(key)) text.push(key)
      }
    }
    stdin.on('data', listen)
  })
}
