import { describe, expect, it, vi } from 'vitest'
import { COUNTRIES } from '@/lib/geo/countries'
import { OTHER_LANGUAGES, DISAMBIGUATION_LANGUAGES } from '@/lib/geo/country-names'
import { parseCountry } from '@/lib/geo/parse-country'

/** The module as a process finds it that has just started: no name is read yet. */
async function anew() {
  vi.resetModules()
  return import('@/lib/geo/parse-country')
}

describe('names of countries', () => {
  it('knows the name of every country in every language of CLDR, unless languages disagree', () => {
    const elsewhere: string[] = []
    let ambiguous = 0
    const languages = Intl.DisplayNames.supportedLocalesOf([
      ...DISAMBIGUATION_LANGUAGES,
      ...OTHER_LANGUAGES,
    ])
    for (const language of languages) {
      const display = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
      for (const country of COUNTRIES) {
        const name = display.of(country)
        if (name === undefined) continue
        const found = parseCountry(name)
        if (!found.ok && found.reason === 'ambiguousCountry') ambiguous += 1
        else if (!found.ok || found.country !== country)
          elsewhere.push(`${language} ${country} ${name}`)
      }
    }
    expect(languages.length).toBeGreaterThan(200)
    expect(ambiguous).toBeLessThan(150)
    // French settles « Guyane »; nothing else may be somebody else's name.
    expect(elsewhere.filter((name) => !name.endsWith(' GY Guyane'))).toEqual([])
  })

  it('reads the less known languages only for a name that is in none of the others', async () => {
    const read = await anew()
    const languages = vi.spyOn(Intl.DisplayNames, 'supportedLocalesOf')
    read.parseCountry(' . ')
    read.parseCountry('BI')
    expect(languages).not.toHaveBeenCalled()
    read.parseCountry('Burundi')
    read.parseCountry('Congo')
    expect(languages.mock.calls).toEqual([[DISAMBIGUATION_LANGUAGES]])
    read.parseCountry('Sverige')
    read.parseCountry('Kampala')
    expect(languages.mock.calls).toEqual([[DISAMBIGUATION_LANGUAGES], [OTHER_LANGUAGES]])
  })

  it('does with its own names where the runtime has none', async () => {
    const read = await anew()
    vi.spyOn(Intl.DisplayNames.prototype, 'of').mockReturnValue(undefined)
    expect(read.parseCountry('Burma')).toEqual({ ok: true, country: 'MM' })
    expect(read.parseCountry('Sverige')).toEqual({ ok: false, reason: 'unknownCountry' })
  })

  it('reads the less known languages by itself, to suggest', async () => {
    const read = await anew()
    expect(read.suggestCountries('Burund')[0]).toBe('BI')
    expect(read.suggestCountries('Sveri')).toEqual(['SE'])
  })

  it('reads the less known languages by itself, to name a place', async () => {
    const read = await anew()
    expect(read.findNamedPlace(['sverige'])).toEqual({ country: 'SE' })
    // A short word of Latin letters is no name there, one of another script is.
    expect(read.findNamedPlace(['nga'])).toBeNull()
    expect(read.findNamedPlace(['미국'])).toEqual({ country: 'US' })
  })
})

describe('loadPlaceNames', { timeout: 30_000 }, () => {
  it('reads each language once, and lets others run between two of them', async () => {
    const read = await anew()
    const languages = vi.spyOn(Intl.DisplayNames, 'supportedLocalesOf')
    let turns = 0
    let turn = setImmediate(function next() {
      turns += 1
      turn = setImmediate(next)
    })
    await Promise.all([read.loadPlaceNames(), read.loadPlaceNames()])
    await read.loadPlaceNames()
    clearImmediate(turn)
    expect(turns).toBeGreaterThan(100)
    expect(languages.mock.calls).toEqual([[OTHER_LANGUAGES]])

    languages.mockClear()
    expect(read.findNamedPlace(['sverige'])).toEqual({ country: 'SE' })
    expect(languages.mock.calls).toEqual([[DISAMBIGUATION_LANGUAGES]])
  })

  it('does nothing when the names are known already', async () => {
    const read = await anew()
    read.parseCountry('Sverige')
    const languages = vi.spyOn(Intl.DisplayNames, 'supportedLocalesOf')
    await read.loadPlaceNames()
    expect(languages).not.toHaveBeenCalled()
  })
})
