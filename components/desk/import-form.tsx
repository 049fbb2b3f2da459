'use client'

import { DiffText } from '@/components/history/diff-text'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Field } from '@/components/ui/field'
import { useSentForm } from '@/components/ui/use-sent-form'
import { firstValue, readValues } from '@/lib/form/state'
import type { Segment } from '@/lib/revision/diff'
import { NotSent } from './not-sent'

/** A page that was read, with what is sent again when it is read again or imported. */
export type ReadPage = {
  file: string
  text: string
  name: string
  country: string
  /** JSON of each piece that was put somewhere. */
  placed: readonly string[]
  outcome: string
  fields: readonly { name: string; state: string; language?: string; segments: Segment[] }[]
  same: string | null
  refused: readonly {
    reason: string
    text: string
    /** What can be done about it here. */
    place: 'name' | 'country' | 'answer' | null
  }[]
}

export type ImportState = {
  /** As pasted, for when nothing could be read. */
  text: string
  pages: readonly ReadPage[]
  isDone: boolean
  refusal: string | null
  attempt: number
}

type Option = { value: string; name: string }

type ImportFormProps = {
  action: (state: ImportState, form: FormData) => Promise<ImportState>
  /** Address of this page, to start over. */
  address: string
  countries: readonly Option[]
  /** Answers that a piece can be put into: `who.fr`. */
  answers: readonly Option[]
  words: Readonly<
    Record<
      | 'text'
      | 'textHint'
      | 'files'
      | 'filesHint'
      | 'plan'
      | 'again'
      | 'apply'
      | 'startOver'
      | 'planTitle'
      | 'doneTitle'
      | 'summary'
      | 'refused'
      | 'name'
      | 'country'
      | 'choose'
      | 'place'
      | 'leave',
      string
    >
  > & { refusals: Readonly<Record<string, string>> }
}

/** Pages to import: first what is given, then what would happen, then what happened. */
export function ImportForm(props: ImportFormProps) {
  const { action, address, words } = props
  const [state, send, , isNotSent] = useSentForm(
    action,
    {
      ...{ text: '', pages: [], isDone: false, refusal: null, attempt: 0 },
    },
    (form) => ({ text: firstValue(readValues(form), 'text') }),
  )
  const refusal = state.refusal === null ? undefined : words.refusals[state.refusal]
  if (state.pages.length === 0) {
    return (
      <form action={send}>
        <NotSent key={`not sent ${state.attempt}`} isShown={isNotSent} />
        <ErrorSummary key={state.attempt} title={words.summary} refusal={refusal} faults={[]} />
        <div className="form-field">
          <label htmlFor="text">{words.text}</label>
          <small id="text-hint">{words.textHint}</small>
          <textarea
            key={state.attempt}
            id="text"
            name="text"
            rows={12}
            dir="auto"
            defaultValue={state.text}
            aria-describedby="text-hint"
          />
        </div>
        <div className="form-field">
          <label htmlFor="files">{words.files}</label>
          <small id="files-hint">{words.filesHint}</small>
          <input
            id="files"
            name="files"
            type="file"
            accept=".txt,text/plain"
            multiple
            aria-describedby="files-hint"
          />
        </div>
        <div className="buttons">
          <button type="submit" name="intent" value="plan">
            {words.plan}
          </button>
        </div>
      </form>
    )
  }
  return (
    <form action={send} key={state.attempt}>
      <NotSent key={`not sent ${state.attempt}`} isShown={isNotSent} />
      <ErrorSummary title={words.summary} refusal={refusal} faults={[]} />
      <h2>{state.isDone ? words.doneTitle : words.planTitle}</h2>
      {state.pages.map((page, index) => (
        <PageSection key={index} page={page} index={index} isDone={state.isDone} {...props} />
      ))}
      <div className="buttons">
        {state.isDone ? null : (
          <>
            <button type="submit" name="intent" value="apply">
              {words.apply}
            </button>
            <button type="submit" name="intent" value="plan" className="quiet">
              {words.again}
            </button>
          </>
        )}
        <a href={address}>{words.startOver}</a>
      </div>
    </form>
  )
}

type PageSectionProps = ImportFormProps & { page: ReadPage; index: number; isDone: boolean }

function PageSection({ page, index, isDone, countries, answers, words }: PageSectionProps) {
  const field = (name: string) => `page.${index}.${name}`
  const offers = (place: 'name' | 'country') =>
    !isDone && page.refused.some((piece) => piece.place === place)
  return (
    <section aria-labelledby={field('title')}>
      <h3 id={field('title')} dir="auto">
        {page.file}
      </h3>
      <p>{page.outcome}</p>
      {isDone ? null : (
        <>
          <input type="hidden" name={field('file')} value={page.file} />
          <input type="hidden" name={field('text')} value={page.text} />
          {page.placed.map((placed) => (
            <input key={placed} type="hidden" name={field('placed')} value={placed} />
          ))}
          {offers('name') ? null : <input type="hidden" name={field('name')} value={page.name} />}
          {offers('country') ? null : (
            <input type="hidden" name={field('country')} value={page.country} />
          )}
        </>
      )}
      {page.fields.map(({ name, state, language, segments }) => (
        <div key={name} className="difference">
          <h4>
            {name} · {state}
          </h4>
          <DiffText segments={segments} {...(language === undefined ? {} : { language })} />
        </div>
      ))}
      {page.same === null ? null : <p className="hint">{page.same}</p>}
      {page.refused.length === 0 ? null : (
        <>
          <h4>{words.refused}</h4>
          <ul className="pieces">
            {page.refused.map((piece, at) => (
              <li key={at}>
                <p>{piece.reason}</p>
                {piece.text === '' ? null : (
                  <blockquote className="words" dir="auto">
                    {piece.text}
                  </blockquote>
                )}
                {isDone ? null : placeFor(piece, at)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )

  function placeFor({ place, text }: ReadPage['refused'][number], at: number) {
    switch (place) {
      case null:
        return null
      case 'name':
        return <Field label={words.name} name={field('name')} value={page.name} dir="auto" />
      case 'country':
        return choice(field('country'), words.country, words.choose, countries, page.country)
      case 'answer':
        return (
          <>
            <input type="hidden" name={field(`piece.${at}`)} value={text} />
            {choice(field(`to.${at}`), words.place, words.leave, answers, '')}
          </>
        )
    }
  }

  function choice(
    name: string,
    label: string,
    none: string,
    options: readonly Option[],
    chosen: string,
  ) {
    return (
      <div className="form-field">
        <label htmlFor={name}>{label}</label>
        <select id={name} name={name} defaultValue={chosen}>
          <option value="">{none}</option>
          {options.map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </div>
    )
  }
}
