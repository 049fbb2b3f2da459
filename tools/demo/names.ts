import { NAME_LIMIT } from '@/lib/organisations/schema'
import type { Random } from './random'
import type { DemoLanguage } from './vocabulary'

/** What a name is made of, in one language. */
type NameParts = {
  /** Kinds of organisation: the word, and the mark that says it is invented, agreeing with it. */
  kinds: readonly (readonly [kind: string, invented: string])[]
  symbols: readonly string[]
  /** Between the symbol and the town. */
  of: string
  /** For long names. */
  purposes: readonly string[]
}

const NAME_PARTS: Readonly<Record<DemoLanguage, NameParts>> = {
  fr: {
    kinds: [
      ['Collectif', 'fictif'],
      ['Association', 'fictive'],
      ['Réseau', 'fictif'],
      ['Alliance', 'fictive'],
      ['Union', 'fictive'],
      ['Maison', 'fictive'],
      ['Coordination', 'fictive'],
      ['Fédération', 'fictive'],
      ['Groupe', 'fictif'],
      ['Syndicat', 'fictif'],
      ['Cercle', 'fictif'],
      ['Entraide', 'fictive'],
    ],
    symbols: [
      'Lanterne',
      'Coquelicot',
      'Boussole',
      'Marée Haute',
      'Grenade',
      'Acacia',
      'Ancre',
      'Étincelle',
      'Tournesol',
      'Cerf-Volant',
      'Luciole',
      'Passerelle',
      'Braise',
      'Hirondelle',
      'Mosaïque',
      'Clairière',
      'Voilier',
      'Tambour',
      'Cœur de Brousse',
      'Œil-de-Chat',
      'Belle Étoile',
      'Fil Rouge',
      'Grand Large',
      'Nuit Blanche',
    ],
    of: ' de',
    purposes: [
      'pour les droits, la santé et la dignité des travailleurSEs du sexe',
      'pour la santé et l’entraide des travailleuses du sexe de la côte et de l’intérieur',
      'des travailleurSEs du sexe contre les violences et pour l’égalité devant la loi',
    ],
  },
  en: {
    kinds: [
      ['Collective', 'fictional'],
      ['Association', 'fictional'],
      ['Network', 'fictional'],
      ['Alliance', 'fictional'],
      ['Union', 'fictional'],
      ['House', 'fictional'],
      ['Project', 'fictional'],
      ['Federation', 'fictional'],
      ['Group', 'fictional'],
      ['Initiative', 'fictional'],
    ],
    symbols: [
      'Lantern',
      'Poppy',
      'Compass',
      'High Tide',
      'Pomegranate',
      'Acacia',
      'Anchor',
      'Spark',
      'Sunflower',
      'Kite',
      'Firefly',
      'Footbridge',
      'Ember',
      'Swallow',
      'Mosaic',
      'Clearing',
      'Drum',
      'Open Window',
      'Second Street',
      'Night Bus',
      'Copper Bell',
      'Long Table',
    ],
    of: ' of',
    purposes: [
      'for the Rights, Health and Dignity of Sex Workers Everywhere',
      'of Sex Workers against Violence and for Equality before the Law',
      'for Mutual Aid among Sex Workers of the Coast and the Highlands',
    ],
  },
  es: {
    kinds: [
      ['Colectivo', 'ficticio'],
      ['Asociación', 'ficticia'],
      ['Red', 'ficticia'],
      ['Alianza', 'ficticia'],
      ['Unión', 'ficticia'],
      ['Casa', 'ficticia'],
      ['Grupo', 'ficticio'],
    ],
    symbols: [
      'Farol',
      'Amapola',
      'Brújula',
      'Marea Alta',
      'Granada',
      'Ancla',
      'Girasol',
      'Cometa',
      'Luciérnaga',
      'Golondrina',
      'Mosaico',
      'Tambor',
      'Mañana Clara',
    ],
    of: ' de',
    purposes: ['por los derechos, la salud y la dignidad de las personas trabajadoras sexuales'],
  },
  pt: {
    kinds: [
      ['Coletivo', 'fictício'],
      ['Associação', 'fictícia'],
      ['Rede', 'fictícia'],
      ['União', 'fictícia'],
      ['Grupo', 'fictício'],
    ],
    symbols: ['Lanterna', 'Papoila', 'Bússola', 'Maré Alta', 'Girassol', 'Andorinha', 'Tambor'],
    of: ' de',
    purposes: ['pelos direitos, pela saúde e pela dignidade das trabalhadoras sexuais'],
  },
  ru: {
    kinds: [
      ['Объединение', 'вымышленное'],
      ['Сеть', 'вымышленная'],
      ['Союз', 'вымышленный'],
      ['Дом', 'вымышленный'],
    ],
    symbols: ['«Фонарь»', '«Компас»', '«Ласточка»', '«Прилив»', '«Подсолнух»', '«Мозаика»'],
    of: ', город',
    purposes: ['за права, здоровье и достоинство секс-работниц'],
  },
}

/** Names in other scripts, as members carry them beside their own. */
const ALTERNATIVE_NAMES = [
  'جمعية الفانوس (خيالية {mark})',
  'شبكة البوصلة (خيالية {mark})',
  '灯笼互助会（虚构 {mark}）',
  '向日葵小组（虚构 {mark}）',
  'Группа «Фонарь» (вымышленная {mark})',
  'Сеть «Ласточка» (вымышленная {mark})',
  'Nhóm Đèn Lồng (hư cấu {mark})',
  'กลุ่มโคมไฟ (สมมติ {mark})',
]

/**
 * Invents a name and further names. Every one of them says that it is invented and carries the mark,
 * so that no two organisations and no real page can ever be taken for one another.
 *
 * @param language of the organisation
 * @param town as it is written in that language
 * @param mark what tells this organisation from all other invented ones, such as `1-42`
 */
export function generateNames(
  random: Random,
  language: DemoLanguage,
  town: string,
  mark: string,
): { name: string; aliases: string[] } {
  const [kind, invented] = random.pick(NAME_PARTS[language].kinds)
  const symbol = random.pick(NAME_PARTS[language].symbols)
  const { of, purposes } = NAME_PARTS[language]
  const called = (word: string) => (language === 'en' ? `${word} ${kind}` : `${kind} ${word}`)
  const short = `${called(symbol)}${of} ${town}`
  const marked = (words: string) => `${words} (${invented} ${mark})`
  const long = random.chance(0.08) ? marked(`${short} ${random.pick(purposes)}`) : marked(short)
  // A long mark may be too much for a long name.
  const name = long.length <= NAME_LIMIT ? long : marked(short)

  const aliases: string[] = []
  if (random.chance(0.4)) aliases.push(marked(initials(short)))
  if (random.chance(0.12)) {
    const former = random.pick(NAME_PARTS[language].symbols)
    aliases.push(marked(called(former)))
  }
  if (random.chance(0.07)) {
    aliases.push(random.pick(ALTERNATIVE_NAMES).replace('{mark}', mark))
  }
  return { name: toCapitals(random, name), aliases: [...new Set(aliases)] }
}

/** Many members write their name in capitals, some of them without accents. */
function toCapitals(random: Random, name: string): string {
  if (!random.chance(0.12)) return name
  const capitals = name.toUpperCase()
  return random.chance(0.5) ? capitals.normalize('NFD').replaceAll(/\p{M}/gu, '') : capitals
}

function initials(name: string): string {
  return (name.match(/\p{Lu}/gu) ?? []).join('')
}
