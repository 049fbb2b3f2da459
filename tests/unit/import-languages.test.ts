import { beforeAll, describe, expect, it } from 'vitest'
import { loadLanguageReader, settleLanguages } from '@/lib/import/languages'
import type { ReadLanguage, Reading } from '@/lib/import/languages'

let read: ReadLanguage
beforeAll(async () => {
  read = await loadLanguageReader()
}, 60_000)

function told(text: string): string {
  const reading = read(text)
  return reading.kind === 'certain' ? reading.language : reading.kind
}

// Lines as short as members write them, fictional. The thresholds were measured on these and others.
const SHORT_LINES: Readonly<Record<string, readonly string[]>> = {
  fr: [
    'Aide juridique',
    'Les violences policières',
    'Absence de protection sociale',
    'Femmes, hommes et personnes trans',
    '- Accompagnement vers les soins',
    '2. Manque de moyens financiers',
    'Travail de rue',
    'Rien d’autre pour le moment.',
    'FORMATION DES PAIRES ÉDUCATRICES',
    'Nous accueillons toute personne qui vend des services sexuels.',
  ],
  en: [
    'Legal aid',
    'Stigma and discrimination',
    'Lack of social protection',
    'Women, men and trans people',
    '- Going with people to the clinic',
    '2. Lack of funding',
    'Community health',
    'Nothing else for now.',
    'TRAINING OF PEER EDUCATORS',
    'We welcome anyone who sells sexual services.',
  ],
  es: [
    'Asesoría legal',
    'Violencia policial',
    'Falta de protección social',
    'Mujeres, hombres y personas trans',
    '- Acompañamiento al hospital',
    'Trabajo de calle',
    'Salud comunitaria',
    'Nada más por ahora.',
    'Acogemos a cualquier persona que venda servicios sexuales.',
  ],
  pt: [
    'Apoio jurídico',
    'Violência policial',
    'Falta de proteção social',
    'Mulheres, homens e pessoas trans',
    '- Acompanhamento ao hospital',
    '2. Falta de recursos financeiros',
    'Trabalho de rua',
    'Nada mais por enquanto.',
    'Acolhemos qualquer pessoa que venda serviços sexuais.',
  ],
  ru: [
    'Юридическая помощь',
    'Полицейское насилие',
    'Стигма и дискриминация',
    '2. Нехватка денег',
    'Тестирование на ВИЧ',
    'Мы рады всем, кто оказывает сексуальные услуги.',
  ],
  zh: ['法律援助', '警察暴力', '污名与歧视', '艾滋病毒检测', '我们与 HIV 感染者一起工作。'],
  ar: [
    'المساعدة القانونية',
    'عنف الشرطة',
    'الوصم والتمييز',
    'فحص فيروس نقص المناعة',
    'نرحب بكل من يقدم خدمات جنسية.',
  ],
  ja: ['私たちは街で働く人々を支援しています。'],
  ko: ['우리는 성노동자와 함께 일합니다.'],
  th: ['เราทำงานร่วมกับพนักงานบริการทางเพศ'],
  el: ['Δουλεύουμε με όλες τις εργαζόμενες στο σεξ.'],
}

describe('a short line by itself', () => {
  it.each(
    Object.entries(SHORT_LINES).flatMap(([language, lines]) =>
      lines.map((line) => [line, language]),
    ),
  )('%s → %s', (line, language) => {
    expect(told(line)).toBe(language)
  })

  it.each([
    'HIV/AIDS',
    'VIH/SIDA',
    '1.',
    '***',
    '2019: 45 %',
    'Kampala',
    'www.example.org',
    'contact@example.org',
    'Discrimination',
    'Violence',
    'Migration',
    'Police',
    'Transport',
    'Total',
    'Social',
    'LGBTQ+',
    'Advocacy',
  ])('%s is nobody’s alone: uncertain', (line) => {
    expect(told(line)).toBe('uncertain')
  })

  it.each([
    'Accogliamo chiunque venda servizi sessuali e lottiamo contro la violenza.',
    'Oferim sprijin juridic tuturor persoanelor care vând servicii sexuale.',
    'Wir beraten alle Menschen, die sexuelle Dienstleistungen anbieten.',
    'Wij werken met alle sekswerkers in de stad en daarbuiten.',
    'Kami bekerja dengan semua pekerja seks di kota ini.',
    'Seks işçileriyle birlikte çalışıyoruz ve hukuki destek veriyoruz.',
    'Ми працюємо з усіма секс-працівницями нашого міста.',
    'Работим с всички секс работници в града и извън него.',
    'ما با همه کارگران جنسی شهر کار می‌کنیم.',
    'Tunafanya kazi na wanawake wanaouza huduma za ngono mjini.',
    'Dukorana n’abakora uburaya bose mu gihugu cacu.',
    'Nou travay ak tout moun ki vann sèvis seksyèl nan vil la.',
    'हम शहर की सभी यौनकर्मियों के साथ काम करते हैं।',
  ])('%s is in none of the languages told apart', (line) => {
    expect(['foreign', 'uncertain']).toContain(told(line))
  })

  it.each([
    'Nous offrons une aide juridique à toutes les travailleuses. We offer legal support to all sex workers in the city.',
    'Trabajamos con mujeres trans en la calle. We work with trans women on the streets.',
    'Мы работаем с полицией и врачами. We work with the police and with doctors.',
  ])('an original and its translation in one paragraph are uncertain: %s', (line) => {
    expect(told(line)).toBe('uncertain')
  })
})

describe('settleLanguages', () => {
  const fr: Reading = { kind: 'certain', language: 'fr' }
  const en: Reading = { kind: 'certain', language: 'en' }
  const foreign: Reading = { kind: 'foreign' }
  const nothing: Reading = { kind: 'uncertain', evidence: new Map() }
  const leans = (evidence: Record<string, number>): Reading => ({
    kind: 'uncertain',
    evidence: new Map(Object.entries(evidence)),
  })
  const page = new Set(['fr', 'en'])

  it.each<[string, Reading[], string[]]>([
    ['between two of the same language', [fr, nothing, fr], ['fr', 'fr', 'fr']],
    ['several between two of the same', [en, nothing, nothing, en], ['en', 'en', 'en', 'en']],
    ['between two languages', [fr, nothing, en], ['fr', 'und', 'en']],
    ['at the beginning', [nothing, fr], ['und', 'fr']],
    ['at the end', [fr, nothing], ['fr', 'und']],
    ['alone', [nothing], ['und']],
    ['another language between two of the same', [fr, foreign, fr], ['fr', 'und', 'fr']],
    ['beside another language', [fr, nothing, foreign, fr], ['fr', 'und', 'und', 'fr']],
    ['between two others', [foreign, nothing, foreign], ['und', 'und', 'und']],
    ['evidence for one of the page', [fr, leans({ en: 300, fr: 250 })], ['fr', 'en']],
    ['evidence too slight', [fr, leans({ en: 300, fr: 290 })], ['fr', 'und']],
    ['place before evidence', [fr, leans({ en: 300, fr: 250 }), fr], ['fr', 'fr', 'fr']],
    [
      'evidence for a language that the page is not in',
      [fr, leans({ es: 300, pt: 290 })],
      ['fr', 'und'],
    ],
    [
      'a third language fits much better',
      [fr, leans({ es: 300, fr: 200, en: 100 })],
      ['fr', 'und'],
    ],
  ])('%s', (_, readings, languages) => {
    expect(settleLanguages(readings, page)).toEqual(languages)
  })
})
