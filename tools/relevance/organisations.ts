/** A fictional organisation of the relevance set. */
export type Sample = {
  key: string
  name: string
  aliases: string[]
  /** ISO 3166-1 alpha-2. */
  country: string
  answers: { language: string; text: string }[]
}

/** Written by hand for what the queries ask: key | name ; aliases | country | language: text | … */
const WRITTEN = `
lanterne | Collectif Lanterne de Papier; CLP | BI | fr: Nous visitons les détenues à la prison de Fontbelle et leurs familles. | en: We visit women detained in Fontbelle jail and their families.
oeillet | Réseau Œillet; ROE; Groupe Fougère | CI | fr: L’hépatite B se soigne : notre équipe vaccine gratuitement dans son cœur de ville.
straße | Bündnis Straßenlaterne | DE | de: Wir beraten rund um Steuern und Krankenversicherung. | en: Advice on taxes and health insurance.
ombrelle | Alliance Ombrelle Écarlate; AOE | CM | fr: Formation à l’autodéfense, ateliers de théâtre forum et radio communautaire.
farol | Unión Farol del Puerto | BO | es: Defensa jurídica para trabajadoras detenidas y una radio propia.
girassol | Associação Girassol | BR | pt: Oficinas de costura e uma biblioteca itinerante.
svetlyachok | Инициатива «Светлячок» | UA | ru: Мы издаём журнал и проводим занятия по йоге.
fanus | مبادرة الفانوس; Fanous | TN | ar: نقدم استشارات قانونية ونشرة شهرية.
denglong | 灯笼互助会; Denglong | CN | zh: 我们组织法律讲座和健康检查。
kandili | Kandili Sisters Network; KSN | KE | en: Kangas printed with know-your-rights messages, and a choir.
saltmarsh | Saltmarsh Collective | GB | en: Tenants among us resist evictions; a solicitor answers on Thursdays.
mangrove | Mangrove Methadone Group | TH | en: Methadone, overdose and naloxone training for friends.
heron | Heron Lagoon Union; HLU | GH | en: A trade union of hostesses: collective bargaining and sick pay.
colibri | Syndicat Colibri | FR | fr: Syndicat autogéré : retraite, sécurité sociale et négociation avec la ville.
baobab | Association Baobab Debout; ABD; Femmes Debout | SN | fr: Lutte contre le paludisme et distribution de moustiquaires aux mères.
pangolin | Pangolin Paralegals | UG | en: Community paralegals follow court cases after arrests.
luciole | Les Lucioles du Fleuve | CD | fr: Accueil des survivantes de viols, suivi médical et plainte au tribunal.
nenuphar | Nénuphar Solidaire | BE | fr: Demandes d’asile et régularisation des sans-papiers.
harmattan | Voix de l’Harmattan | NE | fr: Émissions contre le mariage forcé et l’excision.
quetzal | Colectivo Quetzal | GT | es: Archivo fotográfico de nuestra memoria.
kiwi | Kiwi Lantern Trust | NZ | en: Occupational safety guidelines written after decriminalization.
maple | Maple Umbrella Society | CA | en: Indigenous elders lead healing circles. | fr: Des aînées autochtones animent des cercles de guérison.
tulipe | Tulp & Lantaarn | NL | nl: Wij geven voorlichting over belasting. | en: Window workers and their landlords.
aurora | Aurora Borealis Workers | FI | en: Opposing the Nordic model and client criminalisation in the far north.
ceylon | Cinnamon Moon | LK | en: Tuberculosis screening and nutrition for people living with HIV.
monsoon | Monsoon Didi Samiti; Didi Samiti | IN | en: Brothel tenants run a cooperative bank and a school.
bazaar | Bazaar Bondhu | BD | en: Cyclone relief, schooling of children born in brothels.
sampaguita | Sampaguita Cam Workers | PH | en: Webcam performers share tips against doxxing and chargebacks.
paloma | Casa Paloma Azul | MX | es: Comedor, duchas y peluquería para compañeras mayores.
tango | Milonga Roja | AR | es: Jubilación y obra social para trabajadoras de edad.
cordillera | Red Cordillera Trans | CL | es: Cambio de nombre registral y hormonas.
cumbia | Fundación Cumbia Libre | CO | es: Desplazadas por el conflicto armado.
habibi | Qandil Beirut | LB | ar: ملجأ ودعم نفسي. | en: Refuge for domestic workers who fled.
atlas | Association Zellige | MA | fr: Dialogue avec les oulémas et les imams.
djembe | Djembé Positif | ML | fr: Personnes vivant avec le VIH : observance des ARV et dignité.
cacao | Cacao Amer | GA | fr: Négociation du préservatif avec les clients, distribution de capotes et de gel.
vanille | Vanille Bourbon Ensemble | MG | fr: Prévention des IST dans les ports et tests rapides de syphilis.
kente | Kente Peer Navigators | GH | en: PrEP navigation and STI partner notification.
gorilla | Umubano Abahuza | RW | fr: Réconciliation, groupes de parole après le génocide. | en: Reconciliation circles after the genocide.
copper | Copperbelt Night Riders | ZM | en: Truck stops at the mines, moonlight clinics.
jacaranda | Jacaranda Mobile Chemist | ZW | en: Pharmacy van, pep within 72 hours after rape.
protea | Protea Law Reform Desk | ZA | en: Drafting bills for full decriminalisation; submissions to parliament.
weaver | Weaver Bird Theatre | MW | en: Puppets and forum theatre against stigma in hospitals.
kelp | Kelp Forest Deaf Caucus | US | en: Sign language interpreters for deaf performers.
cactus | Cactus Bloom Alliance | US | en: Massage licensing laws, anti-Asian racism.
neon | Neon Sign Archive | AU | en: Oral history recordings and a queer zine library.
coral | Coral Reef Aunties | FJ | en: Aunties walk the wharf, hygiene kits after cyclones.
bamboo | Bamboo Shelter | VN | en: Compulsory rehabilitation centres documented.
ger | Tsagaan Sar Circle | MN | en: Winter clothing and stove fuel.
tram | Tramway Nocturne | CH | fr: Salons, contrats et permis de travail, comptabilité.
sardine | Sardinha Solidária | PT | pt: Apoio a migrantes brasileiras.
olive | Ελιά Αλληλεγγύη; Elia | GR | el: Νομική βοήθεια και ιατρείο. | en: Licensing of studios.
bosphore | Kırmızı Şemsiye Fenerleri | TR | tr: Hukuki destek ve barınma.
steppe | Степной Ветер | KZ | ru: Уличные консультанты и обмен шприцев. | en: Syringe exchange.
tatra | Tatra Night Line | SK | en: A helpline staffed by former hostesses; chat counselling.
danube | Danube Barge | HU | en: Floating drop-in centre on a barge.
fjord | Fjordlys | NO | no: Vi tilbyr rettshjelp. | en: Ombudsman complaints.
plaidoyer | Coalition Cap Plaidoyer | TG | fr: Plaidoyer auprès des parlementaires et des bailleurs.
dignite | Dignité Côtière | BJ | fr: Travailleuses et travailleurs du sexe âgéEs, retraite et veuvage.
inclusif | Atelier Pluriel | FR | fr: Un réseau de travailleur·euse·s du sexe et d’allié·e·s, couture et sérigraphie.
capitales | Maison Majuscule | BF | fr: Les travailleurSEs de nuit tissent et teignent le faso danfani.
parentheses | Les Parenthèses | LU | fr: Travailleurs(euses) frontaliers(ères) et droit européen.
traite | Observatoire Boussole | TD | fr: Critique des lois contre la traite des êtres humains et des faux sauvetages.
raid | Compass Rose Watch | KH | en: Documenting raids and rescue in the name of anti-trafficking.
niger-delta | Delta Moonlight | NG | en: Oil spills and fishing wives.
guinee | Kola Amie | GN | fr: Fumage de poisson et tontine.
bissau | Tabanca Rosa | GW | pt: Horta comunitária.
malawi-lake | Lakeside Chemwali | MW | en: Fisherfolk, cholera and floating clinics.
`

const LINES = WRITTEN.trim().split('\n')

/** The organisations of the relevance set that were written by hand. */
export const SAMPLES: readonly Sample[] = LINES.map((line) => {
  const [key = '', names = '', country = '', ...texts] = line.split(' | ')
  const [name = '', ...aliases] = names.split('; ')
  return {
    ...{ key, name, aliases, country },
    answers: texts.map((text) => {
      const [, language = '', words = ''] = /^(\w+): (.*)$/.exec(text) ?? []
      return { language, text: words }
    }),
  }
})
