'use client'

import { DiffText } from '@/components/history/diff-text'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Field } from '@/components/ui/field'
import { useFormSubmission } from '@/components/ui/use-form-submission'
import { firstValue, formValues } from '@/lib/forms/state'
import type { Segment } from '@/lib/revisions/diff'
import { SubmitFailed } from './submit-failed'

/** The preview of a page, and the values that are sent again with the next step. */
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

/** A block of text that was not placed or should be checked, and what the user can do about it. */
export type PreviewBlock = {
  reason: string
  text: string
  /** The user has decided about it. */
  isDecided: boolean
  place:
    | { kind: 'none' | 'name' | 'country' }
    /** `chosen`: an answer (`who.fr`) or a language; empty for no change. */
    | { kind: 'answer' | 'language'; chosen: string }
    | { kind: 'edited'; field: string; name: string; stands: EditedText; isTaken: boolean }
    /** The last paragraph of a page that ends in the middle of a text. */
    | { kind: 'last'; name: string; isLeftOut: boolean }
}

/** The current text of the profile: as the form sends it, and as it is shown. */
type EditedText = { sent: string; shown: string }

export type ImportState = {
  /** The pasted text, shown again if nothing could be read. */
  text: string
  pages: readonly PreviewPage[]
  isDone: boolean
  formError: string | null
  attempt: number
}

type Option = { value: string; name: string }

type ImportFormProps = {
  action: (state: ImportState, form: FormData) => Promise<ImportState>
  /** URL of this page, to start over. */
  address: string
  countries: readonly Option[]
  /** Answers that a block can be added to, such as `who.fr`. */
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

/** The import in three steps: input, preview, result. */
export function ImportForm(props: ImportFormProps) {
  const { action, address, labels } = props
  const [state, send, , hasSubmitFailed] = useFormSubmission(
    action,
    {
      ...{ text: '', pages: [], isDone: false, formError: null, attempt: 0 },
    },
    (form) => ({ text: firstValue(formValues(form), 'text') }),
  )
  const refusal = state.formError === null ? undefined : labels.refusals[state.formError]
  if (state.pages.length === 0) {
    return (
      <form action={send}>
        <SubmitFailed key={`failed ${state.attempt}`} isShown={hasSubmitFailed} />
        <ErrorSummary key={state.attempt} title={labels.summary} refusal={refusal} errors={[]} />
        <div className="form-field">
          <label htmlFor="text">{labels.text}</label>
          <small id="text-hint">{labels.textHint}</small>
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
          <label htmlFor="files">{labels.files}</label>
          <small id="files-hint">{labels.filesHint}</small>
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
            {labels.plan}
          </button>
        </div>
      </form>
    )
  }
  const sections = state.pages.map((page, index) => (
    <PageSection key={index} page={page} index={index} isDone={state.isDone} {...props} />
  ))
  const startOver = <a href={address}>{labels.startOver}</a>
  if (state.isDone) {
    return (
      <>
        <h2>{labels.doneTitle}</h2>
        {sections}
        <div className="buttons">{startOver}</div>
      </>
    )
  }
  return (
    <form action={send} key={state.attempt}>
      <SubmitFailed key={`failed ${state.attempt}`} isShown={hasSubmitFailed} />
      <ErrorSummary title={labels.summary} refusal={refusal} errors={[]} />
      <h2>{labels.planTitle}</h2>
      {sections}
      <div className="buttons">
        <button type="submit" name="intent" value="apply">
          {labels.apply}
        </button>
        <button type="submit" name="intent" value="plan" className="quiet">
          {labels.again}
        </button>
        {startOver}
      </div>
    </form>
  )
}

type PageSectionProps = ImportFormProps & { page: PreviewPage; index: number; isDone: boolean }

/** One page: what its import does, and the blocks that a user may place. */
function PageSection(props: PageSectionProps) {
  const { page, index, isDone, labels } = props
  const blocks = page.blocks.map((block, position) => ({ ...block, position }))
  const undecided = blocks.filter(({ isDecided }) => !isDecided)
  const decided = isDone ? [] : blocks.filter(({ isDecided }) => isDecided)
  const field = (name: string) => inputName(index, name)
  const offers = (place: 'name' | 'country') =>
    !isDone && page.blocks.some((block) => block.place.kind === place)
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
      <BlockList {...props} title={labels.refused} blocks={undecided} />
      <BlockList {...props} title={labels.decided} blocks={decided} />
    </section>
  )
}

/** Name of a field that belongs to the page at this index. */
function inputName(index: number, name: string): string {
  return `page.${index}.${name}`
}

type PositionedBlock = PreviewBlock & { position: number }

function BlockList(props: PageSectionProps & { title: string; blocks: PositionedBlock[] }) {
  const { title, blocks, isDone } = props
  if (blocks.length === 0) return null
  return (
    <>
      <h4>{title}</h4>
      <ul className="pieces">
        {blocks.map((block) => (
          <li key={block.position}>
            <p>{block.reason}</p>
            {block.text === '' || (block.place.kind === 'edited' && !isDone) ? null : (
              <Quote text={block.text} />
            )}
            {isDone ? null : <BlockPlacement {...props} block={block} />}
          </li>
        ))}
      </ul>
    </>
  )
}

/** The controls with which a user decides about a block. */
function BlockPlacement(props: PageSectionProps & { block: PositionedBlock }) {
  const { page, index, countries, answers, languages, labels, block } = props
  const { place, text, position } = block
  const field = (name: string) => inputName(index, name)
  const blockText = <input type="hidden" name={field(`piece.${position}`)} value={text} />
  switch (place.kind) {
    case 'none':
      return null
    case 'name':
      return <Field label={labels.name} name={field('name')} value={page.name} dir="auto" />
    case 'country':
      return (
        <SelectField
          name={field('country')}
          label={labels.country}
          none={labels.choose}
          options={countries}
          chosen={page.country}
        />
      )
    case 'answer':
      return (
        <>
          {blockText}
          <SelectField
            name={field(`to.${position}`)}
            label={labels.place}
            none={labels.leave}
            options={answers}
            chosen={place.chosen}
          />
        </>
      )
    case 'language':
      return (
        <>
          {blockText}
          <SelectField
            name={field(`language.${position}`)}
            label={labels.language}
            none={labels.uncertain}
            options={languages}
            chosen={place.chosen}
          />
        </>
      )
    case 'edited':
      return <EditedFieldChoice {...{ index, position, place, text, labels }} />
    case 'last':
      return (
        <fieldset>
          <legend>{place.name}</legend>
          <RadioOption name={field('last')} value="" isChosen={!place.isLeftOut}>
            {labels.keepLast}
          </RadioOption>
          <RadioOption name={field('last')} value="leave" isChosen={place.isLeftOut}>
            {labels.leaveLast}
          </RadioOption>
        </fieldset>
      )
  }
}

type EditedFieldChoiceProps = {
  index: number
  position: number
  place: Extract<PreviewBlock['place'], { kind: 'edited' }>
  text: string
  labels: ImportFormProps['labels']
}

/** A field that was edited since the last import: keep the profile's text, or take the page's. */
function EditedFieldChoice({ index, position, place, text, labels }: EditedFieldChoiceProps) {
  const choice = inputName(index, `take.${position}`)
  return (
    <fieldset>
      <legend>{place.name}</legend>
      <input type="hidden" name={inputName(index, `field.${position}`)} value={place.field} />
      <input
        type="hidden"
        name={inputName(index, `stands.${position}`)}
        value={place.stands.sent}
      />
      <RadioOption name={choice} value="" isChosen={!place.isTaken}>
        {labels.keepStands}
      </RadioOption>
      <Quote text={place.stands.shown || labels.nothing} />
      <RadioOption name={choice} value="page" isChosen={place.isTaken}>
        {labels.takePage}
      </RadioOption>
      <Quote text={text || labels.nothing} />
    </fieldset>
  )
}

type SelectFieldProps = {
  name: string
  label: string
  /** Label of the empty option. */
  none: string
  options: readonly Option[]
  chosen: string
}

function SelectField({ name, label, none, options, chosen }: SelectFieldProps) {
  return (
    <div className="form-field">
      <label htmlFor={name}>{label}</label>
      <select id={name} name={name} defaultValue={chosen}>
        <option value="">{none}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  )
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
