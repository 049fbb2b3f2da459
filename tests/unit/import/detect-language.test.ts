import { beforeAll, describe, expect, it } from 'vitest'
import { loadLanguageDetector, resolveLanguages } from '@/lib/import/detect-language'
import type { DetectLanguage, Detection } from '@/lib/import/detect-language'

let read: DetectLanguage
beforeAll(async () => {
  read = await loadLanguageDetector()
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
  ka: ['ჩვენ ვმუშაობთ ქალებთან.'],
  hy: ['Մենք աշխատում ենք կանանց հետ։'],
  km: ['យើងធ្វើការជាមួយស្ត្រី'],
  lo: ['ພວກເຮົາເຮັດວຽກກັບແມ່ຍິງ'],
  ta: ['நாங்கள் பெண்களுடன் பணிபுரிகிறோம்.'],
  te: ['మేము మహిళలతో పనిచేస్తాము.'],
  kn: ['ನಾವು ಮಹಿಳೆಯರೊಂದಿಗೆ ಕೆಲಸ ಮಾಡುತ್ತೇವೆ.'],
  ml: ['ഞങ്ങൾ സ്ത്രീകളോടൊപ്പം പ്രവർത്തിക്കുന്നു.'],
  gu: ['અમે મહિલાઓ સાથે કામ કરીએ છીએ.'],
  si: ['අපි කාන්තාවන් සමඟ වැඩ කරමු.'],
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
    'Accogliamo chiunque venda servizi sessuali e lottiamo contro la violenza.',
    'Wir beraten alle Menschen, die sexuelle Dienstleistungen anbieten.',
    'Pracujemy ze wszystkimi osobami świadczącymi usługi seksualne.',
    'Ми працюємо з усіма секс-працівницями нашого міста.',
    'Работим с всички секс работници в града и извън него.',
    'ما با همه کارگران جنسی شهر کار می‌کنیم.',
    'हम शहर की सभी यौनकर्मियों के साथ काम करते हैं።',
    'አዲስ አበባ ውስጥ እንሰራለን።',
    'אנחנו עובדות עם נשים בעיר.',
  ])('%s is foreign: what stands around it says nothing about it', (line) => {
    expect(told(line)).toBe('foreign')
  })

  it.each([
    ['Мы work', 'uncertain'],
    ['我们支持 Lanterne', 'uncertain'],
    ['Réseau 支持女性', 'uncertain'],
    ['ผู้หญิง हम शहर की सभी', 'uncertain'],
    ['ქალები женщины', 'uncertain'],
    ['Réseau हम शहर की सभी', 'uncertain'],
    ['我们与 HIV 感染者一起工作', 'zh'],
    ['女性支援センター Lanterne', 'uncertain'],
    ['женщины are welcome in our centre at any time', 'en'],
    ['Το Δίκτυο Εργαζομένων της Πόλης (NSWP)', 'el'],
  ])('%s, in two scripts → %s', (line, expected) => {
    expect(told(line)).toBe(expected)
  })

  it.each([
    ['私たちは街で働く人々を支援しています。女性支援', 'ja'],
    ['私たちは支援します。女人。', 'ja'],
    ['私たちは支援します。法律援助。', 'uncertain'],
    ['私たちは街で働く人々を支援しています。我们为性工作者提供法律援助。', 'uncertain'],
    ['我们支持性工作者的权利。我们提供法律援助。', 'zh'],
    ['我们支持性工作者的权利。We support the rights of sex workers.', 'uncertain'],
  ])('%s, with no blank between sentences → %s', (line, expected) => {
    expect(told(line)).toBe(expected)
  })

  it.each([
    'Nous offrons une aide juridique à toutes les travailleuses. We offer legal support to all sex workers in the city.',
    'Trabajamos con mujeres trans en la calle. We work with trans women on the streets.',
    'Мы работаем с полицией и врачами. We work with the police and with doctors.',
  ])('an original and its translation in one paragraph are uncertain: %s', (line) => {
    expect(told(line)).toBe('uncertain')
  })
})

describe('a long line without a full stop', () => {
  const french =
    'Nous accompagnons les personnes qui travaillent dans la rue et dans les bars, nous distribuons des préservatifs et du matériel d’information, nous organisons des dépistages avec des infirmières de confiance et nous tenons une permanence juridique tous les jeudis pour celles et ceux que la police a arrêtés ou que leur propriétaire menace'
  const english =
    'we accompany people who work on the street and in bars, we hand out condoms and information, we organise testing with nurses whom they trust, and every Thursday we keep a legal desk for those whom the police have arrested or whom their landlord threatens, and we train lawyers and journalists so that they speak of us with the words that we have chosen'
  const russian =
    'Мы сопровождаем людей, которые работают на улице и в барах, раздаём презервативы и информацию, проводим тестирование вместе с медсёстрами, которым они доверяют, и каждый четверг ведём юридический приём для тех, кого задержала полиция или кому угрожает хозяин квартиры'

  it.each([
    ['French, then English', `${french}, ${english}`],
    ['English, then French', `${english}, ${french}`],
    ['one after the other, between semicolons', `${french}; ${english}; ${french}; ${english}`],
  ])('%s: uncertain', (_, line) => expect(told(line)).toBe('uncertain'))

  it.each([
    ['fr', french],
    ['fr', `${french}, ${french}`],
    ['en', `${english}, ${english}`],
    ['ru', `${russian}, ${russian}`],
    ['zh', '我们陪伴在街头和酒吧工作的人，发放安全套和资料，'.repeat(12)],
  ])('in one language is %s', (language, line) => expect(told(line)).toBe(language))
})

describe('settleLanguages', () => {
  const fr: Detection = { kind: 'certain', language: 'fr' }
  const en: Detection = { kind: 'certain', language: 'en' }
  const foreign: Detection = { kind: 'foreign' }
  const nothing: Detection = { kind: 'uncertain', evidence: new Map() }
  const leans = (evidence: Record<string, number>): Detection => ({
    kind: 'uncertain',
    evidence: new Map(Object.entries(evidence)),
  })
  const page = new Set(['fr', 'en'])

  it.each<[string, Detection[], string[]]>([
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
      'place says nothing between two others',
      [foreign, leans({ fr: 300, en: 200 }), foreign],
      ['und', 'fr', 'und'],
    ],
    ['evidence in any order', [leans({ en: 100, fr: 300, es: 200 })], ['fr']],
    ['evidence that just leads', [leans({ fr: 300, en: 275 })], ['fr']],
    ['evidence that just does not lead', [leans({ fr: 300, en: 276 })], ['und']],
    ['a third language fits a little better', [leans({ es: 100, fr: 85, en: 10 })], ['fr']],
    ['a third language fits better', [leans({ es: 100, fr: 84, en: 10 })], ['und']],
    ['no paragraph', [], []],
    [
      'a third language fits much better',
      [fr, leans({ es: 300, fr: 200, en: 100 })],
      ['fr', 'und'],
    ],
  ])('%s', (_, readings, languages) => {
    expect(resolveLanguages(readings, page)).toEqual(languages)
  })

  it.each<[string, Record<string, number>, string]>([
    ['evidence for it alone', { fr: 300 }, 'fr'],
    ['evidence that leads over all others', { fr: 300, es: 200, pt: 150 }, 'fr'],
    ['evidence that hardly leads over another', { fr: 300, es: 280 }, 'und'],
    ['evidence for another', { es: 300, fr: 290 }, 'und'],
    ['no evidence for it', { es: 300 }, 'und'],
  ])('with one language on the page: %s', (_, evidence, language) => {
    expect(resolveLanguages([leans(evidence)], new Set(['fr']))).toEqual([language])
  })

  it('with no language on the page nothing is guessed', () => {
    expect(resolveLanguages([leans({ fr: 900 })], new Set())).toEqual(['und'])
  })
})
