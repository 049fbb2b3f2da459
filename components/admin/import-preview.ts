import type { PreviewBlock, PreviewPage } from './import-form'
import { languageName } from '@/lib/i18n/language-name'
import type { Locale } from '@/lib/i18n/routing'
import { translator } from '@/lib/i18n/translator'
import type { PageInput, PageResult } from '@/lib/import/apply'
import type { EditedField } from '@/lib/import/merge-page'
import type { UnplacedBlock } from '@/lib/import/plan'
import { isCountry } from '@/lib/geo/countries'
import { isRegion } from '@/lib/geo/regions'
import { changedFields } from '@/lib/organisations/changed-fields'
import { emptyContent } from '@/lib/editing/profile-form'
import {
  PRIORITY_AREAS,
  QUESTIONS,
  type ProfileContent,
  type Question,
} from '@/lib/organisations/schema'
import { diffWords, fieldKey, type Segment } from '@/lib/revisions/diff'

const EXCERPT_LENGTH = 600

const FIELD_BY_REASON: Partial<Record<string, 'name' | 'country'>> = {
  noName: 'name',
  noCountry: 'country',
  unknownCountry: 'country',
  ambiguousCountry: 'country',
}

/** What would happen, or happened, to a page, in words: field by field, and what was not placed. */
export function importPreview(locale: Locale, page: PageInput, outcome: PageResult): PreviewPage {
  const t = translator(locale, 'AdminImport')
  const { plan, before, after, denied } = outcome
  const base = {
    ...{ file: page.file, text: page.text },
    name: page.overrides.name ?? '',
    country: page.overrides.country ?? '',
  }
  if (denied) {
    return { ...base, outcome: t('outcomes.denied'), fields: [], same: null, blocks: [] }
  }
  const organisation = plan.organisation
  return {
    ...base,
    outcome: t(`outcomes.${plan.outcome}`, {
      name: organisation?.name ?? '',
      status: organisation?.status ?? '',
    }),
    ...(after === null ? { fields: [], same: null } : previewFields(locale, before, after)),
    blocks: previewBlocks(locale, page, outcome),
  }
}

/** What was not placed, what can be done about it, and what was decided about it before. */
function previewBlocks(
  locale: Locale,
  { overrides: given }: PageInput,
  outcome: PageResult,
): PreviewBlock[] {
  const t = translator(locale, 'AdminImport')
  const { plan, edited, lastParagraph } = outcome
  const answerName = (question: Question, language: string) =>
    translator(locale, 'History')('answer', {
      question: translator(locale, 'Questions')(question),
      language: languageName(locale, language),
    })
  const reasonFor = (code: UnplacedBlock['reason']) =>
    translator(locale, 'Import')(`reason.${code}`)
  const refused = plan.refused.filter(({ reason }) => reason !== 'editedSince')
  const isOpen = (code: UnplacedBlock['reason'], text: string) =>
    refused.some((piece) => piece.reason === code && piece.text === text)
  return [
    ...refused.map(({ reason: code, text }): PreviewBlock => {
      const place = placeOf(code)
      // A piece that can be put somewhere is sent back whole.
      const isWhole = text.length <= EXCERPT_LENGTH || 'chosen' in place
      return {
        ...{ reason: reasonFor(code), isDecided: false, place },
        text: isWhole ? text : `${text.slice(0, EXCERPT_LENGTH)}…`,
      }
    }),
    ...edited.map(({ field, page, stands, isTaken }): PreviewBlock => {
      const shown = (value: string) => displayValue(locale, field, value)
      return {
        reason: isTaken ? t('decisions.edited') : reasonFor('editedSince'),
        ...{ text: shown(page), isDecided: isTaken },
        place: {
          ...{ kind: 'edited', field, name: nameOf(field), isTaken },
          stands: { sent: stands, shown: shown(stands) },
        },
      }
    }),
    ...(given.assigned ?? [])
      .filter(({ text }) => !isOpen('unplacedText', text))
      .map(({ text, question, language }): PreviewBlock => ({
        ...{ reason: t('decisions.answer'), text, isDecided: true },
        place: { kind: 'answer', chosen: `${question}.${language}` },
      })),
    ...(given.languages ?? [])
      .filter(({ text }) => !isOpen('uncertainLanguage', text))
      .map(({ text, language }): PreviewBlock => ({
        ...{ reason: t('decisions.language'), text, isDecided: true },
        place: { kind: 'language', chosen: language },
      })),
  ]

  function placeOf(code: UnplacedBlock['reason']): PreviewBlock['place'] {
    if (code === 'unplacedText') return { kind: 'answer', chosen: '' }
    if (code === 'uncertainLanguage') return { kind: 'language', chosen: '' }
    if (code === 'cutOff' && lastParagraph) {
      const answer = answerName(lastParagraph.question, lastParagraph.language)
      const isLeftOut = given.omitLastParagraph === true
      return { kind: 'last', name: t('lastIn', { answer }), isLeftOut }
    }
    return { kind: FIELD_BY_REASON[code] ?? 'none' }
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
        return translator(locale, 'Admin')('form.contact.email')
      default: {
        const [, question, language = ''] = field.split('.')
        const asked = QUESTIONS.find((one) => one === question)
        return asked ? answerName(asked, language) : field
      }
    }
  }
}

/** A value of a field as it is read: codes by their names. */
function displayValue(locale: Locale, field: EditedField['field'], value: string): string {
  if (field === 'country' && isCountry(value)) return translator(locale, 'Countries')(value)
  if (field === 'region' && isRegion(value)) return translator(locale, 'Regions')(value)
  if (field !== 'priorityAreas') return value
  const codes = value.split('\n')
  return PRIORITY_AREAS.filter((area) => codes.includes(area))
    .map((area) => translator(locale, 'PriorityAreas')(area))
    .join('\n')
}

function previewFields(
  locale: Locale,
  before: ProfileContent | null,
  after: ProfileContent,
): Pick<PreviewPage, 'fields' | 'same'> {
  const t = translator(locale, 'AdminImport')
  const base = before ?? emptyContent()
  const shown = (content: ProfileContent) => previewTexts(locale, content)
  const [old, next] = [shown(base), shown(after)]
  const changed = new Set(changedFields(base, after).map(fieldKey))
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

type PreviewText = { name: string; text: string; language?: string }

/** Every field of a profile as text, by its key. */
function previewTexts(locale: Locale, content: ProfileContent): Map<string, PreviewText> {
  const fields = translator(locale, 'History')
  const { country, region, contacts } = content
  const texts = new Map<string, PreviewText>([
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
