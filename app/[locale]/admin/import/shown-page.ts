import type { ReadPage } from '@/components/desk/import-form'
import { languageName } from '@/lib/i18n/language-name'
import type { Locale } from '@/lib/i18n/routing'
import { translator } from '@/lib/i18n/translator'
import type { GivenPage, PageOutcome } from '@/lib/import/apply'
import { isCountry } from '@/lib/places/countries'
import { isRegion } from '@/lib/places/regions'
import { changesBetween } from '@/lib/profile/changes'
import { emptyContent } from '@/lib/profile/form'
import { PRIORITY_AREAS, QUESTIONS, type ProfileContent } from '@/lib/profile/schema'
import { diffWords, keyOf, type Segment } from '@/lib/revision/diff'

const EXCERPT = 600

const PLACES: Partial<Record<string, 'name' | 'country' | 'answer'>> = {
  noName: 'name',
  noCountry: 'country',
  unknownCountry: 'country',
  ambiguousCountry: 'country',
  unplacedText: 'answer',
}

/** What would happen, or happened, to a page, in words: field by field, and what was not placed. */
export function shownPage(locale: Locale, page: GivenPage, outcome: PageOutcome): ReadPage {
  const t = translator(locale, 'ImportDesk')
  const { plan, before, after, denied } = outcome
  const reason = translator(locale, 'Import')
  const base = {
    ...{ file: page.file, text: page.text },
    name: page.given.name ?? '',
    country: page.given.country ?? '',
    placed: (page.given.placed ?? []).map((placed) => JSON.stringify(placed)),
  }
  if (denied) {
    return { ...base, outcome: t('outcomes.denied'), fields: [], same: null, refused: [] }
  }
  const organisation = plan.organisation
  return {
    ...base,
    outcome: t(`outcomes.${plan.outcome}`, {
      name: organisation?.name ?? '',
      status: organisation?.status ?? '',
    }),
    ...(after === null ? { fields: [], same: null } : fieldsOf(locale, before, after)),
    refused: plan.refused.map(({ reason: code, text }) => ({
      reason: reason(`reason.${code}`),
      // A piece that can be put somewhere is sent back whole.
      text:
        PLACES[code] === 'answer' || text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT)}…`,
      place: PLACES[code] ?? null,
    })),
  }
}

function fieldsOf(
  locale: Locale,
  before: ProfileContent | null,
  after: ProfileContent,
): Pick<ReadPage, 'fields' | 'same'> {
  const t = translator(locale, 'ImportDesk')
  const base = before ?? emptyContent()
  const shown = (content: ProfileContent) => textsOf(locale, content)
  const [old, next] = [shown(base), shown(after)]
  const changed = new Set(changesBetween(base, after).map(keyOf))
  const fields = [...next].flatMap(([key, { name, language, text }]) => {
    const segments: Segment[] = diffWords(old.get(key)?.text ?? '', text)
    if (!changed.has(key) || segments.length === 0) return []
    const state = old.get(key)?.text ? t('states.changed') : t('states.new')
    return [{ name, state, segments, ...(language === undefined ? {} : { language }) }]
  })
  const same = [...next.values()].filter(
    ({ name, text }) => text !== '' && !fields.some((field) => field.name === name),
  )
  return {
    fields,
    same:
      same.length === 0 ? null : t('same', { fields: same.map(({ name }) => name).join(' · ') }),
  }
}

type Shown = { name: string; text: string; language?: string }

/** Every field of a profile as text, by its key. */
function textsOf(locale: Locale, content: ProfileContent): Map<string, Shown> {
  const fields = translator(locale, 'History')
  const { country, region, contacts } = content
  const texts = new Map<string, Shown>([
    ['name', { name: fields('fields.name'), text: content.name }],
    ['aliases', { name: fields('fields.aliases'), text: content.aliases.join('\n') }],
    [
      'country',
      {
        name: fields('fields.country'),
        text:
          country !== null && isCountry(country) ? translator(locale, 'Countries')(country) : '',
      },
    ],
    [
      'region',
      {
        name: fields('fields.region'),
        text: isRegion(region) ? translator(locale, 'Regions')(region) : '',
      },
    ],
    [
      'priorityAreas',
      {
        name: fields('fields.priorityAreas'),
        text: PRIORITY_AREAS.filter((area) => content.priorityAreas.includes(area))
          .map((area) => translator(locale, 'PriorityAreas')(area))
          .join('\n'),
      },
    ],
    [
      'contacts',
      {
        name: fields('fields.contacts'),
        text: Object.values(contacts)
          .flatMap((contact) => contact?.value ?? [])
          .join('\n'),
      },
    ],
  ])
  for (const question of QUESTIONS) {
    for (const { language, text } of content.answers[question]) {
      const name = fields('answer', {
        question: translator(locale, 'Questions')(question),
        language: languageName(locale, language),
      })
      texts.set(`answers.${question}.${language}`, { name, text, language })
    }
  }
  return texts
}
