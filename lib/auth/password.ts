import { hash, verify } from '@node-rs/argon2'
import { dictionary } from '@zxcvbn-ts/language-common'
import { fold } from '@/lib/text/fold'

/** Shortest and longest password, in characters. */
export const PASSWORD_LENGTH = { min: 12, max: 128 } as const

/** What may be wrong with a new password. */
export type PasswordError = 'tooShort' | 'tooLong' | 'common' | 'personal'

// RFC 9106 with the least memory that OWASP names: 19 MiB, two passes, one lane. Argon2id is the
// package's own choice.
const ARGON2_COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** So many hashes at once, so that a flood of sign-ins leaves the pages a processor. */
const MAX_CONCURRENT_HASHES = 2
const waiting: (() => void)[] = []
let running = 0

async function withHashSlot<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= MAX_CONCURRENT_HASHES) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

// Keyboards write the same letter in different ways (NIST SP 800-63B 5.1.1.2).
const normalizePassword = (password: string) => password.normalize('NFKC')

/** Hashes a password with argon2id; at most two at once, the others wait. */
export async function hashPassword(password: string): Promise<string> {
  return withHashSlot(() => hash(normalizePassword(password), ARGON2_COST))
}

/** Tells whether a password is the one that was hashed. */
export async function verifyPassword(hashed: string, password: string): Promise<boolean> {
  return withHashSlot(() => verify(hashed, normalizePassword(password)))
}

let commonPasswords: ReadonlySet<string> | undefined

function isCommon(password: string): boolean {
  commonPasswords ??= new Set(dictionary['passwords-common'].map(fold))
  const folded = fold(password)
  if (commonPasswords.has(folded)) return true
  // A word of the list with figures and marks around it, or several times over, is no better.
  const bare = folded.replaceAll(/^[\d\s\p{P}\p{S}]+|[\d\s\p{P}\p{S}]+$/gu, '')
  if (bare === '' || commonPasswords.has(bare)) return true
  const repeated = /^(.+?)\1+$/u.exec(bare.replaceAll(/[\s\p{P}\p{S}]/gu, ''))?.[1]
  return repeated !== undefined && (repeated.length < 4 || commonPasswords.has(repeated))
}

/**
 * Looks at a new password: length in characters, the list of passwords that everybody tries first
 * (folded, so that capitals and accents make no difference), and the person's own e-mail or name.
 * No rule about kinds of characters.
 *
 * @returns what is wrong with it, or null
 */
export function checkPassword(
  password: string,
  person: { email: string; name: string },
): PasswordError | null {
  const { length } = [...password]
  if (length < PASSWORD_LENGTH.min) return 'tooShort'
  if (length > PASSWORD_LENGTH.max) return 'tooLong'
  if (isCommon(password)) return 'common'
  // What is left without the own words must be long enough to be a password by itself.
  const own = fold(`${person.email} ${person.name}`).split(/[^\p{L}\p{N}]/u)
  const words = own.filter((word) => word.length >= 4).sort((a, b) => b.length - a.length)
  const folded = fold(password)
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), folded)
  const isPersonal = rest.length < folded.length && rest.replaceAll(/[\s\p{P}]/gu, '').length < 8
  return isPersonal ? 'personal' : null
}
