type Segment = { kind: 'same' | 'added' | 'removed'; text: string }

type WordDiffProps = {
  segments: readonly Segment[]
  /** BCP 47; `und` where it is not certain. */
  language: string
}

/** Two versions of a text in one: what went is struck out, what came is underlined. Text only. */
export function WordDiff({ segments, language }: WordDiffProps) {
  return (
    <p className="word-diff" lang={language === 'und' ? '' : language} dir="auto">
      {segments.map(({ kind, text }, index) => {
        if (kind === 'added') return <ins key={index}>{text}</ins>
        return kind === 'removed' ? <del key={index}>{text}</del> : text
      })}
    </p>
  )
}
