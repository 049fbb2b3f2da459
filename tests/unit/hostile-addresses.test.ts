import { expect, test } from 'vitest'
import { parseProfileForm } from '@/lib/editing/read-profile-form'
import { emptyContent } from '@/lib/editing/profile-form'
import { profileContentSchema } from '@/lib/organisations/schema'
import { displayUrl } from '@/lib/text/display-url'

const fromForm = (website: string) =>
  parseProfileForm(
    { name: ['Collectif Lanterne'], 'contacts.website.value': [website] },
    emptyContent(),
  )
const stored = (value: string) =>
  profileContentSchema.shape.contacts.shape.website.safeParse({ value, published: true }).success

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'ftp://fictional.example/',
  'blob:https://fictional.example/0',
  'mailto:a@fictional.example',
  '//evil.example',
  '/\\evil.example',
  'evil.example',
  'https://a@b.example/',
  'https://fictional.example@evil.example/',
  'https://a:b@evil.example/',
  'https://fictional.example%00.evil.example/',
  'https://\u202Eelpmaxe.live/',
  'https://fictional.example/\u0000',
  'https://',
  'https:// fictional.example',
  'https://fictional.example/\ud800',
])('%j is no website, neither in a form nor in what is stored', (typed) => {
  expect(stored(typed)).toBe(false)
  const read = fromForm(typed)
  expect(read.ok ? read.content.contacts.website : 'refused').toBe('refused')
})

test.each([
  ['https://fictional.example/', 'fictional.example'],
  ['HTTP://fictional.example/a/?b#c', 'fictional.example/a/?b#c'],
  ['https://été.example/', 'été.example'],
  ['https://лампа.рф/', 'лампа.рф'],
  // Each has one or more letters that only look Latin.
  ['https://fіctional.example/', 'xn--fctional-thh.example'],
  ['https://рурау.example/a/', 'xn--80a5aalc.example/a'],
  ['https://οrganisation.example', 'xn--rganisation-6ei.example'],
])('%s is shown as %s', (address, shown) => {
  expect(displayUrl(address)).toBe(shown)
  expect(stored(address)).toBe(true)
})
