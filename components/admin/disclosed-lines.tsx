import type { FormState } from '@/lib/forms/state'

type DisclosedLinesProps = {
  values: FormState['values']
  label: string
}

/**
 * The lines that a form would make public, from its answer: `passage` holds three values for each (text
 * before, passage, text after), `asItIs` the hashes that the button sends.
 */
export function DisclosedLines({ values, label }: DisclosedLinesProps) {
  const { passage = [], asItIs = [] } = values
  if (passage.length === 0) return null
  const lines = Array.from({ length: passage.length / 3 }, (_, index) =>
    passage.slice(index * 3, index * 3 + 3),
  )
  return (
    <div className="notice">
      <ul>
        {lines.map(([before, marked, after], index) => (
          <li key={index} dir="auto">
            {before}
            <mark>{marked}</mark>
            {after}
          </li>
        ))}
      </ul>
      <button name="asItIs" value={asItIs.join(' ')}>
        {label}
      </button>
    </div>
  )
}
