import { getTranslations } from 'next-intl/server'
import { Field } from '@/components/ui/field'
import { firstValue, type FormState } from '@/lib/forms/state'
import { CHECKED, isChecked } from '@/lib/editing/profile-form'
import type { Conflict } from '@/lib/editing/merge'
import { CONTACT_KINDS } from '@/lib/organisations/schema'
import { CheckboxPresence } from './answer-editor'
import { FieldConflict } from './conflict-notice'

type ContactFieldsProps = {
  values: FormState['values']
  /** Error messages by the name of the field. */
  messages: Readonly<Record<string, string>>
  conflicts: readonly Conflict[]
}

const INPUT_MODES = { email: 'email', website: 'url', telephone: 'tel' } as const

/** The contact details, each with a checkbox that publishes it. */
export async function ContactFields({ values, messages, conflicts }: ContactFieldsProps) {
  const t = await getTranslations('Admin.form')
  return (
    <fieldset className="contacts-section">
      <legend>{t('contacts')}</legend>
      <p className="hint">{t('contactsHint')}</p>
      <div className="contacts">
        {CONTACT_KINDS.map((kind) => {
          const [name, published] = [`contacts.${kind}.value`, `contacts.${kind}.published`]
          return (
            <div className="contact-field" key={kind}>
              <FieldConflict field={name} conflicts={conflicts} />
              <Field
                label={t(`contact.${kind}`)}
                name={name}
                value={firstValue(values, name)}
                error={messages[name]}
                inputMode={INPUT_MODES[kind]}
                spellCheck={false}
                autoComplete="off"
                dir="ltr"
              />
              <label className="choice-option">
                <CheckboxPresence name={published} />
                <input
                  type="checkbox"
                  name={published}
                  value={CHECKED}
                  defaultChecked={isChecked(values, published)}
                />
                <span>{t(`publish.${kind}`)}</span>
              </label>
            </div>
          )
        })}
      </div>
    </fieldset>
  )
}
