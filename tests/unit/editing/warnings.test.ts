import { describe, expect, test } from 'vitest'
import { completenessOf } from '@/lib/admin/completeness'
import { warningsFor } from '@/lib/editing/warnings'

describe('warnings', () => {
  test.each([
    ['Appelez le +257 22 24 31 05.', 'fr', ['telephone']],
    ['Ring 00 44 20 7946 0958 after six.', 'en', ['telephone']],
    ['Écrivez à contact@lanterne.org', 'fr', ['email']],
    ['Nous sommes au 12, avenue de la Mission.', 'fr', ['street']],
    ['Our office is at 45 Old Mill Road.', 'en', ['street']],
    ['BP 2450, Bujumbura', 'fr', ['street']],
    ['L’équipe compte 100 % de travailleuses du sexe.', 'fr', ['whoLeads']],
    ['We are a sex worker-led organisation.', 'en', ['whoLeads']],
    ['Une association dirigée par des travailleurSEs du sexe.', 'fr', ['whoLeads']],
    ['Nous travaillons avec des femmes et pour les personnes trans.', 'en', ['looksFrench']],
    ['We work with women and with trans people in the city.', 'fr', ['looksEnglish']],
  ])('%s', (text, language, expected) => {
    expect(warningsFor(text, language)).toEqual(expected)
  })

  test.each([
    ['En 2019, nous avons suivi 1 200 personnes, soit 45 % de plus qu’en 2018.', 'fr'],
    ['In 2019 we met 1,200 people under Law 27/2010.', 'en'],
    ['Nous travaillons avec des femmes et pour les personnes trans.', 'fr'],
    ['Police violence is frequent in the city and on the road.', 'en'],
    ['Todas las personas que trabajan en la calle', 'es'],
    ['LGBT', 'en'],
    ['', 'fr'],
  ])('none for %s', (text, language) => {
    expect(warningsFor(text, language)).toEqual([])
  })

  // B12: what backtracks shows itself by never coming back.
  test.each([
    '1 '.repeat(50_000),
    'a@'.repeat(50_000),
    'rue a '.repeat(17_000),
    '9 a '.repeat(25_000),
  ])('a hundred thousand characters come back', (text) => {
    expect(warningsFor(text, 'fr')).toBeInstanceOf(Array)
  })
})

test('completeness counts questions answered, and translations behind their source', () => {
  const original = { language: 'fr', provenance: 'original', changedIn: 4, source: null }
  const translation = (revision: number) => ({
    language: 'en',
    provenance: 'translation',
    changedIn: 1,
    source: { language: 'fr', revision },
  })
  expect(
    completenessOf({
      who: [original, translation(3)],
      involvement: [original, translation(4)],
      challenges: [original],
      otherWork: [],
    }),
  ).toEqual([
    { language: 'fr', answered: 3, total: 4, outdated: 0 },
    { language: 'en', answered: 2, total: 4, outdated: 1 },
  ])
})
