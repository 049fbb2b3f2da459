import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { reader } from '@/lib/database/client'
import { hideProfile } from '@/lib/organisations/publish'
import { saveProfile } from '@/lib/organisations/save'
import type { Country } from '@/lib/geo/countries'
import type { ProfileContent } from '@/lib/organisations/schema'
import { search, type SearchResult } from '@/lib/search/search'
import { freshDatabase, rows } from '@/tests/support/database'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

function saying(name: string, country: Country, ...texts: [language: string, text: string][]) {
  return givenProfile({
    ...{ name, country, region: null },
    answers: {
      ...{ involvement: [], challenges: [], otherWork: [] },
      who: texts.map(([language, text]) => ({
        ...{ language, text, provenance: 'original' as const, source: null },
      })),
    } satisfies ProfileContent['answers'],
  })
}

function names({ documents }: SearchResult): string[] {
  return [...documents].map(
    (id) =>
      rows<{ name: string }>(
        `SELECT o."name" FROM "SearchDocument" d JOIN "Organisation" o ON o."id" = d."organisationId"
         WHERE d."id" = ?`,
        id,
      )[0]?.name ?? '',
  )
}

async function found(q: string): Promise<string[]> {
  return names(await search(reader(), q))
}

beforeAll(async () => {
  await freshDatabase()
  await saying('Réseau Fougère', 'BI', ['fr', 'Le VIH, la police et les préservatifs à Valmora.'])
  await saying('Fern Alliance', 'GB', ['en', 'HIV testing, condoms and a choir in Valmora.'])
  await saying('Valmora', 'KE', ['en', 'A place to rest.'])
  await saying('Boussole', 'NE', ['fr', 'Nous chantons. Travailleur·euse·s du sexe et alliées.'])
  await saying('Kompas', 'NG', ['en', 'Sex workers sing.'])
  await saying('Digitale, digitale et orchidée', 'MA', ['fr', 'Digitale, orchidée, digitale.'])
  await saying('La Digitale de l’Orchidée', 'MA', ['fr', 'Nous jardinons le dimanche, nous aussi.'])
})

describe('a whole name', () => {
  const [long, short] = ['Digitale, digitale et orchidée', 'La Digitale de l’Orchidée']

  test.each([
    ['digitale orchidée', [long, short]],
    ['la digitale de l’orchidee', [short, long]],
    ['LA « DIGITALE » DE L’ORCHIDÉE', [short, long]],
    ['la digitale de l’orchidée -police', [short, long]],
    ['-"la police" la digitale de l’orchidée', [short, long]],
    ['la digitale, digitale et orchidée', [long, short]],
    ['les Boussole', ['Boussole']],
  ])('%s comes first: %j', async (q, expected) => {
    expect(await found(q)).toEqual(expected)
  })

  test('comes before what says its word more often, with an article too', async () => {
    const { scores } = await search(reader(), 'la Boussole')
    expect(scores[0]).toBeGreaterThan(1000)
  })
})

describe('what is found', () => {
  test.each([
    ['vih', ['Réseau Fougère', 'Fern Alliance']],
    ['hiv', ['Fern Alliance', 'Réseau Fougère']],
    ['preservatif', ['Réseau Fougère', 'Fern Alliance']],
    ['travailleuses du sexe', ['Boussole', 'Kompas']],
    ['travailleurSEs', ['Boussole']],
    ['valmora', ['Valmora', 'Fern Alliance', 'Réseau Fougère']],
    ['Niger', ['Boussole']],
    ['英国', ['Fern Alliance']],
    [
      '-valmora',
      ['Boussole', 'Kompas', 'Digitale, digitale et orchidée', 'La Digitale de l’Orchidée'],
    ],
    ['valmora -police', ['Valmora', 'Fern Alliance']],
    ['"testing condoms"', ['Fern Alliance']],
    ['"condoms testing"', []],
    ['polcie', ['Réseau Fougère']],
    ['polcie -vih', []],
  ])('%s', async (q, expected) => {
    expect((await found(q)).sort()).toEqual(expected.sort())
  })

  test('a name comes before a text', async () => {
    expect((await found('valmora'))[0]).toBe('Valmora')
  })

  test('its own word before the one that means the same', async () => {
    expect((await found('vih'))[0]).toBe('Réseau Fougère')
    expect((await found('hiv'))[0]).toBe('Fern Alliance')
  })

  test('scores fall, and none is below zero', async () => {
    const { documents, scores } = await search(reader(), 'valmora')
    expect(scores).toHaveLength(documents.length)
    expect([...scores]).toEqual([...scores].sort((a, b) => b - a))
    expect(Math.min(...scores)).toBeGreaterThanOrEqual(0)
  })
})

describe('what a search says of itself', () => {
  test('that nothing has all the words, and what has most', async () => {
    const answer = await search(reader(), 'police condoms xylophone')
    expect(answer.match).toBe('some')
    expect(names(answer)).toEqual(['Réseau Fougère'])
    expect((await search(reader(), 'xylophone')).match).toBe('none')
    expect((await search(reader(), 'police condoms')).match).toBe('all')
  })

  test('which words were put right', async () => {
    expect(await search(reader(), 'choirr Kenya polcie')).toMatchObject({
      didYouMean: 'choir Kenya police',
      corrected: [
        { typed: 'choirr', found: 'choir' },
        { typed: 'polcie', found: 'police' },
      ],
    })
    expect(await search(reader(), 'presrvatisf')).toMatchObject({ didYouMean: 'préservatifs' })
    expect(await search(reader(), 'police')).toMatchObject({ didYouMean: null, corrected: [] })
  })

  test('what else was looked for', async () => {
    expect((await search(reader(), 'VIH')).alsoSearched).toEqual(['HIV'])
    expect((await search(reader(), 'sex workers')).alsoSearched).toContain('travailleurSEs du sexe')
    expect((await search(reader(), 'valmora')).alsoSearched).toEqual([])
  })

  test.each([
    ['布隆迪', 'BI'],
    ['Бурунди', 'BI'],
    ['burundi', 'BI'],
    ['RDC', 'CD'],
    ['Congo-Kinshasa', 'CD'],
    ['Ivory Coast', 'CI'],
    ['UK', 'GB'],
    ['Angleterre', 'GB'],
    ['السنغال', 'SN'],
    ['Tyskland', 'DE'],
    ['Côte d’Ivoire', 'CI'],
    ['kneya', 'KE'],
  ])('%s offers %s as a filter', async (q, country) => {
    expect(await search(reader(), `choir ${q}`)).toMatchObject({
      places: { countries: [country] },
      withoutPlaces: 'choir',
    })
  })

  test('regions too, and nothing where a name is shared or says something else', async () => {
    expect((await search(reader(), 'Amérique latine')).places.regions).toEqual(['latin-america'])
    for (const q of ['Congo', 'join us', 'y', 'de la', 'nga']) {
      expect((await search(reader(), q)).places, q).toEqual({ countries: [], regions: [] })
    }
  })
})

describe('words that are not public any more', () => {
  test('are neither found nor suggested from the moment the profile is hidden', async () => {
    const { id } = await saying('Secret', 'BI', ['en', 'Our zanzarellic meetings.'])
    expect(await search(reader(), 'zanzarellix')).toMatchObject({ didYouMean: 'zanzarellic' })
    await hideProfile(administrator, { id, reason: 'test' })
    for (const q of ['zanzarellix', 'zanzarellic', 'zanzar']) {
      expect(await search(reader(), q), q).toMatchObject({
        ...{ match: 'none', didYouMean: null, corrected: [] },
      })
    }
  })

  test('nor once the text has changed', async () => {
    const { id, version } = await saying('Changed', 'BI', ['en', 'Our quizzaciously long word.'])
    expect(await found('quizzaciously')).toEqual(['Changed'])
    await saveProfile(administrator, {
      profile: { id, version },
      content: content({ name: 'Changed' }),
      reason: 'edit',
    })
    expect(await search(reader(), 'quizzaciouslly')).toMatchObject({
      ...{ match: 'none', didYouMean: null },
    })
  })
})

describe('hostile searches', () => {
  test.each([
    ...['" NEAR(', '*', 'col:', '- ( ^', 'names:x', '{names}:x', 'a AND', '"', "'; --", '\u0000x'],
    ...['((', '-"', '-', '--a', '"" -""', '\ud800', '\u202eabc\u202c', '§polic', '©hiv', '¤bi'],
    ...['"'.repeat(5000), 'a'.repeat(10_000), 'a '.repeat(5000), '-a '.repeat(5000)],
    Array.from({ length: 500 }, (_, index) => `wörd${index}`).join(' '),
    Array.from({ length: 500 }, (_, index) => `"phrase ${index}"`).join(' '),
  ])('%j', async (q) => {
    await expect(search(reader(), q)).resolves.toHaveProperty('match')
  })

  test('of any characters', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (q) => {
        await expect(search(reader(), q)).resolves.toHaveProperty('match')
      }),
      { numRuns: 200 },
    )
  })
})
