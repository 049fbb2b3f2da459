import { run } from './processes'
import { say, settings } from './surroundings'

/** How often the expected results come first, in a process with a database of its own. */
export async function benchRelevance(): Promise<string> {
  say('Asking for what is known to be there …')
  const { answered } = await run(
    ['--import', 'tsx', 'tools/bench/relevance-figures.ts'],
    settings('relevance.db'),
  )
  return answered.trimEnd()
}
