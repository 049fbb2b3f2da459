import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { ProposeForm, type FieldSpec } from '@/components/desk/propose-form'
import { freshForm } from '@/lib/form/state'
import { languageName } from '@/lib/i18n/language-name'
import type { Locale } from '@/lib/i18n/routing'
import { COUNTRIES } from '@/lib/places/countries'
import { REGIONS } from '@/lib/places/regions'
import { TICKED, answerField, languagesInForm, valuesFromContent } from '@/lib/profile/form'
import { CONTACT_KINDS, PRIORITY_AREAS, QUESTIONS, type Question } from '@/lib/profile/schema'
import type { ProposeRefusal } from '@/lib/proposal/commands'
import { openProposalLink } from '@/lib/proposal/links'
import { startProposing, type ProposingStart } from '@/lib/proposal/queries'
import { SiteFrame } from '../../site-frame'
import { sendProposal } from './actions'

type ProposePageProps = { params: Promise<{ secret: string }> }

/** The page that follows a proposal; no secret is four letters long. */
const SENT = 'sent'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Proposals')
  return { title: t('metaTitle') }
}

export default async function ProposePage({ params }: ProposePageProps) {
  const [{ secret }, locale] = await Promise.all([params, getLocale()])
  const t = await getTranslations('Proposals.propose')
  const path = `/propose/${secret}`
  if (secret === SENT) {
    return (
      <SiteFrame path={path}>
        <div className="desk">
          <h1>{t('sentTitle')}</h1>
          <p>{t('sent')}</p>
        </div>
      </SiteFrame>
    )
  }
  const actor = await openProposalLink(secret)
  const start = actor && (await startProposing(actor, actor.organisation))
  if (!start) {
    return (
      <SiteFrame path={path}>
        <div className="desk">
          <h1>{t('goneTitle')}</h1>
          <p>{t('gone')}</p>
        </div>
      </SiteFrame>
    )
  }
  const { organisation, own } = start
  return (
    <SiteFrame path={path}>
      <div className="desk">
        <h1>{t('title', { name: organisation.name })}</h1>
        <p>{t('lead')}</p>
        <p>{t('once')}</p>
        {own === null ? null : own.answer === null || own.answer === '' ? (
          <p className="notice">{t('resumed')}</p>
        ) : (
          <div className="notice">
            <p>{t('asked')}</p>
            <blockquote className="words" dir="auto">
              {own.answer}
            </blockquote>
            <p>{t('resumed')}</p>
          </div>
        )}
        <Form locale={locale} secret={secret} start={start} />
      </div>
    </SiteFrame>
  )
}

type FormProps = { locale: Locale; secret: string; start: ProposingStart }

async function Form({ locale, secret, start }: FormProps) {
  const t = await getTranslations()
  const values: Record<string, readonly string[]> = {
    ...valuesFromContent(start.content),
    base: [String(start.baseVersion)],
    message: [start.own?.message ?? ''],
  }
  const answers = (question: Question) => ({
    id: question,
    title: t(`Questions.${question}`),
    fields: languagesInForm(values, question).flatMap((language): FieldSpec[] => [
      {
        kind: 'text',
        name: answerField(question, language, 'text'),
        label: languageName(locale, language),
        language: language === 'und' ? '' : language,
        rows: 6,
      },
      ...(['provenance', 'source'] as const).map((part): FieldSpec => ({
        kind: 'hidden',
        name: answerField(question, language, part),
        label: '',
      })),
    ]),
  })
  const [who, involvement, challenges, otherWork] = QUESTIONS.map(answers)
  const none = { value: '', name: t('Proposals.propose.noChoice') }
  const collator = new Intl.Collator(locale)
  const facts: FieldSpec[] = [
    { kind: 'hidden', name: 'base', label: '' },
    { kind: 'line', name: 'name', label: t('History.fields.name') },
    {
      kind: 'text',
      name: 'aliases',
      label: t('History.fields.aliases'),
      hint: t('Proposals.propose.aliasesHint'),
      rows: 2,
    },
    {
      kind: 'choice',
      name: 'country',
      label: t('History.fields.country'),
      options: [
        none,
        ...COUNTRIES.map((value) => ({ value, name: t(`Countries.${value}`) })).sort((a, b) =>
          collator.compare(a.name, b.name),
        ),
      ],
    },
    {
      kind: 'choice',
      name: 'region',
      label: t('History.fields.region'),
      options: [none, ...REGIONS.map((value) => ({ value, name: t(`Regions.${value}`) }))],
    },
  ]
  const areas: FieldSpec = {
    kind: 'ticks',
    name: 'priorityAreas',
    label: t('History.fields.priorityAreas'),
    options: PRIORITY_AREAS.map((value) => ({ value, name: t(`PriorityAreas.${value}`) })),
  }
  const contacts = CONTACT_KINDS.flatMap((kind): FieldSpec[] => [
    {
      kind: 'line',
      name: `contacts.${kind}.value`,
      label: t(`History.contact.${kind}`),
      type: ({ email: 'email', website: 'url', telephone: 'tel' } as const)[kind],
    },
    {
      kind: 'ticks',
      name: `contacts.${kind}.published`,
      label: '',
      options: [
        {
          value: TICKED,
          name: t('Proposals.propose.publish', { contact: t(`History.contact.${kind}`) }),
        },
      ],
    },
  ])
  const message: FieldSpec = {
    kind: 'text',
    name: 'message',
    label: t('Proposals.propose.message'),
    hint: t('Proposals.propose.messageHint'),
    rows: 3,
  }
  const refusals: Record<ProposeRefusal['reason'], string> = {
    denied: t('Proposals.propose.refusals.denied'),
    notFound: t('Proposals.propose.refusals.notFound'),
    invalid: t('Proposals.propose.refusals.invalid'),
    stale: t('Proposals.propose.refusals.stale'),
    unchanged: t('Proposals.propose.refusals.unchanged'),
    linkUsed: t('Proposals.propose.refusals.linkUsed'),
  }
  return (
    <ProposeForm
      action={sendProposal.bind(null, locale, secret)}
      start={freshForm(values)}
      sections={[
        { id: 'facts', title: t('Proposals.propose.facts'), fields: facts },
        ...[who, involvement].filter((section) => section !== undefined),
        { id: 'areas', title: t('Questions.priorityAreas'), fields: [areas] },
        ...[challenges, otherWork].filter((section) => section !== undefined),
        { id: 'contacts', title: t('Proposals.propose.contacts'), fields: contacts },
        { id: 'note', title: t('Proposals.propose.message'), fields: [message] },
      ]}
      words={{
        summary: t('Proposals.propose.summary'),
        submit: t('Proposals.propose.submit'),
        faultIn: t('Proposals.propose.faultIn', { field: '{field}', fault: '{fault}' }),
        refusals,
        faults: {
          missing: t('Proposals.propose.faults.missing'),
          tooLong: t('Proposals.propose.faults.tooLong'),
          tooMany: t('Proposals.propose.faults.tooMany'),
          unsafeCharacters: t('Proposals.propose.faults.unsafeCharacters'),
          unknownCountry: t('Proposals.propose.faults.unknownCountry'),
          notAnEmail: t('Proposals.propose.faults.notAnEmail'),
          notAWebAddress: t('Proposals.propose.faults.notAWebAddress'),
          notATelephone: t('Proposals.propose.faults.notATelephone'),
          invalid: t('Proposals.propose.faults.invalid'),
        },
      }}
    />
  )
}
