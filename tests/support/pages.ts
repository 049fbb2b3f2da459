import { readFileSync } from 'node:fs'

/** Reads the seed page, byte for byte. */
export function seedPage(): string {
  return readFileSync('prisma/seed/000_70a62e442eda0162.txt', 'utf8')
}

/** The network's wording of the priority areas, in its order. */
export const AREA_LINES = [
  'Oppose the criminalisation and other legal oppression of sex work and support its recognition as work',
  'Critique the trafficking paradigm that conflates representations of sex work, migration, and mobility',
  'Advocate for universal access to health services, including primary health care, HIV and sexual and reproductive health services',
  'Speak out about violence against sex workers, including violence from police, institutions, clients, and intimate partners, while challenging the myth that sex work is inherently gender-based violence',
  'Oppose human rights abuses, including coercive programming, mandatory testing, raids and forced rehabilitation',
  'Challenge stigma and discrimination against sex workers, their families and partners, and others involved in sex work',
  'Advocate for the economic empowerment and social inclusion of sex workers as sex workers',
] as const

export type PageParts = {
  name: string
  email: string | null
  who: string
  involvement: string
  areas: string
  challenges: string
  otherWork: string
  region: string
  country: string
}

const PARTS: PageParts = {
  name: 'Collectif Lanterne',
  email: null,
  who: 'Nous travaillons avec des femmes et des personnes trans.\nWe work with women and trans people.',
  involvement: 'Les membres élisent le bureau.\nThe members elect the board.',
  areas: AREA_LINES[2],
  challenges: 'Les violences policières sont fréquentes.\nPolice violence is frequent.',
  otherWork: 'Nous tenons une permanence le soir.\nWe keep a drop-in open in the evening.',
  region: '',
  country: 'Burundi',
}

/** A fictional page in the layout of today; every part may be replaced. */
export function page(changes: Partial<PageParts> = {}): string {
  const parts = { ...PARTS, ...changes }
  return [
    parts.name,
    '',
    ...(parts.email === null ? [] : ['Contact email', parts.email, '']),
    'Who do you work with?',
    '',
    parts.who,
    '',
    'How are sex workers involved in your organisation?',
    '',
    parts.involvement,
    '',
    'Which of NSWP priority areas does your organisation work on?',
    parts.areas,
    'What are the two main challenges that the sex workers you work with face',
    '',
    parts.challenges,
    '',
    'Describe other areas of your work',
    '',
    parts.otherWork,
    '',
    'Region',
    ...(parts.region === '' ? [] : [parts.region]),
    'Country',
    parts.country,
  ].join('\n')
}
