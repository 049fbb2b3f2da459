'use client'

import { ErrorSummary } from '@/components/ui/error-summary'
import { Field } from '@/components/ui/field'
import { typedValues, useFormSubmission } from '@/components/ui/use-form-submission'
import { firstValue, initialFormState, type FormState } from '@/lib/forms/state'
import { SubmitFailed } from './submit-failed'

/** `link`: its URL if the site sends no mail, empty if it was mailed, null before that. */
export type LinkFormState = FormState & { link: string | null }

type LinkFormProps = {
  action: (state: LinkFormState, form: FormData) => Promise<LinkFormState>
  id: string
  languages: readonly { code: string; name: string }[]
  /** Initially selected language. */
  language: string
  labels: {
    summary: string
    email: string
    emailHint: string
    language: string
    submit: string
    sent: string
    noMail: string
    refusals: Readonly<Record<string, string>>
  }
}

/** Asks for the address to which a link for proposing changes is sent. */
export function LinkForm({ action, id, languages, language, labels }: LinkFormProps) {
  const [state, send, , hasSubmitFailed] = useFormSubmission(
    action,
    {
      ...initialFormState({ language: [language] }),
      link: null,
    },
    typedValues,
  )
  const error = state.errors.find(({ field }) => field === 'email')
  const message = error && labels.refusals[error.code]
  return (
    <form action={send}>
      <SubmitFailed key={`failed ${state.attempt}`} isShown={hasSubmitFailed} />
      <ErrorSummary
        key={state.attempt}
        title={labels.summary}
        refusal={state.formError === null ? undefined : labels.refusals[state.formError]}
        errors={message === undefined ? [] : [{ fieldId: 'email', message }]}
      />
      {state.link === null ? null : (
        <div className="done" role="status">
          <p>{state.link === '' ? labels.sent : labels.noMail}</p>
          {state.link === '' ? null : (
            <p>
              <code>{state.link}</code>
            </p>
          )}
        </div>
      )}
      <input type="hidden" name="id" value={id} />
      <Field
        key={`email ${state.attempt}`}
        label={labels.email}
        name="email"
        type="email"
        autoComplete="off"
        spellCheck={false}
        dir="ltr"
        value={firstValue(state.values, 'email')}
        hint={labels.emailHint}
        error={message}
      />
      <div className="form-field">
        <label htmlFor="language">{labels.language}</label>
        <select
          key={state.attempt}
          id="language"
          name="language"
          defaultValue={firstValue(state.values, 'language')}
        >
          {languages.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div className="buttons">
        <button type="submit">{labels.submit}</button>
      </div>
    </form>
  )
}
