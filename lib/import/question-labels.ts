import { fold } from '@/lib/text/fold'
import { PRIORITY_AREAS } from '@/lib/organisations/schema'
import type { PriorityArea, Question } from '@/lib/organisations/schema'

/** A label of a profile page: the five questions, and what surrounds them. */
export type Label = Question | 'priorityAreas' | 'email' | 'region' | 'country'

// Current English of the network's site, our French, then what older pages and other hands write.
// Compared without letter case, accents, punctuation, bullets; -ize is -ise.
const LABELS: Readonly<Record<Label, readonly string[]>> = {
  email: [
    'Contact email',
    'Contact e-mail',
    'Contact email address',
    'Contact e-mail address',
    'E-mail de contact',
    'Email de contact',
    'Courriel de contact',
    'Adresse e-mail de contact',
    'Adresse électronique de contact',
    'Contact par courriel',
  ],
  who: [
    'Who do you work with?',
    'Who does your organisation work with?',
    'Avec qui travaillez-vous ?',
    'Avec qui travaille votre organisation ?',
  ],
  involvement: [
    'How are sex workers involved in your organisation?',
    'How are sex workers involved in the organisation?',
    'How are sex workers involved with your organisation?',
    'Comment les travailleurSEs du sexe participent-ils/elles à votre organisation ?',
    'Comment les travailleurSEs du sexe sont-ils/elles impliquéEs dans votre organisation ?',
    'Comment les travailleuses du sexe participent-elles à votre organisation ?',
    'Comment les travailleuses du sexe sont-elles impliquées dans votre organisation ?',
  ],
  priorityAreas: [
    'Which of NSWP priority areas does your organisation work on?',
    "Which of NSWP's priority areas does your organisation work on?",
    'Which of NSWPs priority areas does your organisation work on?',
    'Which of the NSWP priority areas does your organisation work on?',
    'Which of the priority areas of NSWP does your organisation work on?',
    'Which NSWP priority areas does your organisation work on?',
    'Which priority areas does your organisation work on?',
    'Sur quels domaines prioritaires du NSWP votre organisation travaille-t-elle ?',
    'Sur lesquels des domaines prioritaires du NSWP votre organisation travaille-t-elle ?',
    'Sur quels domaines prioritaires de NSWP votre organisation travaille-t-elle ?',
  ],
  challenges: [
    'What are the two main challenges that the sex workers you work with face',
    'What are the two main challenges the sex workers you work with face?',
    'What are the two main challenges faced by the sex workers you work with?',
    'What are the two main challenges that sex workers you work with face?',
    'What are the main challenges that the sex workers you work with face?',
    'Quelles sont les deux principales difficultés que rencontrent les travailleurSEs du sexe avec qui vous travaillez ?',
    'Quelles sont les deux principales difficultés que rencontrent les travailleuses du sexe avec qui vous travaillez ?',
    'Quels sont les deux principaux défis auxquels font face les travailleurSEs du sexe avec qui vous travaillez ?',
    'Quels sont les deux principaux défis que rencontrent les travailleurSEs du sexe avec qui vous travaillez ?',
  ],
  otherWork: [
    'Describe other areas of your work',
    'Describe any other areas of your work',
    'Describe the other areas of your work',
    'Please describe other areas of your work',
    'Please describe any other areas of your work',
    'Décrivez les autres domaines de votre travail',
    'Décrivez d’autres domaines de votre travail',
  ],
  region: ['Region', 'Région'],
  country: ['Country', 'Pays'],
}

// Too common a word to be a label anywhere but above the questions.
const SHORT_EMAIL_LABELS = [
  'Email',
  'E-mail',
  'Email address',
  'E-mail address',
  'Courriel',
  'Adresse e-mail',
  'Adresse email',
  'Adresse électronique',
]

// The first of each is the network's current English, the second our French; then older wordings and
// the forms that other hands give them. Code and wording are separate: a wording is added here.
const AREA_WORDINGS: Readonly<Record<PriorityArea, readonly string[]>> = {
  decriminalisation: [
    'Oppose the criminalisation and other legal oppression of sex work and support its recognition as work',
    "S'opposer à la criminalisation et à toute autre oppression juridique du travail du sexe et soutenir sa reconnaissance comme un travail",
    'Opposing the criminalisation and other legal oppression of sex work and supporting its recognition as work',
    'Opposition to the criminalisation and other legal oppression of sex work and support of its recognition as work',
    'Oppose the criminalisation and other legal oppression of sex work',
    'Opposing the criminalisation and other legal oppression of sex work',
    'Opposition to all forms of criminalisation and other legal oppression of sex work',
    'Oppose all forms of criminalisation and other legal oppression of sex work and support its recognition as work',
    'Oppose all forms of criminalisation and other legal oppression of sex work',
    'Oppose criminalisation and other legal oppression of sex work and support its recognition as work',
    'Oppose criminalisation and other legal oppression of sex work',
    "S'opposer à la criminalisation et aux autres formes d'oppression juridique du travail du sexe et soutenir sa reconnaissance en tant que travail",
    "S'opposer à la criminalisation et à toute autre oppression juridique du travail du sexe",
  ],
  trafficking: [
    'Critique the trafficking paradigm that conflates representations of sex work, migration, and mobility',
    'Critiquer le paradigme de la traite, qui amalgame les représentations du travail du sexe, de la migration et de la mobilité',
    'Critiquing the trafficking paradigm that conflates representations of sex work, migration, and mobility',
    'Critique of the trafficking paradigm that conflates representations of sex work, migration, and mobility',
    'Critique the trafficking paradigm which conflates representations of sex work, migration, and mobility',
    'Critique the trafficking paradigm',
    'Critique of the trafficking paradigm',
    'Critiquer le paradigme de la traite qui amalgame les représentations du travail du sexe, de la migration et de la mobilité',
    'Critiquer le paradigme de la traite',
  ],
  health: [
    'Advocate for universal access to health services, including primary health care, HIV and sexual and reproductive health services',
    "Plaider pour l'accès universel aux services de santé, y compris les soins de santé primaires et les services liés au VIH et à la santé sexuelle et reproductive",
    'Advocating for universal access to health services, including primary health care, HIV and sexual and reproductive health services',
    'Advocacy for universal access to health services, including primary health care, HIV and sexual and reproductive health services',
    'Advocate for universal access to health services, including HIV and sexual and reproductive health services',
    'Advocate for universal access to health services, including primary healthcare, HIV and sexual and reproductive health services',
    'Advocate for universal access to health services',
    'Advocating for universal access to health services',
    'Advocacy for universal access to health services',
    "Plaider pour l'accès universel aux services de santé",
  ],
  violence: [
    'Speak out about violence against sex workers, including violence from police, institutions, clients, and intimate partners, while challenging the myth that sex work is inherently gender-based violence',
    "Dénoncer les violences à l'encontre des travailleurSEs du sexe, y compris celles de la police, des institutions, des clients et des partenaires intimes, tout en contestant le mythe selon lequel le travail du sexe serait en soi une violence fondée sur le genre",
    'Speaking out about violence against sex workers, including violence from police, institutions, clients, and intimate partners, while challenging the myth that sex work is inherently gender-based violence',
    'Speak out about violence against sex workers, including violence from police, institutions, clients, and intimate partners',
    'Speaking out about violence against sex workers, including violence from police, institutions, clients, and intimate partners',
    'Speak out about violence against sex workers',
    'Speaking out about violence against sex workers',
    'Speak out against violence against sex workers',
    "Dénoncer les violences à l'encontre des travailleurSEs du sexe",
  ],
  'human-rights': [
    'Oppose human rights abuses, including coercive programming, mandatory testing, raids and forced rehabilitation',
    "S'opposer aux violations des droits humains, y compris les programmes coercitifs, le dépistage obligatoire, les descentes de police et la réhabilitation forcée",
    'Opposing human rights abuses, including coercive programming, mandatory testing, raids and forced rehabilitation',
    'Opposition to human rights abuses, including coercive programming, mandatory testing, raids and forced rehabilitation',
    'Human rights abuses, including coercive programming, mandatory testing, raids and forced rehabilitation',
    'Oppose human rights abuses',
    'Opposing human rights abuses',
    'Opposition to human rights abuses',
    "S'opposer aux violations des droits humains",
  ],
  stigma: [
    'Challenge stigma and discrimination against sex workers, their families and partners, and others involved in sex work',
    "Combattre la stigmatisation et la discrimination à l'encontre des travailleurSEs du sexe, de leurs familles et partenaires et des autres personnes impliquées dans le travail du sexe",
    'Challenging stigma and discrimination against sex workers, their families and partners, and others involved in sex work',
    'Challenge stigma and discrimination against sex workers, their families, partners and others involved in sex work',
    'Challenge stigma and discrimination against sex workers',
    'Challenging stigma and discrimination against sex workers',
    "Combattre la stigmatisation et la discrimination à l'encontre des travailleurSEs du sexe",
  ],
  empowerment: [
    'Advocate for the economic empowerment and social inclusion of sex workers as sex workers',
    "Plaider pour l'autonomisation économique et l'inclusion sociale des travailleurSEs du sexe en tant que travailleurSEs du sexe",
    'Advocating for the economic empowerment and social inclusion of sex workers as sex workers',
    'Advocacy for the economic empowerment and social inclusion of sex workers as sex workers',
    'Advocate for economic empowerment and social inclusion of sex workers as sex workers',
    'Advocate for the economic empowerment of sex workers as sex workers',
    'Advocating for the economic empowerment of sex workers as sex workers',
    'Economic empowerment of sex workers as sex workers',
    'Advocate for the economic empowerment and social inclusion of sex workers',
    "Plaider pour l'autonomisation économique et l'inclusion sociale des travailleurSEs du sexe",
  ],
}

/** A label with all the white space and signs that may come with it; what is longer is an answer. */
const MAX_LABEL_LENGTH = 300

const BULLET = /^[\s\p{P}\p{S}]*(?:\(?\d{1,2}[.)]|[a-g]\))?[\s\p{P}\p{S}]*/u

function normalizeLabel(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .replace(/iz(?=ation|ing|e\b|ed\b)/gu, 'is')
    .trim()
}

const labelByWording = new Map(
  (Object.entries(LABELS) as [Label, readonly string[]][]).flatMap(([label, wordings]) =>
    wordings.map((wording): [string, Label] => [normalizeLabel(wording), label]),
  ),
)
const shortEmailLabels = new Set(SHORT_EMAIL_LABELS.map(normalizeLabel))

const areaWordings = PRIORITY_AREAS.flatMap((area) =>
  AREA_WORDINGS[area].map((wording): [string, PriorityArea] => [normalizeLabel(wording), area]),
)
// The longest first, so that a short wording does not take the beginning of a long one.
const areasByLength = [...areaWordings].sort((a, b) => b[0].length - a[0].length)

/**
 * Tells which label a line is. A line that merely contains a label, or begins like one, is none: it
 * is somebody's words. Older pages put the value on the label's line, after a colon.
 *
 * @param line one line of a page
 * @param above whether the line stands above the questions, where « E-mail » is a label too
 * @returns the label, and the value on the same line (verbatim, trimmed; empty where there is none)
 */
export function parseLabel(line: string, above: boolean): { label: Label; value: string } | null {
  const find = (text: string): Label | undefined => {
    if (text.length > MAX_LABEL_LENGTH) return undefined
    const key = normalizeLabel(text)
    return labelByWording.get(key) ?? (above && shortEmailLabels.has(key) ? 'email' : undefined)
  }
  const whole = find(line)
  if (whole !== undefined) return { label: whole, value: '' }
  const separator = /[:：\t]/u.exec(line)
  if (separator === null) return null
  const label = find(line.slice(0, separator.index))
  const value = line.slice(separator.index + 1).trim()
  return label === undefined ? null : { label, value }
}

/**
 * Tells which priority areas a line names: one known wording, or several and nothing else.
 *
 * @param line a line, or several joined by a blank where a wording runs over them
 * @returns codes, or null where anything in the line is no known wording
 */
export function parsePriorityAreas(line: string): PriorityArea[] | null {
  let rest = normalizeLabel(line.replace(BULLET, ''))
  const areas: PriorityArea[] = []
  while (rest !== '') {
    const next = areasByLength.find(
      ([wording]) => rest === wording || rest.startsWith(`${wording} `),
    )
    if (next === undefined) return null
    areas.push(next[1])
    rest = rest.slice(next[0].length).trim()
  }
  return areas.length > 0 ? areas : null
}
