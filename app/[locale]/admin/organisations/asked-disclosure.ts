import type { RebasedDraft } from '@/lib/editing/rebase-draft'
import { loadUndisclosed } from '@/lib/organisations/disclosure'

/**
 * What saving or listing stopped at, for the form that shows the draft.
 *
 * @param id of the organisation; null for a new one
 * @param why code of the reason why the draft is shown
 * @returns undefined where it was not for this
 */
export async function askedDisclosure(
  id: string | null,
  rebased: RebasedDraft | null,
  why: string | null,
) {
  if (why !== 'wouldDisclose' && why !== 'wouldList') return undefined
  if (!rebased?.content) return undefined
  const passages = await loadUndisclosed(id, rebased.content.answers)
  return { passages, intent: why === 'wouldList' ? ('list' as const) : ('save' as const) }
}
