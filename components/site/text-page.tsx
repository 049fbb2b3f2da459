import type { ReactNode } from 'react'

type TextPageProps = {
  title: string
  lead: string
  /** In order; the id is the fragment that a link can point to. */
  sections: { id: string; title: string; body: ReactNode }[]
}

/** A page of the site’s own text in sections. */
export function TextPage({ title, lead, sections }: TextPageProps) {
  return (
    <article className="text-page">
      <h1>{title}</h1>
      <p className="lead">{lead}</p>
      {sections.map(({ id, title: heading, body }) => (
        <section key={id} id={id}>
          <h2>{heading}</h2>
          {body}
        </section>
      ))}
    </article>
  )
}

/** The HTML elements that catalog texts may use, for `t.rich`. */
export const textElements = {
  p: (chunks: ReactNode) => <p>{chunks}</p>,
  ul: (chunks: ReactNode) => <ul>{chunks}</ul>,
  li: (chunks: ReactNode) => <li>{chunks}</li>,
}

/** A `mailto:` link that shows its address. */
export function MailLink({ address, subject }: { address: string; subject?: string }) {
  const query = subject === undefined ? '' : `?subject=${encodeURIComponent(subject)}`
  return <a href={`mailto:${address}${query}`}>{address}</a>
}
