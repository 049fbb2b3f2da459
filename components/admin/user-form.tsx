'use client'

import { firstValue, type FormState } from '@/lib/forms/state'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Field } from '@/components/ui/field'
import { typedValues, useFormSubmission } from '@/components/ui/use-form-submission'
import { ReauthField, reauthError, type ReauthLabels } from './reauth-field'
import { SubmitFailed } from './submit-failed'

type Option = { value: string; label: string }

type UserFormProps = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  state: FormState
  /** True for an invitation; the e-mail of an existing user cannot change. */
  hasEmail: boolean
  locales: readonly Option[]
  roles: readonly Option[]
  regions: readonly Option[]
  labels: Readonly<
    Record<
      | 'name'
      | 'email'
      | 'locale'
      | 'role'
      | 'regions'
      | 'regionsHint'
      | 'organisations'
      | 'organisationsHint'
      | 'languages'
      | 'languagesHint'
      | 'submit'
      | 'summary',
      string
    >
  >
  messages: Readonly<Record<string, string>>
  again: ReauthLabels
  /** Shown after an invitation: the link, or that it was mailed. */
  invited: { title: string; body: string; mailed: string; back: string; href: string }
}

/** Name, role and scope of a user, for an invitation and for changes. */
export function UserForm({
  labels,
  messages: words,
  again,
  hasEmail,
  invited,
  ...form
}: UserFormProps) {
  const [state, action, isSending, isNotSent] = useFormSubmission(
    form.action,
    form.state,
    typedValues,
  )
  const { values, errors: faults, formError: refusal, attempt } = state
  if (values['invited']) {
    const link = firstValue(values, 'link')
    return (
      <section className="revealed">
        <h2 tabIndex={-1} autoFocus>
          {invited.title.replace('{name}', firstValue(values, 'name'))}
        </h2>
        <p>{link === '' ? invited.mailed : invited.body}</p>
        {link === '' ? null : (
          <p className="codes">
            <code>{link}</code>
          </p>
        )}
        <p>
          <a className="button" href={invited.href}>
            {invited.back}
          </a>
        </p>
      </section>
    )
  }
  const againError = reauthError(faults, again)
  const wrong = (name: string) => {
    if (name === 'secret') return againError
    const fault = faults.find(({ field }) => field === name)
    return fault ? (words[fault.code] ?? fault.code) : undefined
  }
  const names = [
    ...['name', 'email', 'locale', 'role', 'regions', 'organisations', 'languages'],
    'secret',
  ]
  const select = (name: 'locale' | 'role', options: readonly Option[]) => (
    <div className={wrong(name) ? 'form-field faulty' : 'form-field'}>
      <label htmlFor={name}>{labels[name]}</label>
      {wrong(name) ? <p className="error">{wrong(name)}</p> : null}
      <select id={name} name={name} defaultValue={firstValue(values, name)}>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  )
  return (
    <form action={action} noValidate key={attempt}>
      <SubmitFailed key={`not sent ${attempt}`} isShown={isNotSent} />
      <ErrorSummary
        title={labels.summary}
        refusal={refusal === null || isNotSent ? undefined : (words[refusal] ?? refusal)}
        errors={names.flatMap((name) => {
          const message = wrong(name)
          return message === undefined ? [] : [{ fieldId: name, message }]
        })}
      />
      <Field
        {...{ name: 'name', label: labels.name, value: firstValue(values, 'name') }}
        {...{ error: wrong('name'), autoComplete: 'off', maxLength: 150, required: true }}
      />
      {hasEmail ? (
        <Field
          {...{ name: 'email', label: labels.email, value: firstValue(values, 'email') }}
          {...{ error: wrong('email'), type: 'email', autoComplete: 'off', required: true }}
        />
      ) : null}
      {select('locale', form.locales)}
      {select('role', form.roles)}
      <fieldset
        id="regions"
        className={wrong('regions') ? 'form-field faulty' : 'form-field'}
        aria-describedby="regions-hint"
      >
        <legend className="label">{labels.regions}</legend>
        <small id="regions-hint">{labels.regionsHint}</small>
        {wrong('regions') ? <p className="error">{wrong('regions')}</p> : null}
        <div>
          {form.regions.map(({ value, label }) => (
            <label key={value} className="choice-option">
              <input
                type="checkbox"
                name="regions"
                value={value}
                defaultChecked={values['regions']?.includes(value) ?? false}
              />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
      <div className={wrong('organisations') ? 'form-field faulty' : 'form-field'}>
        <label htmlFor="organisations">{labels.organisations}</label>
        <small id="organisations-hint">{labels.organisationsHint}</small>
        {wrong('organisations') ? (
          <p className="error" id="organisations-error">
            {wrong('organisations')}
          </p>
        ) : null}
        <textarea
          id="organisations"
          name="organisations"
          rows={3}
          defaultValue={firstValue(values, 'organisations')}
          spellCheck={false}
          aria-invalid={wrong('organisations') ? true : undefined}
          aria-describedby={`organisations-hint${wrong('organisations') ? ' organisations-error' : ''}`}
        />
      </div>
      <Field
        {...{ name: 'languages', label: labels.languages, hint: labels.languagesHint }}
        {...{ value: firstValue(values, 'languages'), error: wrong('languages') }}
        {...{ autoComplete: 'off', spellCheck: false }}
      />
      <ReauthField label={again.label} error={againError} />
      <p className="buttons">
        <button disabled={isSending}>{labels.submit}</button>
      </p>
    </form>
  )
}
