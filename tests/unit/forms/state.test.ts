import { describe, expect, test } from 'vitest'
import { initialFormState, formValues, nextFormState } from '@/lib/forms/state'

describe('a form that is shown again', () => {
  test('holds what was typed, nothing of what was wrong before, and counts on', () => {
    const before = {
      ...initialFormState({ name: ['before'] }),
      errors: [{ field: 'name', code: 'missing' }],
      formError: 'denied',
    }
    const form = new FormData()
    form.append('name', 'a\r\nb')
    form.append('area', 'x')
    form.append('area', '')
    form.append('$ACTION_ID_1', '')
    const again = nextFormState(before, formValues(form))
    expect(again).toEqual({
      values: { name: ['a\nb'], area: ['x', ''] },
      errors: [],
      formError: null,
      attempt: 1,
    })
    expect(nextFormState(again)).toMatchObject({ values: {}, attempt: 2 })
  })
})
