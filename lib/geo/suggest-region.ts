import type { Country } from './countries'
import type { Region } from './regions'

// The network's own placement, as its public pages show it, not a continent of the atlas:
// - Africa: the whole continent. The network counts Tunisia to its Africa region.
// - Asia and the Pacific: South, East and South-East Asia and Oceania.
// - Europe: "including Eastern Europe and Central Asia": the reach of its two European networks, one
//   of which covers Central and Eastern Europe and Central Asia. The Caucasus belongs to Eastern
//   Europe and Central Asia (UNAIDS: region EECA); Türkiye and Cyprus are members of the Council of
//   Europe and of the European region of the World Health Organization.
// - Latin America: the mainland without the countries named below.
// - North America and the Caribbean: Canada, the United States and the islands, whatever their language.
//
// Nothing is suggested for countries that the network has placed differently (Mexico, Guyana, Suriname,
// Belize), for their neighbour French Guiana, for the Falklands, for the Middle East, which belongs to none of the five
// regions by name, and for places without a population of their own.
const COUNTRIES_BY_REGION: Readonly<Record<Region, string>> = {
  africa:
    'AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR ' +
    'MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW',
  'asia-and-the-pacific':
    'AF AS AU BD BN BT CC CK CN CX FJ FM GU HK ID IN JP KH KI KP KR LA LK MH MM MN MO MP MV MY NC NF ' +
    'NP NR NU NZ PF PG PH PK PN PW SB SG TH TK TL TO TV TW VN VU WF WS',
  europe:
    'AD AL AM AT AX AZ BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GE GG GI GR HR HU IE IM IS IT JE ' +
    'KG KZ LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM TJ TM TR UA UZ VA XK',
  'latin-america': 'AR BO BR CL CO CR EC GT HN NI PA PE PY SV UY VE',
  'north-america-and-the-caribbean':
    'AG AI AW BB BL BM BQ BS CA CU CW DM DO GD GL GP HT JM KN KY LC MF MQ MS PM PR SX TC TT US VC VG VI',
}

const regionByCountry = new Map<string, Region>(
  (Object.entries(COUNTRIES_BY_REGION) as [Region, string][]).flatMap(([region, codes]) =>
    codes.split(' ').map((code): [string, Region] => [code, region]),
  ),
)

/**
 * The region of the network that a country suggests. A suggestion, never a fact: the region is kept per
 * organisation, because the network decides it per organisation.
 *
 * @param country ISO 3166-1 alpha-2 code (or XK)
 * @returns a region code, or null where the network has placed the country differently at different
 *   times or nothing is known of its placement
 */
export function suggestRegion(country: Country): Region | null {
  return regionByCountry.get(country) ?? null
}
