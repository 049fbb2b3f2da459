import { getTranslations } from 'next-intl/server'
import type { ProposalEntry } from '@/lib/proposals/queries'

/** Names whoever proposed: by name, or by the address that a link was sent to. */
export async function proposalAuthor(author: ProposalEntry['author']): Promise<string> {
  const t = await getTranslations('Proposals')
  if (author.kind === 'link') return t('byLink', { email: author.email })
  return author.name ?? t('formerPerson')
}
