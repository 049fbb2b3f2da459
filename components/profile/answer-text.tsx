import { splitParagraphs, type Paragraph } from '@/lib/text/paragraphs'

type AnswerTextProps = { language: string; text: string }

/** An organisation’s own words, paragraph by paragraph, with their own language. */
export function AnswerText({ language, text }: AnswerTextProps) {
  return (
    <div className="answer" lang={languageAttribute(language)} dir="auto">
      {splitParagraphs(text).map((paragraph, index) => (
        <ParagraphBlock key={index} paragraph={paragraph} />
      ))}
    </div>
  )
}

/** One paragraph or one list; each finds its own direction. */
export function ParagraphBlock({ paragraph }: { paragraph: Paragraph }) {
  if (paragraph.kind === 'text') return <p dir="auto">{paragraph.text}</p>
  return (
    <ul dir="auto">
      {paragraph.items.map((item, index) => (
        <li key={index}>{item}</li>
      ))}
    </ul>
  )
}

/** The `lang` of a text: an empty one says that the language is not known (HTML, lang attribute). */
export function languageAttribute(language: string): string {
  return language === 'und' ? '' : language
}
