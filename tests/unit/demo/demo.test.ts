import { describe, expect, test } from 'vitest'
import { parseDemoOptions } from '@/cli/demo'
import { generateOrganisation } from '@/tools/demo/organisation'
import { seededRandom } from '@/tools/demo/random'
import { SENTENCES } from '@/tools/demo/sentences'
import { VOCABULARY } from '@/tools/demo/vocabulary'
import { fold } from '@/lib/text/fold'
import { suggestRegion } from '@/lib/geo/suggest-region'
import { profileContentSchema, QUESTIONS } from '@/lib/organisations/schema'

const invented = Array.from({ length: 1500 }, (_, index) => generateOrganisation(1, index))
const contents = invented.map(({ content }) => content)
const answersOf = ({ answers }: (typeof contents)[number]) => Object.values(answers).flat()
const languagesOf = (content: (typeof contents)[number]) => [
  ...new Set(answersOf(content).map(({ language }) => language)),
]
const share = (count: number) => count / contents.length

test('the same numbers give the same organisation, other numbers another', () => {
  expect(generateOrganisation(7, 41)).toEqual(generateOrganisation(7, 41))
  expect(generateOrganisation(7, 41).content).not.toEqual(generateOrganisation(7, 42).content)
  expect(generateOrganisation(8, 41).content).not.toEqual(generateOrganisation(7, 41).content)
})

test('what is invented is a profile by the rules of every other', () => {
  const wrong = invented.flatMap(({ content, later }) =>
    [content, later ?? content].flatMap(
      (one) => profileContentSchema.safeParse(one).error?.issues ?? [],
    ),
  )
  expect(wrong).toEqual([])
})

test('the longest name stays a name where the directory is large', () => {
  // Found by filling a directory with 100,000: a name of 151 characters.
  const { content } = generateOrganisation(1, 60_853)
  expect(profileContentSchema.safeParse(content).error?.issues ?? []).toEqual([])
})

describe('names', () => {
  const names = contents.flatMap(({ name, aliases }) => [name, ...aliases])

  test('every name and alias says that it is invented', () => {
    const says =
      /fictif|fictive|fictional|fictici[oa]|fictíci[oa]|вымышлен|خيالية|虚构|hư cấu|สมมติ/iu
    // In capitals the accents may be gone.
    expect(names.filter((name) => !says.test(name) && !says.test(fold(name)))).toEqual([])
  })

  test('no two organisations share a name, in one seed or in two', () => {
    const other = Array.from({ length: 1500 }, (_, index) => generateOrganisation(2, index).content)
    const all = [...contents, ...other].map(({ name }) => fold(name))
    expect(new Set(all).size).toBe(all.length)
  })

  test('some are in capitals, some long, some in other scripts', () => {
    expect(names.some((name) => /\p{L}/u.test(name) && name === name.toUpperCase())).toBe(true)
    expect(names.some((name) => name.length > 90)).toBe(true)
    for (const script of [/\p{sc=Arabic}/u, /\p{sc=Han}/u, /\p{sc=Cyrillic}/u]) {
      expect(names.some((name) => script.test(name))).toBe(true)
    }
  })
})

describe('texts', () => {
  test('about 250 words in each language', () => {
    for (const language of ['fr', 'en', 'es']) {
      const counts = contents
        .map((content) => answersOf(content).filter((answer) => answer.language === language))
        .filter((answers) => answers.length === 4)
        .map(
          (answers) =>
            answers
              .map(({ text }) => text)
              .join(' ')
              .split(/\s+/).length,
        )
      const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
      expect(mean).toBeGreaterThan(200)
      expect(mean).toBeLessThan(320)
    }
  })

  test('no gap is left open', () => {
    const open = contents.flatMap(answersOf).filter(({ text }) => /[{}]|undefined/.test(text))
    expect(open).toEqual([])
  })

  test('hardly any two organisations give the same answer', () => {
    const texts = contents.flatMap(({ answers }) => answers.otherWork.map(({ text }) => text))
    expect(new Set(texts).size / texts.length).toBeGreaterThan(0.97)
  })

  test('French punctuation keeps its no-break spaces', () => {
    const french = contents.flatMap(answersOf).filter(({ language }) => language === 'fr')
    expect(french.filter(({ text }) => / [;:?!»]|« |'/.test(text))).toEqual([])
  })

  test('names no address that anybody could hold', () => {
    const addresses = contents.flatMap(({ contacts }) =>
      Object.values(contacts).flatMap((contact) => (contact ? [contact.value] : [])),
    )
    expect(addresses.length).toBeGreaterThan(0)
    expect(addresses.filter((address) => !/\.example\/?$/.test(address))).toEqual([])
    expect(contents.flatMap(answersOf).filter(({ text }) => /@|https?:/.test(text))).toEqual([])
  })
})

test('every way to say something can be said in all the languages of an organisation', () => {
  for (const question of QUESTIONS) {
    for (const ways of SENTENCES[question]) {
      for (const language of ['pt', 'ru'] as const) {
        expect(ways.filter((way) => way[language] !== undefined).length).toBeGreaterThan(0)
      }
    }
  }
  const sentences = QUESTIONS.flatMap((question) => SENTENCES[question].flat())
  const gaps = new Set([...Object.keys(VOCABULARY), 'year', 'few', 'many', 'town'])
  for (const sentence of sentences) {
    for (const text of Object.values(sentence)) {
      for (const [, gap = ''] of text.matchAll(/\{(\w+)\}/g)) {
        expect(gaps).toContain(gap.replace('2', ''))
      }
    }
  }
  for (const phrase of Object.values(VOCABULARY).flat()) {
    expect(Object.values(phrase).filter((words) => words.trim() === '')).toEqual([])
  }
})

describe('the mixture', () => {
  test('languages', () => {
    const only = (language: string) =>
      contents.filter((content) => languagesOf(content).join() === language).length
    const both = contents.filter((content) => {
      const languages = languagesOf(content)
      return languages.includes('fr') && languages.includes('en') && !languages.includes('es')
    })
    expect(share(both.length)).toBeGreaterThan(0.6)
    expect(share(both.length)).toBeLessThan(0.8)
    for (const language of ['fr', 'en']) {
      expect(share(only(language))).toBeGreaterThan(0.06)
      expect(share(only(language))).toBeLessThan(0.14)
    }
    for (const language of ['es', 'pt', 'ru']) {
      const originals = contents.filter(
        (content) => answersOf(content)[0]?.language === language,
      ).length
      expect(originals).toBeGreaterThan(0)
    }
  })

  test('both languages are originals, some translations are by machine or behind', () => {
    const answers = contents.flatMap(answersOf)
    for (const language of ['fr', 'en']) {
      const own = answers.filter((answer) => answer.language === language)
      expect(own.some(({ provenance }) => provenance === 'original')).toBe(true)
      expect(own.some(({ provenance }) => provenance === 'translation')).toBe(true)
    }
    expect(answers.some(({ provenance }) => provenance === 'machine')).toBe(true)
    const behind = invented.filter(({ later }) => later !== null)
    expect(share(behind.length)).toBeGreaterThan(0.04)
    expect(share(behind.length)).toBeLessThan(0.2)
  })

  test('at least ninety countries, in the regions where the network has them', () => {
    expect(new Set(contents.map(({ country }) => country)).size).toBeGreaterThanOrEqual(90)
    for (const { country, region, regionSuggested } of contents) {
      const suggested = country === null ? null : suggestRegion(country)
      if (suggested !== null) expect(region).toBe(suggested)
      if (regionSuggested) expect(suggested).not.toBeNull()
    }
    expect(contents.some(({ regionSuggested }) => regionSuggested)).toBe(true)
    expect(contents.some(({ regionSuggested }) => !regionSuggested)).toBe(true)
  })

  test('most are listed, a few are drafts', () => {
    const drafts = invented.filter(({ status }) => status === 'draft').length
    expect(drafts).toBeGreaterThan(0)
    expect(share(drafts)).toBeLessThan(0.05)
  })
})

describe('the source of chance', () => {
  test('gives different sequences for neighbouring numbers', () => {
    const firsts = Array.from({ length: 2000 }, (_, index) => seededRandom(1, index).next())
    expect(new Set(firsts).size).toBe(firsts.length)
    const mean = firsts.reduce((sum, one) => sum + one, 0) / firsts.length
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.05)
  })

  test('draws without repeating and keeps the order where it says so', () => {
    const random = seededRandom(3)
    for (let round = 0; round < 50; round++) {
      const some = random.sample([1, 2, 3, 4, 5], 3)
      expect(some).toHaveLength(3)
      expect(some).toEqual([...some].sort())
      expect(random.shuffled([1, 2, 3]).sort()).toEqual([1, 2, 3])
      expect([2, 3, 4]).toContain(random.integer(2, 4))
    }
  })
})

describe('what follows the command', () => {
  test.each([
    [['--count', '5000'], { remove: false, count: 5000, seed: 1, yes: false }],
    [['--count=3', '--seed', '9', '--yes'], { remove: false, count: 3, seed: 9, yes: true }],
    [['--remove'], { remove: true }],
  ])('%j is understood', (args, options) => {
    expect(parseDemoOptions(args)).toEqual(options)
  })

  test.each([
    [[]],
    [['--count']],
    [['--count', '0']],
    [['--count', '-5']],
    [['--count', '1e3']],
    [['--count', '9999999']],
    [['--count', '5', '--seed', 'x']],
    [['--count', '5', '--bogus']],
    [['--count', '5', 'extra']],
    [['--remove', '--count', '5']],
  ])('%j is not', (args) => {
    expect(parseDemoOptions(args)).toBeNull()
  })
})
