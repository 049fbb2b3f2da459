import { describe, expect, test } from 'vitest'
import { hashPassword, passwordFault, verifyPassword } from '@/lib/access/password'

const person = { email: 'amina.diallo@fictional.example', name: 'Amina Diallo' }

describe('a new password', () => {
  test.each([
    ['onze lettre', 'tooShort'],
    ['é'.repeat(11), 'tooShort'],
    ['un mot de passe '.repeat(9), 'tooLong'],
    ['password1234', 'common'],
    ['PASSWORD1234!', 'common'],
    ['passwordpassword', 'common'],
    ['123456789012', 'common'],
    ['aaaaaaaaaaaaa', 'common'],
    ['!!!!!!!!!!!!!', 'common'],
    ['Amina Diallo', 'personal'],
    ['AMINADIALLO2026', 'personal'],
    ['amina.diallo@fictional.example', 'personal'],
  ])('%s is refused as %s', (password, fault) => {
    expect(passwordFault(password, person)).toBe(fault)
  })

  test.each([
    'neuf parapluies',
    'пароль из слов',
    '我们的十二个字的密码很长呀',
    'Amina a neuf parapluies rouges',
    '🌂🌂🌂🌂 parapluie',
    'x'.repeat(3) + ' words and words',
    'correct horse battery staple',
  ])('%s is accepted', (password) => {
    expect(passwordFault(password, person)).toBeNull()
  })
})

test('a hash is argon2id with the cost that was decided', async () => {
  expect(await hashPassword('neuf parapluies')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('a password is the same however a keyboard writes its letters', async () => {
  const hashed = await hashPassword('café rouge noir')
  expect(await verifyPassword(hashed, 'café rouge noir'.normalize('NFD'))).toBe(true)
  expect(await verifyPassword(hashed, 'cafe rouge noir')).toBe(false)
})

test('many at once all come to their turn', async () => {
  const hashed = await hashPassword('neuf parapluies')
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      verifyPassword(hashed, index % 2 === 0 ? 'neuf parapluies' : 'autre chose'),
    ),
  )
  expect(answers.filter(Boolean)).toHaveLength(6)
})
