import { expect, test } from 'vitest'
import { parseFormData } from '@/lib/forms/read-form-data'

function formOf(...fields: [string, string][]): FormData {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  return form
}

test('only fields that the form has are read, each with all its values', () => {
  const form = formOf(
    ['name', 'a\r\nb'],
    ['area', 'x'],
    ['area', 'y'],
    ['role', 'administrator'],
    ['__proto__', 'x'],
    ['constructor', 'x'],
    ['$ACTION_ID_1', ''],
  )
  form.append('avatar', new File(['x'], 'x.txt'))
  expect(parseFormData(form, ['name', 'area', 'reason'])).toEqual({
    name: ['a\nb'],
    area: ['x', 'y'],
  })
  expect(parseFormData(form, [])).toEqual({})
})

test('a form whose fields are many tells them itself', () => {
  const form = formOf(['page.0.text', 'x'], ['page.0.status', 'listed'])
  expect(parseFormData(form, (name) => name.endsWith('.text'))).toEqual({ 'page.0.text': ['x'] })
})
