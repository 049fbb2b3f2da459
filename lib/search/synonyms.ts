/**
 * What the field calls the same thing in French and in English: whoever searches for one entry of a
 * group finds all of them. Reviewed by hand; a change needs a raised `ANALYSIS`, because the groups are
 * found in the texts when they are indexed.
 *
 * Entries are separated by `|`, the first of each language is the one to show. They match every form
 * of their words; `=` before a word matches that very word, where its stem means other things too.
 * Small words (de, du, of) make no difference and neither do accents and capitals.
 */
export const SYNONYMS = {
  sexworkers: {
    fr:
      'travailleurSEs du sexe | travailleuses du sexe | travailleuses de sexe | TDS | ' +
      'travailleurs et travailleuses du sexe | professionnelles du sexe | travailleurs sexuels',
    en: 'sex workers | sexworkers | sexual workers | FSW | people who sell sex',
  },
  sexwork: { fr: 'travail du sexe | travail sexuel', en: 'sex work | sexwork | sexual labour' },
  clients: { fr: 'clients | clientèle', en: 'clients | customers' },
  hiv: { fr: 'VIH', en: 'HIV' },
  aids: { fr: '=sida', en: '=AIDS' },
  plwh: {
    fr: 'personnes vivant avec le VIH | PVVIH | séropositif | séropositive | séropositivité',
    en: 'people living with HIV | PLWH | PLHIV | HIV positive | seropositive',
  },
  sti: {
    fr: '=IST | =ISTs | =MST | infections sexuellement transmissibles | maladies sexuellement transmissibles',
    en: '=STI | =STIs | =STD | =STDs | sexually transmitted infections | sexually transmitted diseases',
  },
  tuberculosis: { fr: 'tuberculose', en: 'tuberculosis | =TB' },
  hepatitis: { fr: 'hépatite', en: 'hepatitis' },
  testing: { fr: 'dépistage | =CDV', en: 'testing | screening | =VCT' },
  antiretrovirals: { fr: 'antirétroviraux | =ARV', en: 'antiretrovirals | =ART | =ARVs' },
  prep: { fr: '=PrEP | prophylaxie préexposition', en: '=PrEP | pre-exposure prophylaxis' },
  pep: { fr: '=TPE | traitement post-exposition', en: '=PEP | post-exposure prophylaxis' },
  condoms: { fr: 'préservatifs | capotes', en: 'condoms' },
  lubricant: { fr: 'lubrifiants | gel lubrifiant', en: 'lubricants | =lube' },
  contraception: {
    fr: 'contraception | planification familiale',
    en: 'contraception | family planning | birth control',
  },
  abortion: {
    fr: 'avortement | =IVG | interruption de grossesse',
    en: 'abortion | termination of pregnancy',
  },
  pregnancy: { fr: 'grossesse', en: 'pregnancy | maternity' },
  srh: {
    fr: 'santé sexuelle et reproductive | SSR | santé reproductive',
    en: 'sexual and reproductive health | SRHR | SRH | reproductive health',
  },
  health: { fr: 'santé', en: 'health' },
  mentalhealth: { fr: 'santé mentale', en: 'mental health' },
  care: {
    fr: 'accès aux soins | accès à la santé | soins de santé | accès aux services de santé',
    en: 'access to health care | access to healthcare | health care | healthcare | access to health services',
  },
  clinic: {
    fr: 'clinique | dispensaire | centre de santé',
    en: 'clinic | health centre | health center',
  },
  nurse: { fr: 'infirmière | infirmier', en: 'nurse' },
  doctor: { fr: 'médecin | docteur', en: 'doctor | physician' },
  psychosocial: {
    fr: 'soutien psychologique | soutien psychosocial | accompagnement psychologique',
    en: 'psychological support | psychosocial support | counselling | counseling',
  },
  prevention: { fr: 'prévention', en: 'prevention' },
  harmreduction: {
    fr: 'réduction des risques | =RdR | réduction des dommages',
    en: 'harm reduction',
  },
  drugs: {
    fr: 'usage de drogues | usagers de drogues | consommation de drogues | personnes qui usent de drogues | toxicomanie',
    en: 'drug use | people who use drugs | drug users | PWUD',
  },
  needles: {
    fr: 'échange de seringues | seringues',
    en: 'needle exchange | syringe exchange | syringes',
  },
  outreach: { fr: 'maraude | travail de proximité | travail de rue', en: 'outreach | street work' },
  peers: {
    fr: 'pairEs | éducation par les pairs | pairs éducateurs | paires éducatrices | entraide entre pairs',
    en: 'peers | peer education | peer educators | peer support',
  },
  humanrights: {
    fr: 'droits humains | droits de l’homme | droits de la personne',
    en: 'human rights',
  },
  labourrights: {
    fr: 'droits du travail | droit du travail',
    en: 'labour rights | labor rights | workers rights',
  },
  labour: { fr: 'conditions de travail', en: 'working conditions' },
  union: { fr: 'syndicat', en: 'trade union | labour union | labor union' },
  trafficking: {
    fr: '=traite | traite des êtres humains | traite des personnes | trafic d’êtres humains',
    en: 'trafficking | human trafficking | trafficking in persons',
  },
  exploitation: { fr: 'exploitation sexuelle', en: 'sexual exploitation' },
  advocacy: { fr: 'plaidoyer', en: 'advocacy | advocating | advocate' },
  lobbying: { fr: 'lobbying', en: 'lobbying' },
  decriminalisation: {
    fr: 'décriminalisation | dépénalisation | décriminaliser | dépénaliser',
    en: 'decriminalisation | decriminalization | decriminalise | decriminalize | decrim',
  },
  criminalisation: {
    fr: 'criminalisation | pénalisation',
    en: 'criminalisation | criminalization',
  },
  legalisation: {
    fr: 'légalisation | réglementation',
    en: 'legalisation | legalization | regulation',
  },
  nordicmodel: {
    fr: 'pénalisation des clients | modèle nordique | modèle suédois',
    en: 'client criminalisation | Nordic model | Swedish model | end demand',
  },
  law: { fr: 'législation | lois', en: 'legislation | =law | =laws' },
  police: { fr: 'police | policiers | forces de l’ordre', en: 'police | law enforcement' },
  arrest: { fr: 'arrestations | gardes à vue', en: 'arrests | police custody' },
  raids: { fr: 'rafles | descentes de police', en: 'raids | police raids' },
  prison: { fr: 'prison | détention', en: 'prison | jail | detention' },
  legalaid: {
    fr: 'aide juridique | aide juridictionnelle | accompagnement juridique | permanence juridique | assistance juridique',
    en: 'legal aid | legal advice | legal support | legal assistance',
  },
  lawyer: { fr: 'avocat | avocate | juriste', en: 'lawyer | attorney' },
  justice: { fr: 'accès à la justice', en: 'access to justice' },
  violence: { fr: 'violence | violences', en: 'violence' },
  gbv: {
    fr: 'violences basées sur le genre | VBG | violences sexistes',
    en: 'gender-based violence | GBV',
  },
  rape: { fr: 'viol | viols | agression sexuelle', en: 'rape | sexual assault' },
  partnerviolence: {
    fr: 'violences conjugales',
    en: 'domestic violence | intimate partner violence',
  },
  safety: { fr: 'sécurité', en: 'safety | security' },
  stigma: { fr: 'stigmatisation | stigma', en: 'stigma | stigmatisation | stigmatization' },
  discrimination: { fr: 'discrimination', en: 'discrimination' },
  migrants: { fr: 'migrantEs | immigrés', en: 'migrants | immigrants' },
  migration: { fr: 'migration', en: 'migration' },
  undocumented: { fr: 'sans papiers | sans-papiers', en: 'undocumented' },
  asylum: { fr: 'asile | demandeurs d’asile', en: 'asylum | asylum seekers' },
  refugees: { fr: 'réfugiéEs', en: 'refugees' },
  trans: {
    fr: 'trans | transgenres | personnes trans | transidentité',
    en: 'trans | transgender | trans people',
  },
  transwomen: { fr: 'femmes trans', en: 'trans women | transwomen' },
  nonbinary: { fr: 'non binaire', en: 'non-binary | nonbinary' },
  lgbt: {
    fr: 'LGBT | LGBTI | LGBTQ | LGBTQI | LGBTQIA | LGBTIQ',
    en: 'LGBT | LGBTI | LGBTQ | LGBTQI | LGBTQIA | LGBTIQ | queer',
  },
  msm: {
    fr: 'HSH | hommes ayant des rapports sexuels avec des hommes',
    en: 'MSM | men who have sex with men',
  },
  malesexworkers: {
    fr: 'hommes travailleurs du sexe',
    en: 'male sex workers',
  },
  women: { fr: 'femmes', en: 'women | woman' },
  mothers: { fr: 'mères', en: 'mothers' },
  children: { fr: 'enfants', en: 'children | child' },
  childcare: { fr: 'garderie | crèche', en: 'childcare | nursery | creche' },
  youth: { fr: 'jeunes | jeunesse', en: 'youth | young people' },
  gender: { fr: 'égalité des genres | égalité de genre', en: 'gender equality' },
  feminism: { fr: 'féminisme | féministe', en: 'feminism | feminist' },
  empowerment: { fr: 'autonomisation | empouvoirement', en: 'empowerment' },
  savings: { fr: 'épargne', en: 'savings' },
  loans: { fr: 'microcrédit', en: 'microcredit | microloans | microfinance' },
  incomes: { fr: 'activités génératrices de revenus | AGR', en: 'income generating activities' },
  socialprotection: {
    fr: 'protection sociale | sécurité sociale',
    en: 'social protection | social security',
  },
  poverty: { fr: 'pauvreté', en: 'poverty' },
  housing: { fr: 'logement', en: 'housing' },
  shelter: { fr: 'hébergement', en: 'shelter | accommodation' },
  training: { fr: 'formation', en: 'training' },
  literacy: { fr: 'alphabétisation', en: 'literacy' },
  education: { fr: 'éducation', en: 'education' },
  capacity: { fr: 'renforcement des capacités', en: 'capacity building | capacity strengthening' },
  research: { fr: 'recherche', en: 'research' },
  network: { fr: 'réseau', en: 'network' },
  members: { fr: 'adhérentEs | membres', en: 'members | membership' },
  selfhelp: { fr: 'entraide', en: 'mutual aid | self-help' },
  community: { fr: 'communautaire', en: 'community-based | community-led' },
  hotline: { fr: 'ligne d’écoute | numéro vert', en: 'helpline | hotline' },
  online: { fr: 'travail en ligne', en: 'online work' },
  webcam: { fr: 'camgirl | webcam', en: 'webcam | camming' },
  street: { fr: 'travail de rue | dans la rue', en: 'street-based | on the street' },
  brothel: { fr: 'maison close | bordel', en: 'brothel' },
  disability: { fr: 'handicap', en: 'disability | disabled' },
  deaf: { fr: 'sourdEs', en: 'deaf' },
  indigenous: { fr: 'autochtone', en: 'indigenous' },
  racism: { fr: 'racisme | racialisées', en: 'racism | racialised' },
  media: { fr: 'médias', en: 'media' },
  arts: { fr: 'théâtre', en: 'theatre | theater' },
} as const satisfies Record<string, { fr: string; en: string }>

/** A group of the table. */
export type SynonymGroup = keyof typeof SYNONYMS
