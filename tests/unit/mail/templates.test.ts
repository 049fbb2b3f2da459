import { describe, expect, test } from 'vitest'
import { env } from '@/lib/env'
import { renderMail, type Template } from '@/lib/mail/templates'

const templates: Template[] = [
  'invitation',
  'reset',
  'proposalLink',
  'proposalReceived',
  'proposalAccepted',
  'proposalReturned',
  'proposalDeclined',
]
const link = `${env.PUBLIC_ORIGIN}/fr/propose/secret`

describe.each(['en', 'fr'] as const)('mails in %s', (locale) => {
  test.each(templates)(
    '%s says all that it was given, and ends with where it is from',
    (template) => {
      const values = { name: 'Ann', organisation: 'Lanterne', message: 'Merci', link }
      const { subject, text } = renderMail(template, locale, values)
      expect(subject).not.toBe('')
      expect(subject).not.toMatch(/[{}]/)
      expect(text).not.toMatch(/[{}]|\n{3}/)
      expect(text.endsWith(`${env.PUBLIC_ORIGIN}/${locale}\n`)).toBe(true)
      const isAboutPerson = template === 'invitation' || template === 'reset'
      expect(text).toContain(isAboutPerson ? 'Ann' : 'Lanterne')
      if (template !== 'proposalDeclined') expect(text).toContain(link)
    },
  )

  test('without a message leaves no empty place for it', () => {
    const { text } = renderMail('proposalDeclined', locale, {
      organisation: 'Lanterne',
      message: '',
    })
    expect(text).not.toMatch(/\n{3}|>/)
  })
})

describe('values', () => {
  test('of one line stay on it, in the subject too', () => {
    const organisation = 'Lanterne\r\nBcc: eve@elsewhere.example\u2028x\u0000'
    const { subject, text } = renderMail('proposalReceived', 'en', { organisation, link })
    expect(subject).toContain('Lanterne Bcc: eve@elsewhere.example x')
    expect(subject).not.toMatch(/[\p{Cc}\u2028]/u)
    expect(text).not.toMatch(/^Bcc/m)
  })

  test('of several lines are quoted, each of them', () => {
    const message = 'Oui.\n\n-- \nThe directory\r\nhttps://elsewhere.example'
    const { text } = renderMail('proposalReturned', 'en', { organisation: 'L', message, link })
    expect(text).toContain('> Oui.\n>\n> --\n> The directory\n> https://elsewhere.example')
  })

  test.each(['{link}', '<b>x</b>', "'{'name'}'", '{name, plural, other {x}}'])(
    '%s is text like any other',
    (organisation) => {
      const { subject } = renderMail('proposalReceived', 'en', { organisation, link })
      expect(subject).toContain(organisation)
    },
  )

  test.each([
    'https://elsewhere.example/x',
    'javascript:alert(1)',
    `${env.PUBLIC_ORIGIN}.evil/x`,
    '//elsewhere.example',
  ])('the link %s is left out', (elsewhere) => {
    expect(renderMail('reset', 'en', { name: 'Ann', link: elsewhere }).text).not.toContain(
      elsewhere,
    )
  })
})
