/** What a query is about; of each kind there are ten at least. */
export type Kind =
  | 'accents'
  | 'stems'
  | 'typing errors'
  | 'across languages'
  | 'names'
  | 'aliases'
  | 'countries'
  | 'phrases'
  | 'exclusions'
  | 'nothing found'
  | 'inclusive forms'
  | 'beginnings'

export type RelevanceQuery = {
  kind: Kind
  q: string
  /** Keys of the organisations that should come first; a country code stands for all that are there. */
  expected: string[]
  /** Keys that must not be found. */
  without: string[]
}

/** query → keys that should come first; ! keys that must not be found. */
const QUERIES: Readonly<Record<Kind, string>> = {
  accents: `
reseau oeillet → oeillet
RÉSEAU ŒILLET → oeillet
hepatite → oeillet
coeur vaccine → oeillet
strassenlaterne → straße
Nenuphar → nenuphar
demandes d'asile → nenuphar
excision emissions → harmattan
uniòn fàrol → farol
associacao girassol → girassol
kirmizi semsiye → bosphore
Djembe positif → djembe
autodefense → ombrelle
oulemas → atlas
aines autochtones → maple
kırmızı şemsiye fenerleri → bosphore
`,
  stems: `
vaccinations → oeillet
vacciner → oeillet
évictions tenant → saltmarsh
paralegal → pangolin
visiting detained woman → lanterne
bargained collectively → heron
performer webcams → sampaguita
interpreter deaf → kelp
recordings library → neon
puppet → weaver
moustiquaire → baobab
régulariser → nenuphar
documented rehabilitation centre → bamboo
survivante → luciole
licence massages → cactus
complaint → fjord
`,
  'typing errors': `
lantrene → lanterne
colectif lanterne → lanterne
methadonne → mangrove
paralegalls → pangolin
tuberclosis → ceylon
sampagiuta → sampaguita
nenuphra → nenuphar
harmatan → harmattan
quetzaal → quetzal
brothle → monsoon bazaar
moustiquares → baobab
jacarnda → jacaranda
осветлячок → svetlyachok
cinamon moon → ceylon
syphillis → vanille
paludsime → baobab
`,
  'across languages': `
prison → lanterne
jail families → lanterne
hepatitis → oeillet
tuberculose → ceylon
asylum → nenuphar
trade union hostesses → heron
syndicat hostesses → heron
labour union retraite → colibri
modèle nordique → aurora
sécurité sociale → colibri
maison close → monsoon bazaar
autochtones guérison → maple
sourdes → kelp
syringe exchange → steppe
PVVIH → ceylon djembe
traite sauvetages → traite
anti-trafficking rescue → raid
human trafficking sauvetages → traite
MST → vanille kente
theater forum → ombrelle weaver
prophylaxie préexposition → kente
advocacy parlementaires → plaidoyer
`,
  names: `
Collectif Lanterne de Papier → lanterne
Saltmarsh Collective → saltmarsh
Heron Lagoon → heron
Syndicat Colibri → colibri
Mangrove Methadone Group → mangrove
Colectivo Quetzal → quetzal
Светлячок → svetlyachok
灯笼 → denglong
الفانوس → fanus
Tulp & Lantaarn → tulipe
Milonga Roja → tango
Kelp Forest → kelp
Степной ветер → steppe
Ελιά → olive
Tramway Nocturne → tram
umubano → gorilla
`,
  aliases: `
CLP → lanterne
Groupe Fougère → oeillet
AOE → ombrelle
Fanous → fanus
KSN → kandili
HLU → heron
Femmes Debout → baobab
ABD → baobab
Didi Samiti → monsoon
Denglong → denglong
ROE → oeillet
Elia → olive
`,
  countries: `
Burundi → BI
布隆迪 → BI
Бурунди → BI
RDC → CD
Congo-Kinshasa → CD
Ivory Coast → CI
UK → GB
Angleterre → GB
Alemania → DE
Южная Африка → ZA
كينيا → KE
泰国 → TH
États-Unis → US
Estados Unidos → US
Swaziland → SZ
Niger → NE
Guinea → GN
India → IN
Tailândia → TH
Украина → UA
Royaume-Uni → GB
Kenia → KE
`,
  phrases: `
"faux sauvetages" → traite ! raid
"collective bargaining" → heron
"cooperative bank" → monsoon
"healing circles" → maple
"oral history" → neon
"sick pay" → heron
« faux sauvetages » → traite
"court cases" arrests → pangolin
"papier de lanterne" →
"bargaining collective" →
"forum theatre" → weaver ! ombrelle
"法律讲座" → denglong
`,
  exclusions: `
brothel -bank → bazaar ! monsoon
brothels -cyclone → monsoon ! bazaar
theatre forum -puppets → ombrelle ! weaver
"faux sauvetages" -rescue → traite
fontbelle -papier →
farol radio -autodéfense → farol ! ombrelle
retraite -syndicat → dignite ! colibri
nénuphar asile -"sans-papiers" →
clinics -cholera → copper ! malawi-lake
floating -clinics → danube ! malawi-lake
степной syringe -exchange →
steuern -health →
`,
  'nothing found': `
xyzzyq →
qwertzuiop asdfghjkl →
zzzzz →
flurbistan →
"no such words here" →
-xyzzyq xyzzyq →
龘龘龘 →
ъъъъъъ →
0000000 →
" * ( ^ →
((((( →
kjhgfdsa →
`,
  'inclusive forms': `
travailleurSEs sérigraphie → inclusif
travailleuses sérigraphie → inclusif
travailleur·euse·s sérigraphie → inclusif
travailleurs(euses) sérigraphie → inclusif
travailleuses teignent → capitales
travailleur·euse·s teignent → capitales
travailleuses frontaliers → parentheses
travailleurSEs frontaliers → parentheses
travailleurs et travailleuses du sexe sérigraphie → inclusif
TDS veuvage → dignite
sex workers veuvage → dignite
alliées couture → inclusif
`,
  beginnings: `
lanter papier → lanterne
saltm → saltmarsh
methad → mangrove
quetz → quetzal
hepat → oeillet
mangro metha → mangrove
sampag → sampaguita
jacar → jacaranda
umub → gorilla
parale → pangolin
светля → svetlyachok
neon arch → neon
`,
}

/** Every query of the relevance set. */
export const RELEVANCE_QUERIES: readonly RelevanceQuery[] = (
  Object.entries(QUERIES) as [Kind, string][]
).flatMap(([kind, lines]) =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [q = '', results = ''] = line.split('→')
      const [expected = '', without = ''] = results.split('!')
      return {
        kind,
        q: q.trim(),
        expected: expected.split(' ').filter((key) => key !== ''),
        without: without.split(' ').filter((key) => key !== ''),
      }
    }),
)
