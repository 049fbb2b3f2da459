import { hashToken } from '@/lib/auth/one-time-token'
import { reader } from '@/lib/database/client'
import { valuesFromContent } from '@/lib/editing/profile-form'
import { parseProfileForm } from '@/lib/editing/read-profile-form'
import { firstValue, type FormState } from '@/lib/forms/state'
import type { ProfileContent } from '@/lib/organisations/schema'
import { parseProposedContent } from './accept'
import type { ProposalForm } from './queries'

/**
 * The values of the form that opens with a proposal, by the name of the field. Pure.
 *
 * @param base what the proposal was made from: an answer that the proposal leaves out is shown empty
 */
export function valuesOfProposal(
  { content, own }: ProposalForm,
  base: ProfileContent,
): Record<string, string[]> {
  const emptied = Object.keys(valuesFromContent(base))
    .filter((name) => /^answers\..*\.text$/.test(name))
    .map((name) => [name, ['']] as const)
  return {
    ...Object.fromEntries(emptied),
    ...valuesFromContent(content),
    message: [own?.message ?? ''],
  }
}

/**
 * Tells whether a form that was sent by a mailed link has arrived by this very link before: a second
 * press of the button, or the page sent again, is no new proposal and nothing is lost.
 *
 * @param secret of the link
 */
export async function hasArrived(secret: string, values: FormState['values']): Promise<boolean> {
  const row = await reader().proposal.findFirst({
    where: { author: `link:${hashToken(secret)}` },
    select: { content: true, message: true },
  })
  if (row === null || row.message !== firstValue(values, 'message').trim()) return false
  const parsed = parseProfileForm(values, parseProposedContent(row.content))
  return parsed.ok && JSON.stringify(parsed.content) === row.content
}
