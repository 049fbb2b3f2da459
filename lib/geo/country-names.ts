import type { Country } from './countries'

/** Languages whose names of countries settle what a name in any other language leaves open. */
export const DISAMBIGUATION_LANGUAGES = [
  'en',
  'fr',
  'es',
  'pt',
  'pt-PT',
  'ru',
  'zh',
  'zh-Hant',
  'zh-HK',
  'ar',
]

/**
 * Languages of which CLDR 48 knows names of countries, with the scripts and variants in which the
 * names differ; a runtime that knows fewer leaves the rest out.
 */
export const OTHER_LANGUAGES = (
  'af agq ak am ars as asa ast az az-Cyrl ba bas be bem bez bg bgc bho blo bm bn bo br brx bs bs-Cyrl ' +
  'bua ca ccp ce ceb cgg chr ckb cs csw cv cy da dav de de-AT de-CH dje doi dsb dua dyo dz ebu ee el ' +
  'en-AU en-CA en-GB en-IN eo es-419 es-AR es-CL es-MX es-US et eu ewo fa fa-AF ff ff-Adlm fi fil fo ' +
  'fr-BE fr-CA fr-CH fur fy ga gaa gd gl gsw gu guz gv ha haw he hi hi-Latn hr hsb hu hy ia id ie ig ' +
  'ii is it ja jgo jmc jv ka kab kam kde kea kgp khq ki kk kkj kl kln km kn ko kok kok-Latn ks ks-Deva ' +
  'ksb ksf ksh ku kw kxv ky lag lb lg lij lkt lmo ln lo lrc lt lu luo luy lv mai mas mer mfe mg mgh ' +
  'mgo mi mk ml mn mni mr ms ms-Arab mt mua my mzn naq nb nd nds ne nl nmg nn nnh nqo nso nus nyn oc ' +
  'om or os pa pa-Arab pcm pl pms prg ps qu raj rm rn ro ro-MD rof rw rwk sa sah saq sat sbp sc scn sd ' +
  'sd-Deva se seh ses sg shi shi-Latn shn si sk sl smn sn so sq sr sr-Latn st su sv sw sw-CD sw-KE syr ' +
  'szl ta te teo tg th ti tk tn to tok tr tt twq tyv tzm ug uk ur ur-IN uz uz-Arab uz-Cyrl vai ' +
  'vai-Latn vec vi vmw vun wae wo xh xnr xog yav yi yo yrl yue yue-Hans za zgh zh-Hant-MO zu'
).split(' ')

/**
 * Names that people write and CLDR does not have: former names, short and official forms, parts of a
 * country that stand for it, abbreviations. Reviewed by hand; compared folded and without spaces.
 */
export const ALTERNATIVE_NAMES: Readonly<Partial<Record<Country, string>>> = {
  BF: 'Burkina',
  AE: 'UAE | Emirates | EAU | Émirats | Emiratos Árabes | ОАЭ | 阿联酋 | الإمارات',
  AG: 'Antigua',
  AL: 'Shqipëria',
  AX: 'Åland | Îles d’Åland',
  AZ: 'Azerbaidjan | Azerbaiyan',
  BA: 'Bosnia | Bosnia-Herzegovina | Bosnie | BiH | Босния | 波黑',
  BH: 'Bahrein',
  BO: 'Plurinational State of Bolivia | Estado Plurinacional de Bolivia | État plurinational de Bolivie',
  BN: 'Brunei Darussalam | Brunéi Darussalam | Brunéi Darussalam',
  BQ: 'Bonaire, Sint Eustatius and Saba | Bonaire | Caribbean Netherlands | Pays-Bas caribéens',
  BY: 'Bélarus | Belarus | Byelorussia | Belorussia | Biélorussie | Bielorussie | Белоруссия | Bielorrusia | Bielorrússia',
  CC: 'Cocos Islands | Keeling Islands | Îles Cocos (Keeling)',
  CD:
    'DRC | DR Congo | D.R. Congo | DROC | RDC | RD Congo | R.D. Congo | Congo RDC | Congo DRC | Congo DR | ' +
    'Congo RD | Congo-Kinshasa | Kinshasa Congo | Democratic Republic of Congo | Democratic Republic of the Congo | ' +
    'Dem. Rep. of Congo | Dem. Rep. Congo | République démocratique du Congo | Rép. dém. du Congo | Congo démocratique | ' +
    'República Democrática del Congo | RD del Congo | República Democrática do Congo | RD do Congo | Zaire | Zaïre | ' +
    'Демократическая Республика Конго | ДР Конго | ДРК | 刚果民主共和国 | 刚果金 | 剛果民主共和國 | ' +
    'جمهورية الكونغو الديمقراطية | الكونغو الديمقراطية',
  CF: 'CAR | RCA | Centrafrique | Central Africa Republic | Centroafrica | ЦАР | 中非',
  CG:
    'Congo-Brazzaville | Congo Brazza | Congo Republic | Republic of Congo | Republic of the Congo | ' +
    'République du Congo | République populaire du Congo | República del Congo | República do Congo | ' +
    'Республика Конго | 刚果共和国 | 刚果布 | 剛果共和國 | جمهورية الكونغو',
  CI: 'Ivory Coast | Cote Divoire | RCI | Costa de Marfil | Costa do Marfim | Берег Слоновой Кости',
  CN: 'PRC | PR China | P.R. China | Mainland China | RPC | République populaire de Chine | КНР | 中华人民共和国 | 中國',
  CV: 'Cabo Verde | Cape Verde | Cap-Vert | Cape Verde Islands',
  CZ: 'Czech Republic | Czech Rep. | République tchèque | República Checa | República Tcheca | Чешская Республика | 捷克共和国',
  DE: 'Federal Republic of Germany | BRD | ФРГ',
  DO: 'Dominican Rep. | Rep. Dominicana | RD',
  EH: 'Sahrawi Arab Democratic Republic | République arabe sahraouie démocratique',
  ER: 'State of Eritrea | État d’Érythrée',
  FK: 'Falklands | Malvinas | Islas Malvinas | Falkland Islands | Îles Malouines | Malouines | Îles Falkland | Falkland Islands (Malvinas) | Îles Malouines (Falkland)',
  FM: 'Federated States of Micronesia | États fédérés de Micronésie',
  GB:
    'UK | U.K. | Great Britain | Britain | Grande-Bretagne | Gran Bretaña | Grã-Bretanha | Великобритания | ' +
    'England | Angleterre | Inglaterra | Англия | 英格兰 | إنجلترا | انجلترا | بريطانيا | Scotland | Écosse | ' +
    'Escocia | Escócia | Шотландия | 苏格兰 | اسكتلندا | Wales | Pays de Galles | Gales | Northern Ireland | ' +
    'Irlande du Nord | Irlanda del Norte | Irlanda do Norte | ' +
    'United Kingdom of Great Britain and Northern Ireland | Royaume-Uni de Grande-Bretagne et d’Irlande du Nord',
  GE: 'Sakartvelo | Грузия',
  GF: 'Guyane | French Guyana',
  GM: 'The Gambia | Republic of The Gambia',
  GN: 'Guinea-Conakry | Guinea Conakry | Guinée-Conakry | Guinée Conakry | Conakry Guinea',
  GS: 'South Georgia and the South Sandwich Islands | Géorgie du Sud et îles Sandwich du Sud',
  GW: 'Guinea Bissau | Guinée Bissau | Guinée-Bissao | Guiné Bissau',
  HM: 'Heard Island and McDonald Islands | Îles Heard et McDonald',
  HK: 'Hong Kong SAR | HKSAR | Hongkong',
  IE: 'Republic of Ireland | Éire | République d’Irlande',
  IL: 'State of Israel | État d’Israël | Estado de Israel',
  IR: 'Islamic Republic of Iran | République islamique d’Iran | Persia',
  IS: 'Islande',
  KG: 'Kyrgyz Republic | Kyrgyzstan | Kirghizstan | Kirghizistan | Kirghizie | Kirgizstan | Kirguizistán | Киргизская Республика | Кыргызская Республика | Кыргызстан',
  KH: 'Kampuchea',
  KN: 'Saint Kitts | St Kitts | Saint Kitts and Nevis | Saint-Kitts-et-Nevis | Saint Christopher and Nevis',
  KP: 'DPRK | Democratic People’s Republic of Korea | RPDC | République populaire démocratique de Corée | КНДР',
  KR: 'Republic of Korea | ROK | Korea (South) | Korea South | S. Korea | République de Corée | República de Corea | República da Coreia | Республика Корея | 大韩民国',
  KW: 'State of Kuwait | État du Koweït',
  LA: 'Lao | Lao PDR | Lao People’s Democratic Republic | République démocratique populaire lao | PDR Lao',
  LC: 'Saint Lucia | St Lucia',
  LY: 'Libyan Arab Jamahiriya | State of Libya',
  MD: 'Republic of Moldova | République de Moldova | Moldavia | Moldova',
  MK: 'Macedonia | Macédoine | Macedónia | FYROM | FYR Macedonia | ARYM | Former Yugoslav Republic of Macedonia | Republic of Macedonia | Ex-République yougoslave de Macédoine | Македония | 马其顿 | مقدونيا',
  MM: 'Burma | Birmanie | Birmania | Birmânia | Бирма | 缅甸 | بورما',
  MO: 'Macau',
  MU: 'Île Maurice | Ile Maurice | Isla Mauricio',
  MX: 'United Mexican States | Estados Unidos Mexicanos | Méjico',
  NL: 'Holland | Hollande | Holanda | The Netherlands | Голландия | هولندا',
  NZ: 'Aotearoa | Aotearoa New Zealand | Aotearoa/New Zealand',
  PG: 'PNG',
  PH: 'The Philippines | Republic of the Philippines',
  PS: 'Palestine | State of Palestine | État de Palestine | Palestinian Territory | Occupied Palestinian Territory | Palestina | Палестина | 巴勒斯坦 | فلسطين | دولة فلسطين',
  QA: 'State of Qatar | État du Qatar',
  RE: 'La Réunion | Reunion Island | Île de la Réunion',
  RU: 'Russian Federation | Fédération de Russie | Federación de Rusia | Federación Rusa | Federação Russa | Российская Федерация | РФ | 俄罗斯联邦 | روسيا الاتحادية',
  SA: 'KSA',
  SH: 'Saint Helena, Ascension and Tristan da Cunha | Sainte-Hélène, Ascension et Tristan da Cunha',
  SK: 'Slovak Republic | République slovaque | República Eslovaca',
  SR: 'Surinam',
  ST: 'Sao Tome | São Tomé | Sao Tome & Principe | Sao Tomé et Principe',
  SV: 'Salvador | Le Salvador',
  SX: 'Saint Martin (Dutch part)',
  MF: 'Saint Martin (French part) | Saint-Martin (partie française)',
  SY: 'Syrian Arab Republic | République arabe syrienne | República Árabe Siria',
  SZ: 'Swaziland | Souaziland | Suazilandia | Suazilândia | Eswatini | eSwatini | Свазиленд | 斯威士兰 | سوازيلاند',
  TL: 'East Timor | Timor Oriental | Timor-Leste | Timor-Est | Timor Leste | Восточный Тимор | 东帝汶',
  TR: 'Turkey | Türkiye | Turkiye | Republic of Türkiye',
  TT: 'Trinidad | Trinité-et-Tobago | Trinidad et Tobago | Trinidad-et-Tobago',
  TW: 'Taiwan ROC | Chinese Taipei | 中華民國',
  TZ: 'United Republic of Tanzania | République-Unie de Tanzanie | República Unida de Tanzania',
  UA: 'The Ukraine',
  UM: 'United States Minor Outlying Islands | Îles mineures éloignées des États-Unis',
  US:
    'USA | U.S.A. | U.S. | United States of America | The States | États-Unis d’Amérique | É.-U. | EUA | EEUU | EE.UU. | ' +
    'Estados Unidos de América | Estados Unidos da América | США | Соединённые Штаты Америки | 美利坚合众国 | ' +
    'الولايات المتحدة الأمريكية | أمريكا',
  UZ: 'Uzbekistan | Ouzbekistan',
  VA: 'Holy See | Cité du Vatican | Vatican City State | Vatican | Saint-Siège | Santa Sede',
  VC: 'Saint Vincent | St Vincent | Saint Vincent and the Grenadines | St Vincent and the Grenadines',
  VE: 'Bolivarian Republic of Venezuela | República Bolivariana de Venezuela',
  VI: 'US Virgin Islands | USVI | United States Virgin Islands',
  VG: 'BVI',
  VN: 'Viet Nam | Vietnam | Viêtnam | Viêt-Nam | Socialist Republic of Viet Nam',
  ZA: 'RSA | Republic of South Africa | ЮАР | Южная Африка | Afrique-du-Sud | Azania',
}

/** Names that more than one country goes by: nobody guesses. */
export const AMBIGUOUS_NAMES = (
  'Congo | The Congo | Kongo | Конго | 刚果 | 剛果 | الكونغو | コンゴ | Korea | Corée | Corea | Coreia | Корея | كوريا | ' +
  'Republic of China | République de Chine | Virgin Islands | Îles Vierges | Islas Vírgenes | Ilhas Virgens | ' +
  'Guayana | Guiana | Guianas | America | Amérique | América | Америка | Timor'
).split(' | ')
