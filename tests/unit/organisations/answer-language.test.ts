import { expect, test } from 'vitest'
import { languagesOf, pickAnswer } from '@/lib/organisations/answer-language'
import type { PublicAnswer } from '@/lib/organisations/public'

const answer = (language: string, provenance: PublicAnswer['provenance']): PublicAnswer => ({
  language,
  provenance,
  text: `${language} ${provenance}`,
})

test('a reader gets their language, else the original, else what there is', () => {
  const both = [answer('fr', 'original'), answer('en', 'translation')]
  expect(pickAnswer(both, 'en')).toEqual({ answer: both[1], fallback: false })
  const spanish = [answer('fr', 'translation'), answer('es', 'original')]
  expect(pickAnswer(spanish, 'en')).toEqual({ answer: spanish[1], fallback: true })
  const unknown = [answer('und', 'unknown')]
  expect(pickAnswer(unknown, 'en')).toEqual({ answer: unknown[0], fallback: true })
  expect(pickAnswer([], 'en')).toBeNull()
})

test('the languages of a profile begin with those it was written in', () => {
  const answers = {
    who: [answer('fr', 'original'), answer('en', 'translation'), answer('und', 'unknown')],
    involvement: [answer('en', 'translation')],
    challenges: [answer('es', 'original')],
    otherWork: [answer('fr', 'original')],
  }
  expect(languagesOf(answers)).toEqual(['fr', 'es', 'en'])
})
