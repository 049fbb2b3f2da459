import type { Question } from '@/lib/organisations/schema'
import type { DemoLanguage } from './vocabulary'

/** One sentence in the languages it is written in; gaps as in `VOCABULARY`, beside numbers and `{town}`. */
export type Sentence = Readonly<Record<'fr' | 'en' | 'es', string>> &
  Readonly<Partial<Record<DemoLanguage, string>>>

/**
 * What an invented organisation says: for each question the sentences of its answer in their order,
 * and for each of them the ways to say it. Invented from end to end; no real organisation speaks here.
 */
export const SENTENCES: Readonly<Record<Question, readonly (readonly Sentence[])[]>> = {
  who: [
    [
      {
        fr: 'Nous travaillons avec {group} et {group2}, surtout {place}.',
        en: 'We work with {group} and {group2}, mostly {place}.',
        es: 'Trabajamos con {group} y {group2}, sobre todo {place}.',
        pt: 'Trabalhamos com {group} e {group2}, sobretudo {place}.',
        ru: 'Мы работаем с {group} и {group2}, прежде всего {place}.',
      },
      {
        fr: 'Notre groupe est né à {town} en {year}, quand quelques voisines ont décidé de ne plus affronter seules la police ; il travaille aujourd’hui avec {group}.',
        en: 'Our group began in {town} in {year}, when a few neighbours decided not to face the police alone any more; today it works with {group}.',
        es: 'Nuestro grupo nació en {town} en {year}, cuando unas vecinas decidieron no enfrentarse más solas a la policía; hoy trabaja con {group}.',
        pt: 'O nosso grupo nasceu em {town} em {year}, quando algumas vizinhas decidiram não enfrentar mais a polícia sozinhas; hoje trabalha com {group}.',
        ru: 'Наша группа возникла в городе {town} в {year} году, когда несколько соседок решили больше не оставаться с полицией один на один; сегодня она работает с {group}.',
      },
      {
        fr: 'Notre association réunit plus de {many} travailleurSEs du sexe de {town} et des environs, et nous allons aussi à la rencontre de celles et ceux qui travaillent {place}.',
        en: 'Our association brings together more than {many} sex workers from {town} and around it, and we also go out to meet those who work {place}.',
        es: 'Nuestra asociación reúne a más de {many} personas trabajadoras sexuales de {town} y sus alrededores, y también salimos al encuentro de quienes trabajan {place}.',
      },
      {
        fr: 'Depuis {year}, nous sommes aux côtés des travailleurSEs du sexe de {town} : nous travaillons avec {group}, mais aussi avec {group2}.',
        en: 'Since {year} we have stood beside the sex workers of {town}: we work with {group}, and also with {group2}.',
        es: 'Desde {year} acompañamos a las personas trabajadoras sexuales de {town}: trabajamos con {group} y también con {group2}.',
      },
      {
        fr: 'Toute personne qui vend ou a vendu des services sexuels est ici chez elle ; dans les faits, nous travaillons avant tout avec {group}.',
        en: 'Anyone who sells or has sold sexual services is at home here; in practice we work above all with {group}.',
        es: 'Cualquier persona que ofrece o ha ofrecido servicios sexuales está aquí en su casa; en la práctica trabajamos ante todo con {group}.',
      },
      {
        fr: 'Nous sommes un réseau de {few} petits groupes répartis autour de {town}, et chacun travaille avec les personnes qu’il connaît le mieux, par exemple avec {group}.',
        en: 'We are a network of {few} small groups spread around {town}, and each works with the people it knows best, for example with {group}.',
        es: 'Somos una red de {few} grupos pequeños repartidos alrededor de {town}, y cada uno trabaja con las personas que mejor conoce, por ejemplo con {group}.',
      },
    ],
    [
      {
        fr: 'L’an dernier, nos équipes ont rencontré plus de {many} personnes, dont beaucoup pour la première fois.',
        en: 'Last year our teams met more than {many} people, many of them for the first time.',
        es: 'El año pasado nuestros equipos se encontraron con más de {many} personas, muchas de ellas por primera vez.',
        pt: 'No ano passado, as nossas equipas encontraram mais de {many} pessoas, muitas delas pela primeira vez.',
        ru: 'В прошлом году наши команды встретились более чем с {many} людьми, со многими впервые.',
      },
      {
        fr: 'Nos équipes sortent {often} {place}, toujours à deux, toujours avec du thé et de quoi écrire.',
        en: 'Our teams go out {often} {place}, always in pairs, always with tea and something to write on.',
        es: 'Nuestros equipos salen {often} {place}, siempre de dos en dos, siempre con té y con algo para escribir.',
      },
      {
        fr: 'La plupart ont entre vingt et quarante-cinq ans, soutiennent une famille entière et se déplacent plusieurs fois par an pour trouver des clients.',
        en: 'Most are between twenty and forty-five, support a whole family and move several times a year to find clients.',
        es: 'La mayoría tiene entre veinte y cuarenta y cinco años, mantiene a toda una familia y se desplaza varias veces al año para encontrar clientes.',
        pt: 'A maioria tem entre vinte e quarenta e cinco anos, sustenta uma família inteira e desloca-se várias vezes por ano para encontrar clientes.',
        ru: 'Большинству от двадцати до сорока пяти лет, они содержат целую семью и несколько раз в год переезжают в поисках клиентов.',
      },
      {
        fr: 'Beaucoup exercent {place}, loin des services publics, et ne connaissent de l’État que ses uniformes.',
        en: 'Many work {place}, far from public services, and know nothing of the State but its uniforms.',
        es: 'Muchas trabajan {place}, lejos de los servicios públicos, y del Estado solo conocen los uniformes.',
      },
      {
        fr: 'Nous parlons {few} langues à nous toutes, ce qui compte dans une ville où chacunE vient d’ailleurs.',
        en: 'Between us we speak {few} languages, which matters in a town where everyone comes from somewhere else.',
        es: 'Entre todas hablamos {few} idiomas, algo que cuenta en una ciudad donde cada cual viene de otro lugar.',
      },
      {
        fr: 'Certaines personnes viennent pour un conseil et repartent le jour même ; d’autres, {few} en ce moment, logent chez nous quelques semaines.',
        en: 'Some people come for advice and leave the same day; others, {few} at the moment, stay with us for a few weeks.',
        es: 'Algunas personas vienen por un consejo y se van el mismo día; otras, {few} en este momento, se alojan con nosotras unas semanas.',
      },
    ],
    [
      {
        fr: 'Nous ne demandons ni nom, ni papiers, ni raison de venir.',
        en: 'We ask for no name, no papers and no reason for coming.',
        es: 'No pedimos nombre, ni documentos, ni motivo para venir.',
        pt: 'Não pedimos nome, nem documentos, nem razão para vir.',
        ru: 'Мы не спрашиваем ни имени, ни документов, ни причины, по которой человек пришёл.',
      },
      {
        fr: 'Les proches sont les bienvenuEs : enfants, compagnes et compagnons, parents, amiEs de passage.',
        en: 'Those close to them are welcome: children, partners, parents, friends passing through.',
        es: 'Las personas cercanas son bienvenidas: hijos e hijas, parejas, madres y padres, amistades de paso.',
      },
      {
        fr: 'Nous accordons une place particulière aux personnes que les autres services refusent, et nous travaillons pour cela {partner}.',
        en: 'We give a special place to people whom other services turn away, and for that we work {partner}.',
        es: 'Damos un lugar especial a las personas que otros servicios rechazan, y para eso trabajamos {partner}.',
        pt: 'Damos um lugar especial às pessoas que outros serviços rejeitam e, para isso, trabalhamos {partner}.',
        ru: 'Особое внимание мы уделяем тем, кому отказывают другие службы, и для этого работаем вместе {partner}.',
      },
      {
        fr: 'La porte est ouverte {often}, et le reste du temps le téléphone de garde passe de main en main.',
        en: 'The door is open {often}, and the rest of the time the duty phone goes from hand to hand.',
        es: 'La puerta está abierta {often}, y el resto del tiempo el teléfono de guardia pasa de mano en mano.',
      },
      {
        fr: 'Le bouche-à-oreille reste notre meilleure affiche : presque toutes les personnes que nous suivons nous ont été amenées par une collègue.',
        en: 'Word of mouth is still our best poster: almost everyone we work with was brought to us by a colleague.',
        es: 'El boca a boca sigue siendo nuestro mejor cartel: a casi todas las personas que acompañamos las trajo una compañera.',
      },
    ],
    [
      {
        fr: 'L’adhésion est gratuite la première année, puis chacunE donne ce qu’elle ou il peut.',
        en: 'Membership is free for the first year; after that everyone gives what they can.',
        es: 'La afiliación es gratuita el primer año; después cada cual aporta lo que puede.',
        pt: 'A adesão é gratuita no primeiro ano; depois, cada pessoa contribui com o que pode.',
        ru: 'Первый год участие бесплатное, потом каждая вносит сколько может.',
      },
      {
        fr: 'Nous couvrons {town} et {few} localités voisines, en bus ou à moto selon la saison.',
        en: 'We cover {town} and {few} places nearby, by bus or by motorbike depending on the season.',
        es: 'Cubrimos {town} y {few} localidades vecinas, en autobús o en moto según la temporada.',
        pt: 'Cobrimos {town} e {few} localidades vizinhas, de autocarro ou de mota conforme a estação.',
        ru: 'Мы работаем в городе {town} и ещё в нескольких посёлках, куда добираемся автобусом или на мотоцикле.',
      },
      {
        fr: 'Quand une personne ne peut pas se déplacer, c’est nous qui allons la voir, y compris en prison ou à l’hôpital.',
        en: 'When someone cannot travel, we go to them, in prison or in hospital too.',
        es: 'Cuando una persona no puede desplazarse, vamos nosotras a verla, también en la cárcel o en el hospital.',
      },
      {
        fr: 'Les personnes qui changent de métier restent des nôtres aussi longtemps qu’elles le souhaitent.',
        en: 'People who move on to other work remain with us for as long as they wish.',
        es: 'Las personas que cambian de trabajo siguen siendo de las nuestras todo el tiempo que quieran.',
      },
      {
        fr: 'Depuis deux ans, de plus en plus de personnes nous écrivent de la campagne, où personne ne parle de ce travail à voix haute.',
        en: 'For two years now more and more people have been writing to us from the countryside, where nobody speaks of this work aloud.',
        es: 'Desde hace dos años, cada vez más personas nos escriben desde el campo, donde nadie habla de este trabajo en voz alta.',
      },
    ],
  ],
  involvement: [
    [
      {
        fr: 'Les travailleurSEs du sexe forment la totalité du conseil d’administration, élu par l’assemblée générale.',
        en: 'Sex workers make up the whole of the board, which the general assembly elects.',
        es: 'Las personas trabajadoras sexuales ocupan la totalidad de la junta directiva, elegida por la asamblea general.',
        pt: 'As trabalhadoras sexuais ocupam a totalidade da direção, eleita pela assembleia geral.',
        ru: 'Правление целиком состоит из секс-работниц, его избирает общее собрание.',
      },
      {
        fr: 'Nos statuts réservent au moins {few} sièges aux travailleurSEs du sexe en activité, et la présidence leur revient toujours.',
        en: 'Our statutes keep at least {few} seats for people currently in sex work, and the chair is always one of them.',
        es: 'Nuestros estatutos reservan al menos {few} puestos a quienes ejercen actualmente el trabajo sexual, y la presidencia siempre les corresponde.',
      },
      {
        fr: 'L’organisation a été fondée par des travailleurSEs du sexe, et rien n’y a jamais été décidé sans elles et eux.',
        en: 'The organisation was founded by sex workers, and nothing has ever been decided in it without them.',
        es: 'La organización fue fundada por personas trabajadoras sexuales y nunca se ha decidido nada sin ellas.',
        pt: 'A organização foi fundada por trabalhadoras sexuais e nunca nada foi decidido sem elas.',
        ru: 'Организацию основали секс-работницы, и ни одно решение в ней никогда не принималось без них.',
      },
      {
        fr: 'Le comité de pilotage se réunit {often} ; il compte {few} personnes, toutes issues du travail du sexe.',
        en: 'The steering committee meets {often}; it has {few} people, all of them from sex work.',
        es: 'El comité directivo se reúne {often}; cuenta con {few} personas, todas procedentes del trabajo sexual.',
      },
      {
        fr: 'Nous fonctionnons sans direction : chaque pôle est confié à deux membres, l’une expérimentée, l’autre nouvelle, pour une année seulement.',
        en: 'We work without a director: each area is entrusted to two members, one experienced and one new, for one year only.',
        es: 'Funcionamos sin dirección: cada área se confía a dos integrantes, una con experiencia y otra nueva, por un solo año.',
      },
    ],
    [
      {
        fr: 'Sur {few} postes salariés, les trois quarts sont occupés par des personnes qui exercent ou ont exercé le travail du sexe.',
        en: 'Of {few} paid posts, three quarters are held by people who do or have done sex work.',
        es: 'De {few} puestos remunerados, tres cuartas partes los ocupan personas que ejercen o han ejercido el trabajo sexual.',
        pt: 'De {few} postos remunerados, três quartos são ocupados por pessoas que exercem ou exerceram trabalho sexual.',
        ru: 'Три четверти оплачиваемых должностей занимают люди с опытом секс-работы.',
      },
      {
        fr: 'Les éducatrices paires, {few} cette année, sont recrutées parmi les membres, formées pendant un mois et payées au même tarif que les autres intervenantEs.',
        en: 'The peer educators, {few} this year, are recruited among the members, trained for a month and paid the same rate as other staff.',
        es: 'Las educadoras pares, {few} este año, se eligen entre las integrantes, se forman durante un mes y cobran lo mismo que el resto del personal.',
      },
      {
        fr: 'Les personnes qui parlent en notre nom dans les réunions officielles sont choisies par vote et reviennent toujours rendre compte.',
        en: 'Those who speak for us in official meetings are chosen by vote and always report back.',
        es: 'Quienes hablan en nuestro nombre en las reuniones oficiales se eligen por votación y siempre vuelven para rendir cuentas.',
        pt: 'Quem fala em nosso nome nas reuniões oficiais é escolhido por voto e volta sempre para prestar contas.',
        ru: 'Тех, кто выступает от нашего имени на официальных встречах, мы выбираем голосованием, и они всегда отчитываются.',
      },
      {
        fr: 'Chaque sortie {place} est préparée par celles qui y travaillent : elles choisissent l’heure, le trajet et les mots.',
        en: 'Every round {place} is prepared by those who work there: they choose the hour, the route and the words.',
        es: 'Cada salida {place} la preparan quienes trabajan allí: eligen la hora, el recorrido y las palabras.',
      },
      {
        fr: 'Nous rémunérons le temps de participation, car personne ne devrait perdre une soirée de revenus pour assister à une réunion.',
        en: 'We pay people for the time they take part, because nobody should lose an evening’s income to attend a meeting.',
        es: 'Pagamos el tiempo de participación, porque nadie debería perder los ingresos de una noche por asistir a una reunión.',
      },
    ],
    [
      {
        fr: 'Le budget est présenté {often} devant tout le monde, ligne par ligne, et il arrive qu’une ligne soit refusée.',
        en: 'The budget is presented {often} to everyone, line by line, and sometimes a line is refused.',
        es: 'El presupuesto se presenta {often} ante todo el mundo, línea por línea, y a veces se rechaza alguna.',
      },
      {
        fr: 'Les projets naissent dans les groupes de parole, où l’on note les problèmes de la semaine avant de chercher ensemble une réponse.',
        en: 'Projects grow out of the discussion groups, where we note the problems of the week before we look for an answer together.',
        es: 'Los proyectos nacen en los grupos de conversación, donde anotamos los problemas de la semana antes de buscar juntas una respuesta.',
        pt: 'Os projetos nascem nos grupos de conversa, onde anotamos os problemas da semana antes de procurar juntas uma resposta.',
        ru: 'Проекты рождаются в группах, где мы сначала записываем трудности недели, а потом вместе ищем выход.',
      },
      {
        fr: 'Une boîte à idées anonyme circule {place}, et chaque proposition reçoit une réponse écrite.',
        en: 'An anonymous suggestion box travels {place}, and every proposal gets a written answer.',
        es: 'Un buzón de ideas anónimo circula {place} y cada propuesta recibe una respuesta por escrito.',
      },
      {
        fr: 'Avant toute prise de parole publique, nous relisons ensemble le texte, et unE seulE membre en désaccord suffit à le suspendre.',
        en: 'Before any public statement we read the text together, and a single member who disagrees is enough to hold it back.',
        es: 'Antes de cualquier declaración pública releemos juntas el texto, y basta una sola integrante en desacuerdo para suspenderlo.',
      },
      {
        fr: 'Les décisions importantes se prennent par consensus ; à défaut, après deux réunions, par un vote à bulletin secret.',
        en: 'Important decisions are taken by consensus or, failing that, after two meetings, by secret ballot.',
        es: 'Las decisiones importantes se toman por consenso o, en su defecto, tras dos reuniones, por votación secreta.',
        pt: 'As decisões importantes são tomadas por consenso ou, na sua falta, após duas reuniões, por voto secreto.',
        ru: 'Важные решения принимаются консенсусом, а если после двух встреч его нет, то тайным голосованием.',
      },
    ],
    [
      {
        fr: 'Les réunions se tiennent l’après-midi, avec une garde d’enfants, le transport remboursé et une interprète quand il le faut.',
        en: 'Meetings are held in the afternoon, with childcare, fares paid back and an interpreter when one is needed.',
        es: 'Las reuniones se celebran por la tarde, con guardería, transporte reembolsado e intérprete cuando hace falta.',
        pt: 'As reuniões são à tarde, com quem cuide das crianças, transporte reembolsado e intérprete quando é preciso.',
        ru: 'Собрания проходят днём: есть кому присмотреть за детьми, дорогу мы оплачиваем, при необходимости приглашаем переводчицу.',
      },
      {
        fr: 'Celles qui ne lisent pas reçoivent les comptes rendus en message vocal.',
        en: 'Those who do not read receive the minutes as a voice message.',
        es: 'Quienes no leen reciben las actas en un mensaje de voz.',
        pt: 'Quem não lê recebe as atas numa mensagem de voz.',
        ru: 'Те, кто не читает, получают протоколы голосовым сообщением.',
      },
      {
        fr: 'En {year}, les membres ont écrit une charte de {few} pages sur la sécurité et l’anonymat, que chaque nouvelle personne signe d’une croix si elle le préfère.',
        en: 'In {year} the members wrote a charter of {few} pages on safety and anonymity, which every newcomer signs, with a cross if they prefer.',
        es: 'En {year} las integrantes escribieron una carta de {few} páginas sobre seguridad y anonimato, que cada persona nueva firma, con una cruz si lo prefiere.',
      },
      {
        fr: 'Nous formons {often} de nouvelles membres à animer, à compter et à contredire, car un mandat se prépare.',
        en: 'We train new members {often} to chair, to keep accounts and to disagree, because a mandate needs preparation.',
        es: 'Formamos {often} a nuevas integrantes para moderar, llevar cuentas y discrepar, porque un mandato se prepara.',
      },
      {
        fr: 'Aucune photographie n’est prise sans l’accord de chaque personne, et cet accord peut être retiré à tout moment.',
        en: 'No photograph is taken without the consent of each person, and that consent can be withdrawn at any time.',
        es: 'No se toma ninguna fotografía sin el acuerdo de cada persona, y ese acuerdo puede retirarse en cualquier momento.',
      },
    ],
  ],
  challenges: [
    [
      {
        fr: 'Le premier obstacle est la loi : elle punit la vente, l’achat ou la location d’une chambre, et elle sert d’abord à justifier {abuse}.',
        en: 'The first obstacle is the law: it punishes selling, buying or renting a room, and it serves above all to justify {abuse}.',
        es: 'El primer obstáculo es la ley: castiga la venta, la compra o el alquiler de una habitación y sirve sobre todo para justificar {abuse}.',
        pt: 'O primeiro obstáculo é a lei: pune a venda, a compra ou o aluguer de um quarto e serve sobretudo para justificar {abuse}.',
        ru: 'Первое препятствие — закон: он наказывает и за продажу, и за покупку, и за сдачу комнаты, а на деле прикрывает {abuse}.',
      },
      {
        fr: 'La police reste la principale source d’insécurité : nos membres signalent {abuse} et {abuse2}, presque toujours sans suite.',
        en: 'The police remain the main source of insecurity: our members report {abuse} and {abuse2}, almost always without result.',
        es: 'La policía sigue siendo la principal fuente de inseguridad: nuestras integrantes denuncian {abuse} y {abuse2}, casi siempre sin resultado.',
        pt: 'A polícia continua a ser a principal fonte de insegurança: as nossas associadas denunciam {abuse} e {abuse2}, quase sempre sem resultado.',
        ru: 'Главный источник опасности — полиция: наши участницы сообщают про {abuse} и {abuse2}, почти всегда безрезультатно.',
      },
      {
        fr: 'À {town}, un arrêté municipal interdit de « stationner sans motif », et il suffit d’une robe ou d’un regard pour recevoir une amende.',
        en: 'In {town} a by-law forbids “standing without a reason”, and a dress or a glance is enough for a fine.',
        es: 'En {town}, una ordenanza prohíbe «permanecer sin motivo», y basta un vestido o una mirada para recibir una multa.',
      },
      {
        fr: 'Notre premier défi est l’argent : les bailleurs financent la sortie du métier plutôt que les droits de celles et ceux qui l’exercent.',
        en: 'Our first challenge is money: donors fund leaving the work rather than the rights of those who do it.',
        es: 'Nuestro primer reto es el dinero: los donantes financian el abandono del oficio antes que los derechos de quienes lo ejercen.',
      },
      {
        fr: 'Sous couvert de lutte contre la traite, les autorités multiplient les descentes {place} et présentent chaque migrantE comme une victime à renvoyer.',
        en: 'In the name of fighting trafficking, the authorities raid more and more {place} and present every migrant as a victim to be sent home.',
        es: 'En nombre de la lucha contra la trata, las autoridades multiplican los operativos {place} y presentan a cada migrante como una víctima a la que hay que devolver.',
      },
      {
        fr: 'L’accès aux soins se joue au guichet : un mot de trop, un sourire entendu, et la personne ne revient plus.',
        en: 'Access to care is decided at the reception desk: one word too many, a knowing smile, and the person never comes back.',
        es: 'El acceso a la salud se decide en la ventanilla: una palabra de más, una sonrisa cómplice, y la persona no vuelve.',
      },
    ],
    [
      {
        fr: 'La peur d’être reconnue éloigne des centres de santé, des tribunaux et parfois de sa propre famille.',
        en: 'The fear of being recognised keeps people away from health centres, from courts and sometimes from their own family.',
        es: 'El miedo a ser reconocida aleja de los centros de salud, de los tribunales y a veces de la propia familia.',
        pt: 'O medo de ser reconhecida afasta dos centros de saúde, dos tribunais e, por vezes, da própria família.',
        ru: 'Страх быть узнанной отдаляет от больниц, от судов, а иногда и от собственной семьи.',
      },
      {
        fr: 'Les agressions ne sont presque jamais jugées : en {year}, sur {few} plaintes que nous avons accompagnées, une seule a abouti.',
        en: 'Assaults are hardly ever brought to court: in {year}, of {few} complaints that we supported, a single one succeeded.',
        es: 'Las agresiones casi nunca se juzgan: en {year}, de {few} denuncias que acompañamos, una sola prosperó.',
      },
      {
        fr: 'Pour éviter les contrôles, beaucoup travaillent {place}, plus vite, plus loin et avec des clients qu’elles n’ont pas eu le temps de jauger.',
        en: 'To avoid checks many work {place}, faster, farther away and with clients they have had no time to size up.',
        es: 'Para evitar los controles, muchas trabajan {place}, más deprisa, más lejos y con clientes a los que no han tenido tiempo de valorar.',
      },
      {
        fr: 'Un préservatif dans un sac devient une preuve, et l’on comprend vite qu’il vaut mieux ne pas en porter.',
        en: 'A condom in a bag becomes evidence, and people soon learn that it is better not to carry one.',
        es: 'Un preservativo en el bolso se convierte en una prueba, y pronto se aprende que es mejor no llevarlo.',
        pt: 'Um preservativo na mala torna-se uma prova, e depressa se aprende que é melhor não o levar.',
        ru: 'Презерватив в сумке становится уликой, и люди быстро понимают, что лучше его не носить.',
      },
      {
        fr: 'Les propriétaires doublent les loyers, car ils savent que personne n’ira se plaindre.',
        en: 'Landlords double the rent, because they know that nobody will complain.',
        es: 'Los propietarios duplican los alquileres porque saben que nadie irá a quejarse.',
      },
    ],
    [
      {
        fr: 'Le second défi est le regard des autres : à l’école, au temple, au marché, la rumeur précède nos membres et leurs enfants.',
        en: 'The second challenge is how others look at us: at school, at church, in the market, rumour runs ahead of our members and their children.',
        es: 'El segundo reto es la mirada ajena: en la escuela, en la iglesia, en el mercado, el rumor precede a nuestras integrantes y a sus hijos.',
        pt: 'O segundo desafio é o olhar dos outros: na escola, na igreja, no mercado, o boato chega antes das nossas associadas e dos seus filhos.',
        ru: 'Вторая трудность — отношение окружающих: в школе, в церкви, на рынке слухи опережают наших участниц и их детей.',
      },
      {
        fr: 'S’y ajoutent {abuse} et {abuse2}, que les médias locaux racontent comme des faits divers.',
        en: 'On top of that come {abuse} and {abuse2}, which the local media tell as curiosities.',
        es: 'A ello se suman {abuse} y {abuse2}, que los medios locales cuentan como sucesos curiosos.',
        pt: 'A isso somam-se {abuse} e {abuse2}, que os meios locais contam como curiosidades.',
      },
      {
        fr: 'La vie chère aggrave tout : quand le prix du pain double, on accepte des conditions que l’on refusait hier.',
        en: 'The cost of living makes everything worse: when the price of bread doubles, people accept conditions they refused yesterday.',
        es: 'La carestía lo agrava todo: cuando se duplica el precio del pan, se aceptan condiciones que ayer se rechazaban.',
        pt: 'O custo de vida agrava tudo: quando o preço do pão duplica, aceitam-se condições que ontem se recusavam.',
        ru: 'Дороговизна усугубляет всё: когда цена хлеба удваивается, приходится соглашаться на то, от чего вчера отказывались.',
      },
      {
        fr: 'Les plateformes ferment nos comptes sans prévenir, et avec eux les carnets d’alerte où nous signalons les clients dangereux.',
        en: 'Platforms close our accounts without warning, and with them the alert lists in which we report dangerous clients.',
        es: 'Las plataformas cierran nuestras cuentas sin avisar, y con ellas las listas de alerta en las que señalamos a los clientes peligrosos.',
      },
      {
        fr: 'Faute de papiers, {few} de nos membres ne peuvent ni ouvrir un compte, ni louer un logement, ni inscrire leurs enfants à l’école.',
        en: 'Without papers, {few} of our members can neither open an account, nor rent a home, nor enrol their children in school.',
        es: 'Por falta de documentos, {few} de nuestras integrantes no pueden abrir una cuenta, alquilar una vivienda ni inscribir a sus hijos en la escuela.',
      },
      {
        fr: 'L’isolement pèse autant que la répression, surtout pour les personnes qui travaillent {place}.',
        en: 'Isolation weighs as much as repression, above all for people who work {place}.',
        es: 'El aislamiento pesa tanto como la represión, sobre todo para quienes trabajan {place}.',
      },
    ],
    [
      {
        fr: 'Tant que le travail du sexe ne sera pas reconnu comme un travail, ces portes resteront fermées.',
        en: 'As long as sex work is not recognised as work, these doors will stay closed.',
        es: 'Mientras el trabajo sexual no se reconozca como trabajo, esas puertas seguirán cerradas.',
        pt: 'Enquanto o trabalho sexual não for reconhecido como trabalho, essas portas continuarão fechadas.',
        ru: 'Пока секс-работа не признана работой, эти двери останутся закрытыми.',
      },
      {
        fr: 'Nous notons chaque incident avec sa date et son lieu, sans aucun nom, et nous publions le total {often}.',
        en: 'We write down every incident with its date and place, without any name, and publish the total {often}.',
        es: 'Anotamos cada incidente con su fecha y su lugar, sin ningún nombre, y publicamos el total {often}.',
        pt: 'Anotamos cada incidente com a data e o lugar, sem nenhum nome, e publicamos o total {often}.',
        ru: 'Каждый случай мы записываем с датой и местом, без имён, и публикуем итог {often}.',
      },
      {
        fr: 'Nous y répondons par la patience : une voisine convaincue vaut mieux que dix affiches arrachées.',
        en: 'We answer with patience: one neighbour won over is worth more than ten posters torn down.',
        es: 'Respondemos con paciencia: una vecina convencida vale más que diez carteles arrancados.',
      },
      {
        fr: 'Les lois sur la santé existent pourtant, et nous demandons seulement qu’elles s’appliquent à tout le monde.',
        en: 'Yet laws on health do exist, and all we ask is that they apply to everyone.',
        es: 'Las leyes de salud existen, sin embargo, y solo pedimos que se apliquen a todo el mundo.',
      },
      {
        fr: 'Celles qui en parlent publiquement perdent leur logement ; celles qui se taisent perdent leurs droits.',
        en: 'Those who speak about it in public lose their homes; those who keep silent lose their rights.',
        es: 'Quienes hablan de ello en público pierden la vivienda; quienes callan pierden sus derechos.',
      },
    ],
  ],
  otherWork: [
    [
      {
        fr: 'Nous proposons {service} et {service2}, sans rendez-vous et sans jugement.',
        en: 'We offer {service} and {service2}, without appointment and without judgement.',
        es: 'Ofrecemos {service} y {service2}, sin cita y sin juicios.',
        pt: 'Oferecemos {service} e {service2}, sem marcação e sem julgamento.',
        ru: 'Мы предлагаем {service} и {service2}, без записи и без осуждения.',
      },
      {
        fr: 'Notre maison d’accueil à {town} offre {service}, une cuisine, une machine à laver et une pièce où dormir le jour.',
        en: 'Our drop-in house in {town} offers {service}, a kitchen, a washing machine and a room to sleep in by day.',
        es: 'Nuestra casa de acogida en {town} ofrece {service}, una cocina, una lavadora y una habitación para dormir de día.',
      },
      {
        fr: 'Avec l’aide de {few} bénévoles, nous assurons {service} {place}.',
        en: 'With the help of {few} volunteers we provide {service} {place}.',
        es: 'Con la ayuda de {few} personas voluntarias, garantizamos {service} {place}.',
        pt: 'Com a ajuda de {few} pessoas voluntárias, asseguramos {service} {place}.',
        ru: 'Вместе с волонтёрами мы организуем {service} {place}.',
      },
      {
        fr: 'La santé reste notre premier métier : en {year}, nous avons ajouté {service}, puis {service2}, à la demande des membres.',
        en: 'Health is still our first trade: in {year} we added {service}, then {service2}, at the members’ request.',
        es: 'La salud sigue siendo nuestra primera tarea: en {year} añadimos {service} y luego {service2}, a petición de las integrantes.',
      },
      {
        fr: 'Chaque mois, plus de {many} personnes utilisent nos services, parmi lesquels on trouve {service}.',
        en: 'Every month more than {many} people use our services, among which they find {service}.',
        es: 'Cada mes más de {many} personas utilizan nuestros servicios, entre los que encuentran {service}.',
      },
    ],
    [
      {
        fr: 'Nous documentons {abuse} et {abuse2}, et remettons chaque année un rapport aux élus.',
        en: 'We document {abuse} and {abuse2}, and hand a report to elected officials every year.',
        es: 'Documentamos {abuse} y {abuse2}, y entregamos cada año un informe a las autoridades electas.',
        pt: 'Documentamos {abuse} e {abuse2}, e entregamos todos os anos um relatório aos eleitos.',
        ru: 'Мы документируем {abuse} и {abuse2} и каждый год передаём отчёт депутатам.',
      },
      {
        fr: 'Nous plaidons pour la décriminalisation {partner}, à pas comptés mais sans reculer.',
        en: 'We argue for decriminalisation {partner}, in small steps but without stepping back.',
        es: 'Abogamos por la despenalización {partner}, paso a paso pero sin retroceder.',
        pt: 'Defendemos a descriminalização {partner}, passo a passo, mas sem recuar.',
        ru: 'Мы добиваемся декриминализации вместе {partner}: шаг за шагом, но не отступая.',
      },
      {
        fr: 'Une émission de radio, diffusée {often}, donne la parole à celles et ceux que l’on n’entend jamais.',
        en: 'A radio programme, broadcast {often}, gives the floor to those who are never heard.',
        es: 'Un programa de radio, emitido {often}, da la palabra a quienes nunca se escucha.',
      },
      {
        fr: 'Nous avons obtenu que le commissariat de {town} désigne une personne référente, et nous la rencontrons {often}.',
        en: 'We got the police station in {town} to name a contact person, whom we meet {often}.',
        es: 'Conseguimos que la comisaría de {town} nombrara a una persona de referencia, con quien nos reunimos {often}.',
      },
      {
        fr: 'Notre troupe de théâtre joue {place} une pièce écrite par les membres, qui fait rire avant de faire réfléchir.',
        en: 'Our theatre group performs {place} a play written by the members, which makes people laugh before it makes them think.',
        es: 'Nuestro grupo de teatro representa {place} una obra escrita por las integrantes, que hace reír antes de hacer pensar.',
      },
    ],
    [
      {
        fr: 'Nous formons aussi le personnel de santé et la police {partner} : {few} séances l’an passé.',
        en: 'We also train health workers and police officers {partner}: {few} sessions last year.',
        es: 'También formamos al personal de salud y a la policía {partner}: {few} sesiones el año pasado.',
        pt: 'Também formamos profissionais de saúde e agentes da polícia {partner}: {few} sessões no ano passado.',
        ru: 'Мы также обучаем медиков и полицейских вместе {partner}.',
      },
      {
        fr: 'Les groupes d’épargne, {few} à ce jour, prêtent sans intérêt pour un loyer, une rentrée scolaire ou un étal de marché.',
        en: 'The savings groups, {few} to date, lend without interest for rent, school fees or a market stall.',
        es: 'Los grupos de ahorro, {few} hasta la fecha, prestan sin intereses para un alquiler, el curso escolar o un puesto en el mercado.',
        pt: 'Os grupos de poupança, {few} até hoje, emprestam sem juros para uma renda, a escola ou uma banca no mercado.',
      },
      {
        fr: 'Les cours de couture ont laissé la place à ce que les membres demandaient vraiment : la comptabilité, le permis de conduire, l’anglais.',
        en: 'Sewing classes have given way to what the members really asked for: bookkeeping, driving lessons, languages.',
        es: 'Las clases de costura dejaron paso a lo que las integrantes pedían de verdad: contabilidad, permiso de conducir, idiomas.',
      },
      {
        fr: 'Un petit guide de {few} pages, « Que faire en cas d’arrestation », tient dans une poche et existe en plusieurs langues.',
        en: 'A small guide of {few} pages, “What to do if you are arrested”, fits in a pocket and exists in several languages.',
        es: 'Una pequeña guía de {few} páginas, «Qué hacer en caso de detención», cabe en un bolsillo y existe en varios idiomas.',
      },
      {
        fr: 'Nous tenons {often} une permanence dans les locaux du syndicat, où l’on parle contrats, retraites et amendes.',
        en: 'We hold a session {often} at the union’s offices, where people talk about contracts, pensions and fines.',
        es: 'Atendemos {often} en el local del sindicato, donde se habla de contratos, jubilaciones y multas.',
        ru: 'Мы ведём приём {often} в помещении профсоюза, где говорим о договорах, пенсиях и штрафах.',
      },
    ],
    [
      {
        fr: 'D’ici deux ans, nous voulons ouvrir un second lieu d’accueil et y proposer {service}.',
        en: 'Within two years we want to open a second drop-in place and offer {service} there.',
        es: 'En dos años queremos abrir un segundo lugar de acogida y ofrecer allí {service}.',
        pt: 'Dentro de dois anos queremos abrir um segundo espaço de acolhimento e oferecer ali {service}.',
        ru: 'Через два года мы хотим открыть второй центр и предлагать там {service}.',
      },
      {
        fr: 'Nous partageons nos outils avec d’autres groupes de la région et apprenons des leurs.',
        en: 'We share our tools with other groups in the region and learn from theirs.',
        es: 'Compartimos nuestras herramientas con otros grupos de la región y aprendemos de las suyas.',
        pt: 'Partilhamos as nossas ferramentas com outros grupos da região e aprendemos com as deles.',
        ru: 'Мы делимся своими материалами с другими группами региона и учимся у них.',
      },
      {
        fr: 'Chaque 3 mars et chaque 17 décembre, nous marchons dans {town}, parapluies ouverts même sans pluie.',
        en: 'Every 3 March and every 17 December we march through {town}, umbrellas open even when it is dry.',
        es: 'Cada 3 de marzo y cada 17 de diciembre marchamos por {town}, con los paraguas abiertos aunque no llueva.',
      },
      {
        fr: 'Cette année, l’effort porte sur la mémoire : nous recueillons les récits des plus âgées avant qu’ils ne se perdent.',
        en: 'This year the effort goes into memory: we are collecting the stories of the oldest members before they are lost.',
        es: 'Este año el esfuerzo se centra en la memoria: recogemos los relatos de las mayores antes de que se pierdan.',
      },
      {
        fr: 'Nous publions nos comptes et nos erreurs, parce que la confiance se gagne ainsi.',
        en: 'We publish our accounts and our mistakes, because that is how trust is earned.',
        es: 'Publicamos nuestras cuentas y nuestros errores, porque así se gana la confianza.',
      },
    ],
  ],
}

/** What an organisation adds to an answer later, while its translation stays as it was. */
export const LATER_SENTENCES: readonly Sentence[] = [
  {
    fr: 'Depuis le printemps, nous le faisons aussi {place}.',
    en: 'Since the spring we have also been doing so {place}.',
    es: 'Desde la primavera también lo hacemos {place}.',
    pt: 'Desde a primavera, fazemo-lo também {place}.',
    ru: 'С весны мы делаем это и {place}.',
  },
  {
    fr: 'Cette année, nous avons dû réduire ces activités de moitié, faute de financement.',
    en: 'This year we had to cut these activities by half for lack of funding.',
    es: 'Este año tuvimos que reducir estas actividades a la mitad por falta de fondos.',
    pt: 'Este ano, tivemos de reduzir estas atividades para metade por falta de fundos.',
    ru: 'В этом году из-за нехватки средств нам пришлось сократить эту работу вдвое.',
  },
  {
    fr: 'Nous le faisons désormais {partner}.',
    en: 'We now do this {partner}.',
    es: 'Ahora lo hacemos {partner}.',
    pt: 'Agora fazemo-lo {partner}.',
    ru: 'Теперь мы делаем это вместе {partner}.',
  },
]
