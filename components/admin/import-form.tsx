'use client'

import { DiffText } from '@/components/history/diff-text'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Field } from '@/components/ui/field'
import { useFormSubmission } from '@/components/ui/use-form-submission'
import { firstValue, formValues } from '@/lib/forms/state'
import type { Segment } from '@/lib/revisions/diff'
import { SubmitFailed } from './submit-failed'

/** A page that was read, with what is sent again when it is read again or imported. */
export type PreviewPage = {
  file: string
  text: string
  name: string
  country: string
  outcome: string
  fields: readonly { name: string; state: string; language?: string; segments: Segment[] }[]
  same: string | null
  blocks: readonly PreviewBlock[]
}

/** A piece that was not placed, or that is worth a look, and what can be done about it here. */
export type PreviewBlock = {
  reason: string
  text: string
  /** Somebody has put it where it belongs. */
  isDecided: boolean
  place:
    | { kind: 'none' | 'name' | 'country' }
    /** `chosen`: an answer (`who.fr`) or a language; empty where it is left as it is. */
    | { kind: 'answer' | 'language'; chosen: string }
    | { kind: 'edited'; field: string; name: string; stands: EditedText; isTaken: boolean }
    /** The last paragraph of a page that was cut off. */
    | { kind: 'last'; name: string; isLeftOut: boolean }
}

/** What stands in the profile: as it is sent, and as it is read. */
type EditedText = { sent: string; shown: string }

export type ImportState = {
  /** As pasted, for when nothing could be read. */
  text: string
  pages: readonly PreviewPage[]
  isDone: boolean
  formError: string | null
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
  languages: readonly Option[]
  labels: Readonly<
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
      | 'leave'
      | 'language'
      | 'uncertain'
      | 'decided'
      | 'keepStands'
      | 'takePage'
      | 'nothing'
      | 'keepLast'
      | 'leaveLast',
      string
    >
  > & { refusals: Readonly<Record<string, string>> }
}

/** Pages to import: first what is given, then what would happen, then what happened. */
export function ImportForm(props: ImportFormProps) {
  const { action, address, labels: words } = props
  const [state, send, , isNotSent] = useFormSubmission(
    action,
    {
      ...{ text: '', pages: [], isDone: false, formError: null, attempt: 0 },
    },
    (form) => ({ text: firstValue(formValues(form), 'text') }),
  )
  const refusal = state.formError === null ? undefined : words.refusals[state.formError]
  if (state.pages.length === 0) {
    return (
      <form action={send}>
        <SubmitFailed key={`not sent ${state.attempt}`} isShown={isNotSent} />
        <ErrorSummary key={state.attempt} title={words.summary} refusal={refusal} errors={[]} />
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
  const sections = state.pages.map((page, index) => (
    <PageSection key={index} page={page} index={index} isDone={state.isDone} {...props} />
  ))
  const startOver = <a href={address}>{words.startOver}</a>
  if (state.isDone) {
    return (
      <>
        <h2>{words.doneTitle}</h2>
        {sections}
        <div className="buttons">{startOver}</div>
      </>
    )
  }
  return (
    <form action={send} key={state.attempt}>
      <SubmitFailed key={`not sent ${state.attempt}`} isShown={isNotSent} />
      <ErrorSummary title={words.summary} refusal={refusal} errors={[]} />
      <h2>{words.planTitle}</h2>
      {sections}
      <div className="buttons">
        <button type="submit" name="intent" value="apply">
          {words.apply}
        </button>
        <button type="submit" name="intent" value="plan" className="quiet">
          {words.again}
        </button>
        {startOver}
      </div>
    </form>
  )
}

type PageSectionProps = ImportFormProps & { page: PreviewPage; index: number; isDone: boolean }

function PageSection(props: PageSectionProps) {
  const { page, index, isDone, countries, answers, languages, labels: words } = props
  const pieces = page.blocks.map((piece, at) => ({ ...piece, at }))
  const open = pieces.filter(({ isDecided }) => !isDecided)
  const decided = isDone ? [] : pieces.filter(({ isDecided }) => isDecided)
  const field = (name: string) => `page.${index}.${name}`
  const offers = (place: 'name' | 'country') =>
    !isDone && page.blocks.some((piece) => piece.place.kind === place)
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
      {list(words.refused, open)}
      {list(words.decided, decided)}
    </section>
  )

  function list(title: string, listed: typeof pieces) {
    return listed.length === 0 ? null : (
      <>
        <h4>{title}</h4>
        <ul className="pieces">
          {listed.map((piece) => (
            <li key={piece.at}>
              <p>{piece.reason}</p>
              {piece.text === '' || (piece.place.kind === 'edited' && !isDone) ? null : (
                <Quote text={piece.text} />
              )}
              {isDone ? null : placeFor(piece)}
            </li>
          ))}
        </ul>
      </>
    )
  }

  function placeFor({ place, text, at }: (typeof pieces)[number]) {
    const piece = <input type="hidden" name={field(`piece.${at}`)} value={text} />
    switch (place.kind) {
      case 'none':
        return null
      case 'name':
        return <Field label={words.name} name={field('name')} value={page.name} dir="auto" />
      case 'country':
        return choice(field('country'), words.country, words.choose, countries, page.country)
      case 'answer':
        return (
          <>
            {piece}
            {choice(field(`to.${at}`), words.place, words.leave, answers, place.chosen)}
          </>
        )
      case 'language':
        return (
          <>
            {piece}
            {choice(
              ...([field(`language.${at}`), words.language, words.uncertain] as const),
              ...([languages, place.chosen] as const),
            )}
          </>
        )
      case 'edited':
        return (
          <fieldset>
            <legend>{place.name}</legend>
            <input type="hidden" name={field(`field.${at}`)} value={place.field} />
            <input type="hidden" name={field(`stands.${at}`)} value={place.stands.sent} />
            <RadioOption name={field(`take.${at}`)} value="" isChosen={!place.isTaken}>
              {words.keepStands}
            </RadioOption>
            <Quote text={place.stands.shown || words.nothing} />
            <RadioOption name={field(`take.${at}`)} value="page" isChosen={place.isTaken}>
              {words.takePage}
            </RadioOption>
            <Quote text={text || words.nothing} />
          </fieldset>
        )
      case 'last':
        return (
          <fieldset>
            <legend>{place.name}</legend>
            <RadioOption name={field('last')} value="" isChosen={!place.isLeftOut}>
              {words.keepLast}
            </RadioOption>
            <RadioOption name={field('last')} value="leave" isChosen={place.isLeftOut}>
              {words.leaveLast}
            </RadioOption>
          </fieldset>
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

function Quote({ text }: { text: string }) {
  return (
    <blockquote className="words" dir="auto">
      {text}
    </blockquote>
  )
}

type RadioOptionProps = { name: string; value: string; isChosen: boolean; children: string }

function RadioOption({ name, value, isChosen, children }: RadioOptionProps) {
  return (
    <label className="choice-option">
      <input type="radio" name={name} value={value} defaultChecked={isChosen} />
      <span>{children}</span>
    </label>
  )
}
