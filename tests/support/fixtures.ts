import { join } from 'node:path'
import type { Actor } from '@/lib/permissions/permissions'
import { closeDatabase, writer } from '@/lib/database/client'
import { migrate } from '@/lib/database/migrate'
import { env } from '@/lib/env'
import { importSeedPage } from '@/lib/import/seed'
import { hideProfile, withdrawProfile } from '@/lib/organisations/publish'
import { renameProfile } from '@/lib/organisations/rename'
import { saveProfile } from '@/lib/organisations/save'
import type { AnswerContent, ProfileContent } from '@/lib/organisations/schema'
import { propose } from '@/lib/proposals/propose'
import { createProposalLink, findLinkActor } from '@/lib/proposals/proposal-links'
import { CANARY, CANARY_TELEPHONE } from './doors'

const administrator: Actor = { kind: 'user', id: 'fixtures', role: 'administrator' }

const french = (text: string): AnswerContent => ({
  language: 'fr',
  text,
  provenance: 'original',
  source: null,
})
const english = (text: string): AnswerContent => ({ ...french(text), language: 'en' })
const translated = (language: string, text: string, from: string): AnswerContent => ({
  language,
  text,
  provenance: 'translation',
  source: { language: from, revision: 'current' },
})

const SENTENCE_FR =
  'Notre permanence accueille chaque semaine des travailleurSEs du sexe qui cherchent une écoute, un conseil juridique ou un accompagnement vers les soins. '
const SENTENCE_EN =
  'Every week our drop-in welcomes sex workers who are looking for someone to talk to, legal advice or support on the way to health care. '

/** Distinct sentences: repeated ones would compress to nothing and measure nothing. */
function longText(sentence: string, length: number): string {
  const words = sentence.trim().split(' ')
  let text = ''
  for (let index = 0; text.length < length; index++) {
    const turned = words.map((_, position) => words[(position * 7 + index * 3) % words.length])
    text += `${turned.join(' ')} ${(index * 7919) % 1000}. ${index % 4 === 3 ? '\n' : ''}`
  }
  return text.slice(0, length).trim()
}

function profile(changes: Partial<ProfileContent>): ProfileContent {
  return {
    name: 'Association fictive',
    aliases: [],
    country: 'SN',
    region: 'africa',
    regionSuggested: false,
    priorityAreas: ['health', 'human-rights'],
    contacts: { email: null, website: null, telephone: null },
    answers: { who: [], involvement: [], challenges: [], otherWork: [] },
    ...changes,
  }
}

function answers(changes: Partial<ProfileContent['answers']>): ProfileContent['answers'] {
  return { who: [], involvement: [], challenges: [], otherWork: [], ...changes }
}

const NUMBERED = Array.from({ length: 30 }, (_, index) =>
  profile({
    name: `Fictional Circle ${String(index + 1).padStart(2, '0')}`,
    country: ['KE', 'TH', 'FR', 'BR', 'CA'][index % 5] as ProfileContent['country'],
    region: (
      [
        'africa',
        'asia-and-the-pacific',
        'europe',
        'latin-america',
        'north-america-and-the-caribbean',
      ] as const
    )[index % 5] as ProfileContent['region'],
    answers: answers({
      who: [
        english(`${SENTENCE_EN}This is circle ${index + 1}.`),
        translated('fr', `${SENTENCE_FR}Voici le cercle ${index + 1}.`, 'en'),
      ],
      otherWork: [french(`${SENTENCE_FR}Numéro ${index + 1}.`)],
    }),
  }),
)

const PUBLIC: ProfileContent[] = [
  profile({
    name: 'Fictional Long Answers',
    answers: answers({
      who: [
        french(longText(SENTENCE_FR, 2000)),
        translated('en', longText(SENTENCE_EN, 2000), 'fr'),
      ],
      challenges: [
        french(longText(SENTENCE_FR, 2000)),
        translated('en', longText(SENTENCE_EN, 2000), 'fr'),
      ],
    }),
  }),
  profile({
    name: 'FÉDÉRATION FICTIVE DES ASSOCIATIONS DE TRAVAILLEUSES ET TRAVAILLEURS DU SEXE DU GRAND LITTORAL',
    aliases: ['FFATS', 'Les Voix du Littoral fictives'],
    answers: answers({ who: [french('Des femmes.')] }),
  }),
  profile({
    name: 'Fictional English Only',
    country: 'GB',
    region: 'europe',
    priorityAreas: ['stigma'],
    contacts: {
      email: { value: `${CANARY}@fictional.example`, published: false },
      website: { value: 'https://fictional.example/', published: true },
      telephone: null,
    },
    answers: answers({ who: [english('We work with migrant sex workers of every gender.')] }),
  }),
  profile({
    name: 'Unión ficticia del Farol',
    country: 'BO',
    region: 'latin-america',
    priorityAreas: [],
    answers: answers({
      who: [
        { ...french('Trabajamos con mujeres trans y cis.'), language: 'es' },
        translated('en', 'We work with trans and cis women.', 'es'),
      ],
      otherWork: [{ ...french('Ayuda mutua y defensa jurídica.'), language: 'es' }],
    }),
  }),
  profile({ name: 'Fictional Without Answers', country: null, region: null, priorityAreas: [] }),
  ...NUMBERED,
  profile({
    name: 'Fictional <b>Signs</b> & \u0001Sons',
    answers: answers({
      who: [french('Un ]]> texte <img src=x onerror=alert(1)> & 1 < 2.\u000B\nDeux lignes.')],
    }),
  }),
]

/** A word of its own in every field that takes words, in three languages, all of it to be published. */
const secret = (name: string): ProfileContent => {
  const told = (question: string) => [
    french(`Texte ${question} ${CANARY}.`),
    english(`Text ${question} ${CANARY}.`),
    { ...french(`Texto ${question} ${CANARY}.`), language: 'es' },
  ]
  return profile({
    name: `${name} ${CANARY}`,
    aliases: [`Alias ${CANARY}`],
    country: 'IS',
    region: 'europe',
    contacts: {
      email: { value: `desk@${CANARY}.example`, published: true },
      website: { value: `https://${CANARY}.example/`, published: true },
      telephone: { value: CANARY_TELEPHONE, published: true },
    },
    answers: {
      who: told('who'),
      involvement: told('involvement'),
      challenges: told('challenges'),
      otherWork: told('otherWork'),
    },
  })
}

/** What somebody proposes for a profile, of whatever state, and nobody has decided. */
async function proposed(profile: { id: string; version: number }): Promise<void> {
  const made = await writer().$transaction((tx) =>
    createProposalLink(tx, {
      organisationId: profile.id,
      email: `somebody@${CANARY}.example`,
      createdBy: 'fixtures',
    }),
  )
  const link = await findLinkActor(made)
  if (link === null) throw new Error('fixture: the link does not open')
  const outcome = await propose(link, {
    id: profile.id,
    baseVersion: profile.version,
    content: secret('Proposed'),
    message: `Message ${CANARY}.`,
    locale: 'fr',
  })
  if (!outcome.ok) throw new Error(`fixture: ${outcome.reason}`)
}

/** Fills the database of the environment with the seed page and fictional profiles in every state. */
async function fill(): Promise<void> {
  migrate(env.databaseFile, join(env.root, 'prisma/migrations'))
  if (!(await importSeedPage())) throw new Error('fixture: the seed page was not imported')
  const save = async (content: ProfileContent, status: 'draft' | 'listed' = 'listed') => {
    const outcome = await saveProfile(administrator, {
      profile: null,
      content,
      reason: 'fixture',
      status,
    })
    if (!outcome.ok) throw new Error(`fixture: ${outcome.reason}`)
    return outcome
  }
  for (const content of PUBLIC) {
    const saved = await save(content)
    if (content.name === 'Fictional English Only') await proposed(saved)
  }

  // The Spanish original changes after it was translated.
  const behind = profile({
    name: 'Fictional Translation Behind',
    answers: answers({
      who: [french('Première version.'), translated('en', 'First version.', 'fr')],
    }),
  })
  const first = await save(behind)
  const outcome = await saveProfile(administrator, {
    profile: { id: first.id, version: first.version },
    content: {
      ...behind,
      answers: answers({
        who: [
          french('Deuxième version, plus longue.'),
          { ...translated('en', 'First version.', 'fr'), source: { language: 'fr', revision: 1 } },
        ],
      }),
    },
    reason: 'fixture',
  })
  if (!outcome.ok) throw new Error(`fixture: ${outcome.reason}`)

  const moved = await save(profile({ name: 'Fictional Old Address' }))
  await renameProfile(administrator, {
    id: moved.id,
    slug: 'fictional-new-address',
    reason: 'fixture',
  })
  await save(secret('Draft'), 'draft')
  const hidden = await save(secret('Hidden'))
  await renameProfile(administrator, {
    id: hidden.id,
    slug: `hidden-now-${CANARY}`,
    reason: 'fixture',
  })
  await proposed(hidden)
  await hideProfile(administrator, { id: hidden.id, reason: 'fixture' })
  const withdrawn = await save(secret('Withdrawn'))
  await withdrawProfile(administrator, { id: withdrawn.id, reason: 'fixture' })
  await closeDatabase()
}

await fill()
