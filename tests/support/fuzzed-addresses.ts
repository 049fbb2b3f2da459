/** Numbers that look like chance and are the same every time (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const SEGMENTS = [
  ...['fr', 'en', 'xx', 'organisations', 'admin', 'sign-in', 'propose', 'api', 'map', 'feed.xml'],
  ...['sitemap', 'sitemap.xml', 'print', 'list.csv', 'list.json', 'pays', 'country', 'region'],
  ...['..', '.', '%2e%2e', '%2E', '%00', '%0a', '%0d%0aX:%201', '%', '%zz', '%c3%28', '%ed%a0%80'],
  ...['', '\\', '%5c', '%2f', ';', ':', '@', '~', '*', "'", '"', '%22%3E%3Csvg', '__proto__'],
  ...['constructor', '_next', 'static', 'data', '.env', '.git', 'package.json', 'new', 'save'],
  ...['0', '-1', '1e999', 'NaN', 'null', 'undefined', '[id]', '%5Bslug%5D', '(group)', '@slot'],
  ...['a'.repeat(300), '%F0%9F%8C%82', 'été'.normalize('NFD'), 'countries', 'people', 'audit'],
]
const PARAMETERS = [
  ...['q', 'region', 'country', 'area', 'lang', 'sort', 'page', 'after', 'view', 'next', 'kept'],
  ...['form', 'n', 'from', 'to', '_rsc', 'nxtPslug', '__nextLocale', 'q[]', 'q[0]', '__proto__'],
  ...['constructor[prototype]', '', 'a'.repeat(200), '%00', '%', 'x-middleware-subrequest', 'done'],
]
const VALUES = [
  ...[
    '',
    '1',
    '0',
    '-1',
    '99999999999999999999',
    '1e3',
    '0x10',
    'NaN',
    'africa',
    'BI',
    'fr',
    'und',
  ],
  ...['"', '*', 'NEAR(a b)', 'a AND', '-', '--', '(', '^', ':', 'a:b', "' OR 1=1 --", ';DROP'],
  ...[
    '%00',
    '%0a',
    '%',
    '%zz',
    '%ff',
    '%ed%a0%80',
    '%E2%80%AE',
    '../../etc/passwd',
    '//evil.example',
  ],
  ...[
    '<script>',
    '${7*7}',
    '{{7*7}}',
    '[object Object]',
    'a'.repeat(2_000),
    '%F0%9F%8C%82',
    'name',
  ],
  ...['newest', 'both', 'eyJhIjoxfQ', '{"a":1}', '+', '%2B', '&', '=', '%26', '%3D'],
]

/** Pages that are there and read parameters: what is hostile is what they are asked with. */
const PAGES = [
  ...[
    'fr',
    'en/organisations',
    'fr/organisations',
    'fr/organisations/print',
    'en/feed.xml',
    'fr/map',
  ],
  ...['en/organisations/list.csv', 'fr/organisations/list.json', 'api/organisations', 'en/sign-in'],
  ...[
    'fr/organisations/pays/burundi',
    'en/organisations/region/africa',
    'fr/admin',
    'en/map/africa',
  ],
  ...['fr/organisations/fictional-circle', 'api/organisations/fictional-circle'],
]

// Node's own client refuses to send these as they are.
const unsendable = /[^\x21-\x7e]/g

/**
 * Makes addresses that nobody would type: pieces of real ones, of attacks and of nonsense, put together.
 *
 * @param seed the same gives the same addresses
 */
export function* fuzzedAddresses(seed: number, count: number): Generator<string> {
  const next = numbersFrom(seed)
  const below = (most: number) => Math.floor(next() * most)
  const one = (of: readonly string[]) => of[below(of.length)] ?? ''
  for (let made = 0; made < count; made++) {
    const depth = 1 + below(5)
    // Half of them begin as an address of the site does.
    const begin = next() < 0.5 ? [one(['fr', 'en', 'api']), one(SEGMENTS.slice(3, 18))] : []
    const isPage = next() < 0.4
    const path = isPage
      ? one(PAGES)
      : [...begin, ...Array.from({ length: depth }, () => one(SEGMENTS))].join('/')
    const parameters = Array.from(
      { length: isPage || next() < 0.6 ? 1 + below(5) : 0 },
      () => `${one(PARAMETERS)}=${one(VALUES)}`,
    )
    const query = parameters.length === 0 ? '' : `?${parameters.join('&')}`
    yield `/${path}${query}`.replaceAll(unsendable, (sign) =>
      sign === ' ' ? '+' : encodeURIComponent(sign.toWellFormed()),
    )
  }
}
