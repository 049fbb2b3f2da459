import { hash, verify } from '@node-rs/argon2'
import { dictionary } from '@zxcvbn-ts/language-common'
import { Semaphore } from '@/lib/semaphore'
import { fold } from '@/lib/text/fold'

/** Shortest and longest password, in Unicode characters. */
export const PASSWORD_LENGTH = { min: 12, max: 128 } as const

/** Why a new password is refused. */
export type PasswordError = 'tooShort' | 'tooLong' | 'common' | 'personal'

// The smallest memory setting of OWASP's Password Storage Cheat Sheet: 19 MiB (in KiB here), two
// passes, one lane. The package's default algorithm is Argon2id.
const ARGON2_COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Leaves processor time for pages during a flood of sign-ins. */
const hashSlots = new Semaphore(2)

// Keyboards encode the same letter in different ways (NIST SP 800-63B, 5.1.1.2).
const normalizePassword = (password: string) => password.normalize('NFKC')

/** Hashes a password with Argon2id, in PHC string format. At most two hashes run at once; others wait. */
export async function hashPassword(password: string): Promise<string> {
  return hashSlots.run(() => hash(normalizePassword(password), ARGON2_COST))
}

/** Tells whether a password matches a hash made by `hashPassword`. */
export async function verifyPassword(hashed: string, password: string): Promise<boolean> {
  return hashSlots.run(() => verify(hashed, normalizePassword(password)))
}

let commonPasswords: ReadonlySet<string> | undefined

function isCommon(password: string): boolean {
  commonPasswords ??= new Set(dictionary['passwords-common'].map(fold))
  const folded = fold(password)
  if (commonPasswords.has(folded)) return true
  // A listed password with digits or punctuation around it, or repeated, is just as easy to guess.
  const bare = folded.replaceAll(/^[\d\s\p{P}\p{S}]+|[\d\s\p{P}\p{S}]+$/gu, '')
  if (bare === '' || commonPasswords.has(bare)) return true
  const repeated = /^(.+?)\1+$/u.exec(bare.replaceAll(/[\s\p{P}\p{S}]/gu, ''))?.[1]
  return repeated !== undefined && (repeated.length < 4 || commonPasswords.has(repeated))
}

/**
 * Checks a new password: its length, a list of common passwords (folded, so that capitals and accents
 * make no difference), and whether it is mainly the user's own name or e-mail. There is no rule about
 * kinds of characters (NIST SP 800-63B, 5.1.1.2).
 *
 * @returns why it is refused; null if it is accepted
 */
export function checkPassword(
  password: string,
  user: { email: string; name: string },
): PasswordError | null {
  const { length } = [...password]
  if (length < PASSWORD_LENGTH.min) return 'tooShort'
  if (length > PASSWORD_LENGTH.max) return 'tooLong'
  if (isCommon(password)) return 'common'
  // Without the user's own words, the rest must be long enough to be a password by itself.
  const parts = fold(`${user.email} ${user.name}`).split(/[^\p{L}\p{N}]/u)
  const ownWords = parts.filter((word) => word.length >= 4).sort((a, b) => b.length - a.length)
  const folded = fold(password)
  const rest = ownWords.reduce((left, word) => left.replaceAll(word, ''), folded)
  const isPersonal = rest.length < folded.length && rest.replaceAll(/[\s\p{P}]/gu, '').length < 8
  return isPersonal ? 'personal' : null
}
