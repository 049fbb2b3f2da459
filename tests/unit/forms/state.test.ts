import { describe, expect, test } from 'vitest'
import { freshForm, readValues, shownAgain } from '@/lib/forms/state'

describe('a form that is shown again', () => {
  test('holds what was typed, nothing of what was wrong before, and counts on', () => {
    const before = {
      ...freshForm({ name: ['before'] }),
      faults: [{ field: 'name', code: 'missing' }],
      refusal: 'denied',
    }
    const form = new FormData()
    form.append('name', 'a\r\nb')
    form.append('area', 'x')
    form.append('area', '')
    form.append('$ACTION_ID_1', '')
    const again = shownAgain(before, readValues(form))
    expect(again).toEqual({
      values: { name: ['a\nb'], area: ['x', ''] },
      faults: [],
      refusal: null,
      attempt: 1,
    })
    expect(shownAgain(again)).toMatchObject({ values: {}, attempt: 2 })
  })
})
