import { hash } from '@node-rs/argon2'
import { describe, expect, test } from 'vitest'
import { hashPassword, checkPassword, verifyPassword } from '@/lib/auth/password'

const person = { email: 'amina.diallo@fictional.example', name: 'Amina Diallo' }

describe('a new password', () => {
  test.each([
    ['onze lettre', 'tooShort'],
    ['é'.repeat(11), 'tooShort'],
    ['un mot de passe '.repeat(9), 'tooLong'],
    ['password1234', 'common'],
    ['PASSWORD1234!', 'common'],
    ['passwordpassword', 'common'],
    ['1q2w3e4r5t6y', 'common'],
    ['123456789012', 'common'],
    ['aaaaaaaaaaaaa', 'common'],
    ['!!!!!!!!!!!!!', 'common'],
    ['Amina Diallo', 'personal'],
    ['AMINADIALLO2026', 'personal'],
    ['amina.diallo@fictional.example', 'personal'],
  ])('%s is refused as %s', (password, fault) => {
    expect(checkPassword(password, person)).toBe(fault)
  })

  test.each([
    'neuf parapluies',
    'пароль из слов',
    '我们的十二个字的密码很长呀',
    'Amina a neuf parapluies rouges',
    '🌂🌂🌂🌂 parapluie',
    'x'.repeat(3) + ' words and words',
    'correct horse battery staple',
    'my orange coffee',
  ])('%s is accepted', (password) => {
    expect(checkPassword(password, person)).toBeNull()
  })

  test('may have 128 characters and no more', () => {
    const longest = 'un mot de passe '.repeat(8)
    expect(longest).toHaveLength(128)
    expect(checkPassword(longest, person)).toBeNull()
    expect(checkPassword(`${longest}!`, person)).toBe('tooLong')
  })

  test.each([
    ['a word of the list several times over is common', 'dragondragondragon', 'common'],
    ['a mark behind them all does not save it', 'dragondragondragon!', 'common'],
    ['nor does a figure', 'dragondragon1', 'common'],
    ['nor do blanks and marks between them', 'Dragon-dragon dragon', 'common'],
    ['three letters several times over are common', 'rizrizrizriz', 'common'],
    ['several words of the list are not one several times over', 'dragon monkey dragon', null],
    ['a word of four letters that is not in the list may be repeated', 'lunelunelune', null],
    ['figures and marks before a word of the list do not save it', '31/07/2026 dragon', 'common'],
    ['figures and marks after a word of the list do not save it', 'dragon 31/07/2026', 'common'],
    ['figures inside a word of the list make another word of it', 'pass 2026 word', null],
    ['nothing but figures and marks is common', '31/07/2026 18:45', 'common'],
    ['without an own word it is not personal, however few its letters', 'k. r. t. z. m.', null],
  ])('%s', (_, password, fault) => {
    expect(checkPassword(password, person)).toBe(fault)
  })

  test.each([
    ['a name of four letters is an own word', 'Ylva', 'ylvaylva2026', 'personal'],
    ['names of three letters are no own words', 'Ana Léo', 'la banane de Ana', null],
    [
      'a name that begins with a shorter one is taken out as a whole',
      'Rosen Rosenbergova',
      'rosenbergova2026',
      'personal',
    ],
    ['seven letters beside the name are too few', 'Nora', 'Nora, parasol', 'personal'],
    ['eight letters beside the name are enough', 'Nora', 'Nora, parasols', null],
  ])('%s', (_, name, password, fault) => {
    expect(checkPassword(password, { email: 'office@fictional.example', name })).toBe(fault)
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

test('a third password is looked at only when one of the first two is done', async () => {
  const quick = await hash('neuf parapluies', { memoryCost: 8, timeCost: 1, parallelism: 1 })
  const done: string[] = []
  await Promise.all([
    hashPassword('neuf parapluies').then(() => done.push('slow')),
    hashPassword('neuf parapluies').then(() => done.push('slow')),
    verifyPassword(quick, 'neuf parapluies').then(() => done.push('quick')),
  ])
  expect(done).toHaveLength(3)
  expect(done[0]).toBe('slow')
})
