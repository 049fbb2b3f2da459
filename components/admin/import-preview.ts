import type { Piece, ReadPage } from './import-form'
import { languageName } from '@/lib/i18n/language-name'
import type { Locale } from '@/lib/i18n/routing'
import { translator } from '@/lib/i18n/translator'
import type { GivenPage, PageOutcome } from '@/lib/import/apply'
import type { EditedField } from '@/lib/import/merge-page'
import type { RefusedPiece } from '@/lib/import/plan'
import { isCountry } from '@/lib/geo/countries'
import { isRegion } from '@/lib/geo/regions'
import { changesBetween } from '@/lib/organisations/changed-fields'
import { emptyContent } from '@/lib/editing/profile-form'
import {
  PRIORITY_AREAS,
  QUESTIONS,
  type ProfileContent,
  type Question,
} from '@/lib/organisations/schema'
import { diffWords, keyOf, type Segment } from '@/lib/revisions/diff'

const EXCERPT = 600

const PLACES: Partial<Record<string, 'name' | 'country'>> = {
  noName: 'name',
  noCountry: 'country',
  unknownCountry: 'country',
  ambiguousCountry: 'country',
}

/** What would happen, or happened, to a page, in words: field by field, and what was not placed. */
export function shownPage(locale: Locale, page: GivenPage, outcome: PageOutcome): ReadPage {
  const t = translator(locale, 'ImportDesk')
  const { plan, before, after, denied } = outcome
  const base = {
    ...{ file: page.file, text: page.text },
    name: page.given.name ?? '',
    country: page.given.country ?? '',
  }
  if (denied) {
    return { ...base, outcome: t('outcomes.denied'), fields: [], same: null, pieces: [] }
  }
  const organisation = plan.organisation
  return {
    ...base,
    outcome: t(`outcomes.${plan.outcome}`, {
      name: organisation?.name ?? '',
      status: organisation?.status ?? '',
    }),
    ...(after === null ? { fields: [], same: null } : fieldsOf(locale, before, after)),
    pieces: piecesOf(locale, page, outcome),
  }
}

/** What was not placed, what can be done about it, and what was decided about it before. */
function piecesOf(locale: Locale, { given }: GivenPage, outcome: PageOutcome): Piece[] {
  const t = translator(locale, 'ImportDesk')
  const { plan, edited, lastParagraph } = outcome
  const answerName = (question: Question, language: string) =>
    translator(locale, 'History')('answer', {
      question: translator(locale, 'Questions')(question),
      language: languageName(locale, language),
    })
  const reasonFor = (code: RefusedPiece['reason']) => translator(locale, 'Import')(`reason.${code}`)
  const refused = plan.refused.filter(({ reason }) => reason !== 'editedSince')
  const isOpen = (code: RefusedPiece['reason'], text: string) =>
    refused.some((piece) => piece.reason === code && piece.text === text)
  return [
    ...refused.map(({ reason: code, text }): Piece => {
      const place = placeOf(code)
      // A piece that can be put somewhere is sent back whole.
      const isWhole = text.length <= EXCERPT || 'chosen' in place
      return {
        ...{ reason: reasonFor(code), isDecided: false, place },
        text: isWhole ? text : `${text.slice(0, EXCERPT)}…`,
      }
    }),
    ...edited.map(({ field, page, stands, isTaken }): Piece => {
      const shown = (value: string) => shownValue(locale, field, value)
      return {
        reason: isTaken ? t('decisions.edited') : reasonFor('editedSince'),
        ...{ text: shown(page), isDecided: isTaken },
        place: {
          ...{ kind: 'edited', field, name: nameOf(field), isTaken },
          stands: { sent: stands, shown: shown(stands) },
        },
      }
    }),
    ...(given.placed ?? [])
      .filter(({ text }) => !isOpen('unplacedText', text))
      .map(({ text, question, language }): Piece => ({
        ...{ reason: t('decisions.answer'), text, isDecided: true },
        place: { kind: 'answer', chosen: `${question}.${language}` },
      })),
    ...(given.languages ?? [])
      .filter(({ text }) => !isOpen('uncertainLanguage', text))
      .map(({ text, language }): Piece => ({
        ...{ reason: t('decisions.language'), text, isDecided: true },
        place: { kind: 'language', chosen: language },
      })),
  ]

  function placeOf(code: RefusedPiece['reason']): Piece['place'] {
    if (code === 'unplacedText') return { kind: 'answer', chosen: '' }
    if (code === 'uncertainLanguage') return { kind: 'language', chosen: '' }
    if (code === 'cutOff' && lastParagraph) {
      const answer = answerName(lastParagraph.question, lastParagraph.language)
      const isLeftOut = given.lastLeftOut === true
      return { kind: 'last', name: t('lastIn', { answer }), isLeftOut }
    }
    return { kind: PLACES[code] ?? 'none' }
  }

  function nameOf(field: EditedField['field']): string {
    const fields = translator(locale, 'History')
    switch (field) {
      case 'name':
      case 'country':
      case 'region':
      case 'priorityAreas':
        return fields(`fields.${field}`)
      case 'email':
        return translator(locale, 'Desk')('form.contact.email')
      default: {
        const [, question, language = ''] = field.split('.')
        const asked = QUESTIONS.find((one) => one === question)
        return asked ? answerName(asked, language) : field
      }
    }
  }
}

/** A value of a field as it is read: codes by their names. */
function shownValue(locale: Locale, field: EditedField['field'], value: string): string {
  if (field === 'country' && isCountry(value)) return translator(locale, 'Countries')(value)
  if (field === 'region' && isRegion(value)) return translator(locale, 'Regions')(value)
  if (field !== 'priorityAreas') return value
  const codes = value.split('\n')
  return PRIORITY_AREAS.filter((area) => codes.includes(area))
    .map((area) => translator(locale, 'PriorityAreas')(area))
    .join('\n')
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
