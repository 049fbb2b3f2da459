import { generateOrganisation } from '@/tools/demo/organisation'
import { QUESTIONS } from '@/lib/organisations/schema'

const LABELS = {
  who: 'Who do you work with?',
  involvement: 'How are sex workers involved in your organisation?',
  challenges: 'What are the two main challenges that the sex workers you work with face',
  otherWork: 'Describe other areas of your work',
}

/** A profile page of an invented organisation as someone would paste it, for the import to read. */
export function pastedPage(seed: number, index: number): string {
  const { name, answers } = generateOrganisation(seed, index).content
  const sections = QUESTIONS.flatMap((question) => [
    LABELS[question],
    ...answers[question].map(({ text }) => text.replaceAll('\n\n', '\n')),
  ])
  return [name, ...sections, 'Region', 'Africa', 'Country', 'Kenya', ''].join('\n\n')
}
