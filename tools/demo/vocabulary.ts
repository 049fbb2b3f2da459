/** Languages in which organisations are invented. */
export type DemoLanguage = 'fr' | 'en' | 'es' | 'pt' | 'ru'

/** The same words in every language. */
type Phrase = Readonly<Record<DemoLanguage, string>>

const phrases = (...lines: string[]): readonly Phrase[] =>
  lines.map((line) => {
    const [fr = '', en = '', es = '', pt = '', ru = ''] = line.split(' | ')
    return { fr, en, es, pt, ru }
  })

/**
 * What stands in the gaps of the sentences, by the name of the gap: French | English | Spanish |
 * Portuguese | Russian. Each list fits one place in a sentence only: `group` follows "with", `place`
 * and `often` stand alone, `service` and `abuse` are direct objects, `partner` brings its "with".
 */
export const VOCABULARY = {
  group: phrases(
    'des femmes qui travaillent dans la rue | women who work on the street | mujeres que trabajan en la calle | mulheres que trabalham na rua | женщинами, которые работают на улице',
    'des femmes trans | trans women | mujeres trans | mulheres trans | трансгендерными женщинами',
    'des hommes travailleurs du sexe | male sex workers | hombres trabajadores sexuales | homens trabalhadores sexuais | мужчинами, занятыми в секс-работе',
    'des travailleurSEs du sexe migrantEs | migrant sex workers | trabajadoras sexuales migrantes | trabalhadoras sexuais migrantes | секс-работницами-мигрантками',
    'des personnes qui vivent avec le VIH | people living with HIV | personas que viven con VIH | pessoas que vivem com VIH | людьми, живущими с ВИЧ',
    'des mères qui élèvent seules leurs enfants | mothers raising children on their own | madres que crían solas a sus hijos | mães que criam os filhos sozinhas | матерями, которые растят детей в одиночку',
    'des personnes non binaires | non-binary people | personas no binarias | pessoas não binárias | небинарными людьми',
    'des travailleurSEs du sexe qui usent de drogues | sex workers who use drugs | trabajadoras sexuales que usan drogas | trabalhadoras sexuais que usam drogas | секс-работницами, употребляющими наркотики',
    'des danseuses et des masseuses | dancers and massage workers | bailarinas y masajistas | dançarinas e massagistas | танцовщицами и массажистками',
    'des personnes qui travaillent en ligne | people who work online | personas que trabajan en línea | pessoas que trabalham em linha | людьми, которые работают в интернете',
    'des travailleuses du sexe de plus de cinquante ans | sex workers over fifty | trabajadoras sexuales mayores de cincuenta años | trabalhadoras sexuais com mais de cinquenta anos | секс-работницами старше пятидесяти лет',
    'des travailleurSEs du sexe sans papiers | undocumented sex workers | trabajadoras sexuales sin papeles | trabalhadoras sexuais sem documentos | секс-работницами без документов',
    'les familles de nos membres | the families of our members | las familias de nuestras integrantes | as famílias das nossas associadas | семьями наших участниц',
    'des travailleurSEs du sexe sourdEs | deaf sex workers | trabajadoras sexuales sordas | trabalhadoras sexuais surdas | глухими секс-работницами',
  ),
  place: phrases(
    'dans la rue et sur les marchés | on the street and in markets | en la calle y en los mercados | na rua e nos mercados | на улице и на рынках',
    'dans les bars et les hôtels | in bars and hotels | en bares y hoteles | em bares e hotéis | в барах и гостиницах',
    'le long de la route des camions | along the lorry route | a lo largo de la ruta de los camiones | ao longo da rota dos camiões | вдоль трассы',
    'autour du port | around the harbour | alrededor del puerto | em redor do porto | вокруг порта',
    'à la frontière | at the border | en la frontera | na fronteira | на границе',
    'dans les quartiers de la gare | in the districts around the station | en los barrios de la estación | nos bairros da estação | в привокзальных районах',
    'en appartement et en ligne | in flats and online | en apartamentos y en línea | em apartamentos e em linha | на квартирах и в интернете',
    'près des mines | near the mines | cerca de las minas | perto das minas | рядом с шахтами',
    'dans les villages de pêche | in fishing villages | en los pueblos de pescadores | nas aldeias de pescadores | в рыбацких посёлках',
    'dans les petites villes de l’intérieur | in the small towns inland | en los pueblos pequeños del interior | nas pequenas cidades do interior | в малых городах вдали от столицы',
    'en prison et à la sortie de prison | in prison and on release from it | en la cárcel y a la salida | na prisão e à saída | в тюрьме и после освобождения',
    'dans les clubs et les salons de massage | in clubs and massage parlours | en clubes y salones de masaje | em clubes e salões de massagem | в клубах и массажных салонах',
  ),
  service: phrases(
    'des dépistages du VIH gratuits et anonymes | free and anonymous HIV testing | pruebas de VIH gratuitas y anónimas | testes de VIH gratuitos e anónimos | бесплатное и анонимное тестирование на ВИЧ',
    'un accompagnement chez le médecin | company on visits to the doctor | acompañamiento a las consultas médicas | acompanhamento às consultas médicas | сопровождение к врачу',
    'une permanence juridique | a legal advice desk | una consulta jurídica | um atendimento jurídico | приём юриста',
    'une ligne d’écoute de nuit | a night helpline | una línea de escucha nocturna | uma linha de apoio noturna | ночную линию поддержки',
    'un hébergement d’urgence | emergency shelter | alojamiento de emergencia | alojamento de emergência | экстренное убежище',
    'une caisse d’épargne commune | a shared savings fund | una caja de ahorro común | uma caixa de poupança comum | общую сберегательную кассу',
    'des cours d’alphabétisation | literacy classes | clases de alfabetización | aulas de alfabetização | уроки грамоты',
    'une garderie du soir | an evening crèche | una guardería nocturna | uma creche noturna | вечернюю группу для детей',
    'un soutien psychologique entre pairEs | peer counselling | apoyo psicológico entre pares | apoio psicológico entre pares | консультации «равный — равному»',
    'une aide pour les papiers d’identité | help with identity papers | ayuda con los documentos de identidad | ajuda com documentos de identidade | помощь с оформлением документов',
    'du matériel de prévention | safer sex supplies | material de prevención | material de prevenção | средства защиты',
    'des colis alimentaires | food parcels | ayuda alimentaria | cabazes alimentares | продуктовые наборы',
    'des formations à la sécurité numérique | digital safety training | talleres de seguridad digital | formações em segurança digital | занятия по цифровой безопасности',
    'un fonds de caution pour les personnes arrêtées | a bail fund for people who are arrested | un fondo de fianzas para las personas detenidas | um fundo de fianças para as pessoas detidas | фонд помощи задержанным',
  ),
  partner: phrases(
    'avec une clinique juridique universitaire | with a university law clinic | con una clínica jurídica universitaria | com uma clínica jurídica universitária | с юридической клиникой университета',
    'avec le centre de santé du quartier | with the neighbourhood health centre | con el centro de salud del barrio | com o centro de saúde do bairro | с районной поликлиникой',
    'avec des syndicats | with trade unions | con sindicatos | com sindicatos | с профсоюзами',
    'avec des associations de femmes | with women’s groups | con grupos de mujeres | com associações de mulheres | с женскими организациями',
    'avec des organisations de migrantEs | with migrants’ organisations | con organizaciones de migrantes | com organizações de migrantes | с организациями мигрантов',
    'avec des groupes de personnes trans | with trans groups | con grupos trans | com grupos trans | с транс-группами',
    'avec la commission des droits humains | with the human rights commission | con la comisión de derechos humanos | com a comissão de direitos humanos | с комиссией по правам человека',
    'avec des journalistes de confiance | with journalists we trust | con periodistas de confianza | com jornalistas de confiança | с журналистами, которым доверяем',
    'avec des chercheuses de l’université | with university researchers | con investigadoras de la universidad | com investigadoras da universidade | с исследовательницами из университета',
    'avec des avocates bénévoles | with volunteer lawyers | con abogadas voluntarias | com advogadas voluntárias | с адвокатами-волонтёрами',
  ),
  abuse: phrases(
    'l’extorsion | extortion | la extorsión | a extorsão | вымогательство',
    'les arrestations arbitraires | arbitrary arrests | las detenciones arbitrarias | as detenções arbitrárias | произвольные задержания',
    'les rafles | raids | las redadas | as rusgas | рейды',
    'la confiscation des préservatifs | the confiscation of condoms | la confiscación de preservativos | a apreensão de preservativos | изъятие презервативов',
    'les expulsions de logement | evictions | los desalojos | os despejos | выселения',
    'les dépistages imposés | forced testing | las pruebas forzadas | os testes forçados | принудительное тестирование',
    'le chantage en ligne | online blackmail | el chantaje en línea | a chantagem em linha | шантаж в интернете',
    'les coups et les menaces | beatings and threats | los golpes y las amenazas | as agressões e as ameaças | побои и угрозы',
    'les refus de soins | refusals of care | la negativa a dar atención médica | a recusa de cuidados de saúde | отказы в медицинской помощи',
    'le vol et le refus de payer | theft and refusal to pay | el robo y la falta de pago | o roubo e a falta de pagamento | кражи и отказ платить',
  ),
  often: phrases(
    'chaque semaine | every week | cada semana | todas as semanas | каждую неделю',
    'deux fois par mois | twice a month | dos veces al mes | duas vezes por mês | два раза в месяц',
    'le premier lundi du mois | on the first Monday of the month | el primer lunes del mes | na primeira segunda-feira do mês | в первый понедельник месяца',
    'chaque trimestre | every quarter | cada trimestre | todos os trimestres | каждый квартал',
    'trois soirs par semaine | three evenings a week | tres noches por semana | três noites por semana | три вечера в неделю',
  ),
} as const

/** Places that do not exist, as they are written in Latin letters | in Cyrillic ones. */
export const TOWNS: readonly (readonly [latin: string, cyrillic: string])[] = [
  ['Valmora', 'Вальмора'],
  ['Lisenga', 'Лисенга'],
  ['Tarnaville', 'Тарнавиль'],
  ['Kestrelle', 'Кестрель'],
  ['Port-Bramé', 'Пор-Браме'],
  ['Brisaya', 'Брисая'],
  ['Santa Delvara', 'Санта-Дельвара'],
  ['Nimbolo', 'Нимболо'],
  ['Dravenne', 'Дравенн'],
  ['Mirecourbe', 'Миркурб'],
  ['Quillonga', 'Кильонга'],
  ['Zambrelle', 'Замбрель'],
  ['Fontclaire-sur-Brume', 'Фонклер-сюр-Брюм'],
  ['Vieux-Sablon', 'Вьё-Саблон'],
  ['Sorvik', 'Сорвик'],
  ['Lunesta', 'Лунеста'],
  ['Tchamoré', 'Чаморе'],
  ['Pélinque', 'Пеленк'],
  ['Novi Kargan', 'Нови-Карган'],
  ['Jacarô', 'Жакаро'],
  ['Bellorive', 'Беллорив'],
  ['Mazunda', 'Мазунда'],
  ['Trevalsa', 'Тревальса'],
  ['Gorlitza', 'Горлица'],
  ['Rivanelle', 'Риванель'],
  ['Kalimbé', 'Калимбе'],
  ['Cordesol', 'Кордесоль'],
  ['Winterhaven Cross', 'Уинтерхейвен-Кросс'],
  ['Sept-Fanaux', 'Сет-Фано'],
  ['Pembrigo', 'Пембриго'],
  ['Lac-Doré', 'Лак-Доре'],
  ['Tessaluna', 'Тессалуна'],
  ['Barrow Quay', 'Барроу-Ки'],
  ['Nhamaré', 'Ньямаре'],
  ['Ducimar', 'Дусимар'],
  ['Vardeshko', 'Вардешко'],
  ['Chantelune', 'Шантлюн'],
  ['Maroubia', 'Марубия'],
  ['Feldspar Ridge', 'Фелдспар-Ридж'],
  ['Palissandre', 'Палисандр'],
]
