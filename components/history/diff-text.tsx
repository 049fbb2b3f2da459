import { languageAttribute } from '@/components/profile/answer-text'
import type { Segment } from '@/lib/revisions/diff'

type DiffTextProps = {
  segments: readonly Segment[]
  /** BCP 47; none where the text is in no language of its own, such as a name. */
  language?: string
}

/** Two versions of a text in one: what went is struck through, what came is underlined. */
export function DiffText({ segments, language }: DiffTextProps) {
  return (
    <div
      className="diff"
      lang={language === undefined ? undefined : languageAttribute(language)}
      dir="auto"
    >
      {segments.map(({ kind, text }, index) => {
        if (kind === 'removed') return <del key={index}>{text}</del>
        if (kind === 'added') return <ins key={index}>{text}</ins>
        return <span key={index}>{text}</span>
      })}
    </div>
  )
}
