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
export function UserForm({ labels, messages, again, hasEmail, invited, ...form }: UserFormProps) {
  const [state, action, isSending, hasSubmitFailed] = useFormSubmission(
    form.action,
    form.state,
    typedValues,
  )
  const { values, errors, formError, attempt } = state
  if (values['invited']) return <Invited values={values} invited={invited} />

  const reauthMessage = reauthError(errors, again)
  const errorOf = (name: string) => {
    if (name === 'secret') return reauthMessage
    const error = errors.find(({ field }) => field === name)
    return error ? (messages[error.code] ?? error.code) : undefined
  }
  const names = [
    ...['name', 'email', 'locale', 'role', 'regions', 'organisations', 'languages'],
    'secret',
  ]
  const select = (name: 'locale' | 'role', options: readonly Option[]) => (
    <SelectField
      {...{ name, options, label: labels[name] }}
      {...{ value: firstValue(values, name), error: errorOf(name) }}
    />
  )
  return (
    <form action={action} noValidate key={attempt}>
      <SubmitFailed key={`failed ${attempt}`} isShown={hasSubmitFailed} />
      <ErrorSummary
        title={labels.summary}
        refusal={
          formError === null || hasSubmitFailed ? undefined : (messages[formError] ?? formError)
        }
        errors={names.flatMap((name) => {
          const message = errorOf(name)
          return message === undefined ? [] : [{ fieldId: name, message }]
        })}
      />
      <Field
        {...{ name: 'name', label: labels.name, value: firstValue(values, 'name') }}
        {...{ error: errorOf('name'), autoComplete: 'off', maxLength: 150, required: true }}
      />
      {hasEmail ? (
        <Field
          {...{ name: 'email', label: labels.email, value: firstValue(values, 'email') }}
          {...{ error: errorOf('email'), type: 'email', autoComplete: 'off', required: true }}
        />
      ) : null}
      {select('locale', form.locales)}
      {select('role', form.roles)}
      <RegionsField
        {...{ label: labels.regions, hint: labels.regionsHint, options: form.regions }}
        {...{ checked: values['regions'] ?? [], error: errorOf('regions') }}
      />
      <OrganisationsField
        {...{ label: labels.organisations, hint: labels.organisationsHint }}
        {...{ value: firstValue(values, 'organisations'), error: errorOf('organisations') }}
      />
      <Field
        {...{ name: 'languages', label: labels.languages, hint: labels.languagesHint }}
        {...{ value: firstValue(values, 'languages'), error: errorOf('languages') }}
        {...{ autoComplete: 'off', spellCheck: false }}
      />
      <ReauthField label={again.label} error={reauthMessage} />
      <p className="buttons">
        <button disabled={isSending}>{labels.submit}</button>
      </p>
    </form>
  )
}

type InvitedProps = { values: FormState['values']; invited: UserFormProps['invited'] }

/** What follows an invitation: its link, or that it was mailed. */
function Invited({ values, invited }: InvitedProps) {
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

const fieldClass = (error: string | undefined) => (error ? 'form-field invalid' : 'form-field')

type SelectFieldProps = {
  name: string
  label: string
  options: readonly Option[]
  value: string
  error: string | undefined
}

function SelectField({ name, label, options, value, error }: SelectFieldProps) {
  return (
    <div className={fieldClass(error)}>
      <label htmlFor={name}>{label}</label>
      {error ? <p className="error">{error}</p> : null}
      <select id={name} name={name} defaultValue={value}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

type RegionsFieldProps = {
  label: string
  hint: string
  options: readonly Option[]
  checked: readonly string[]
  error: string | undefined
}

function RegionsField({ label, hint, options, checked, error }: RegionsFieldProps) {
  return (
    <fieldset id="regions" className={fieldClass(error)} aria-describedby="regions-hint">
      <legend className="label">{label}</legend>
      <small id="regions-hint">{hint}</small>
      {error ? <p className="error">{error}</p> : null}
      <div>
        {options.map((option) => (
          <label key={option.value} className="choice-option">
            <input
              type="checkbox"
              name="regions"
              value={option.value}
              defaultChecked={checked.includes(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

type OrganisationsFieldProps = {
  label: string
  hint: string
  value: string
  error: string | undefined
}

function OrganisationsField({ label, hint, value, error }: OrganisationsFieldProps) {
  return (
    <div className={fieldClass(error)}>
      <label htmlFor="organisations">{label}</label>
      <small id="organisations-hint">{hint}</small>
      {error ? (
        <p className="error" id="organisations-error">
          {error}
        </p>
      ) : null}
      <textarea
        id="organisations"
        name="organisations"
        rows={3}
        defaultValue={value}
        spellCheck={false}
        aria-invalid={error ? true : undefined}
        aria-describedby={`organisations-hint${error ? ' organisations-error' : ''}`}
      />
    </div>
  )
}
