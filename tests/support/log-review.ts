/** What no line may hold, whoever it is about: `what` as it is called in the report. */
const PATTERNS: readonly { what: string; pattern: RegExp }[] = [
  { what: 'an e-mail address', pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/i },
  { what: 'a network address', pattern: /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/ },
  {
    what: 'a network address',
    pattern: /::ffff:|::1(?![\w:])|(?:[\da-f]{1,4}:){4,7}[\da-f]{1,4}/i,
  },
  { what: 'a query', pattern: /[?&][\w.%$-]+=|%[\da-f]{2}/i },
  { what: 'a code of a second factor', pattern: /otpauth:|"code":"?\d{6}/i },
]

/** Words of the addresses that were asked for: what was searched, what a query held, the secrets of links. */
export function wordsAsked(addresses: readonly string[]): string[] {
  return addresses.flatMap((address) => {
    if (!URL.canParse(address, 'http://localhost')) return []
    const { pathname, searchParams } = new URL(address, 'http://localhost')
    const secret = /\/(?:propose|sign-in\/link)\/([\w-]{20,})(?:\/send)?$/.exec(pathname)?.[1]
    const searched = searchParams.getAll('q').map((words) => words.trim())
    return [...searched, ...(secret === undefined ? [] : [secret])]
  })
}

/**
 * Looks through a log for what it must not say.
 *
 * @param log the whole of it
 * @param forbidden texts that stand in none of its lines; those under four characters are left out,
 *   because they may stand anywhere
 * @returns what is wrong, each with the line; a log without a single entry is wrong too
 */
export function reviewLog(log: string, forbidden: readonly string[]): string[] {
  const lines = log.split('\n').filter((line) => line.trim() !== '')
  const words = [...new Set(forbidden.map((word) => word.toLowerCase()))].filter(
    (word) => word.length >= 4,
  )
  const faults = lines.flatMap((line) => {
    const lower = line.toLowerCase()
    return [
      ...PATTERNS.filter(({ pattern }) => pattern.test(line)).map(({ what }) => what),
      ...words.filter((word) => lower.includes(word)).map((word) => JSON.stringify(word)),
    ].map((what) => `${what}: ${line}`)
  })
  const isLog = lines.some((line) => line.startsWith('{') && line.includes('"event":'))
  return isLog ? faults : ['no entry at all', ...faults]
}
