import { getTranslations } from 'next-intl/server'
import type { FormState } from '@/lib/forms/state'
import { checkedAreas } from '@/lib/editing/profile-form'
import { PRIORITY_AREAS } from '@/lib/organisations/schema'
import { CheckboxPresence } from './answer-editor'

/** A checkbox for each priority area. */
export async function PriorityAreaFields({ values }: { values: FormState['values'] }) {
  const t = await getTranslations()
  return (
    <fieldset className="areas-section">
      <legend>{t('Questions.priorityAreas')}</legend>
      <CheckboxPresence name="priorityAreas" />
      {PRIORITY_AREAS.map((area) => (
        <label className="choice-option" key={area}>
          <input
            type="checkbox"
            name="priorityAreas"
            value={area}
            defaultChecked={checkedAreas(values).includes(area)}
          />
          <span>{t(`PriorityAreas.${area}`)}</span>
        </label>
      ))}
    </fieldset>
  )
}
