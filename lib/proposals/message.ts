import { z } from 'zod'
import { hasUnsafeCharacters } from '@/lib/text/text-field'

/** Longest message of a proposer or a reviewer, in UTF-16 units. */
export const MESSAGE_LIMIT = 2000

/** A message of a proposer or a reviewer; the parsed value has no white space at its ends. */
export const messageSchema = z
  .string()
  .refine((text) => text.length <= MESSAGE_LIMIT, { error: 'tooLong' })
  .refine((text) => !hasUnsafeCharacters(text), { error: 'unsafeCharacters' })
  .transform((text) => text.trim())

/** The errors of the message of a proposal, for the form; empty if it can be sent. */
export function messageErrors(
  message: string,
): { field: 'message'; code: 'tooLong' | 'unsafeCharacters' }[] {
  const parsed = messageSchema.safeParse(message)
  if (parsed.success) return []
  const isTooLong = parsed.error.issues.some((issue) => issue.message === 'tooLong')
  return [{ field: 'message', code: isTooLong ? 'tooLong' : 'unsafeCharacters' }]
}
