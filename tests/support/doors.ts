/** A word that stands in no public profile: whatever shows it leaks. */
export const CANARY = 'canarixo'
/** Of the same profiles, for the field that takes no words. */
export const CANARY_TELEPHONE = '+354 555 7319'

/**
 * Every address through which the public can read, by the file that answers it. A test walks all of
 * them with a hidden profile in the database; a route without a row here fails.
 */
export const DOORS: Record<string, string[]> = {
  'app/[locale]/page.tsx': ['/fr', '/en'],
  'app/[locale]/about/page.tsx': ['/fr/about', '/en/about'],
  'app/[locale]/accessibility/page.tsx': ['/fr/accessibility', '/en/accessibility'],
  'app/[locale]/privacy/page.tsx': ['/fr/privacy', '/en/privacy'],
  'app/[locale]/[...rest]/page.tsx': ['/fr/nothing/here', '/en/nothing'],
  'app/[locale]/not-found/page.tsx': ['/fr/not-found', '/en/not-found'],
  'app/[locale]/map/page.tsx': ['/fr/map', '/en/map'],
  'app/[locale]/map/[region]/page.tsx': ['/fr/map/europe', '/en/map/europe', '/en/map/mars'],
  'app/[locale]/organisations/page.tsx': [
    '/fr/organisations',
    '/en/organisations',
    '/fr/organisations?page=2',
    '/en/organisations?sort=newest',
    '/fr/organisations?country=IS',
    '/en/organisations?region=europe&lang=fr',
    '/fr/organisations?q=canarixo',
    '/en/organisations?q=islande',
    '/fr/organisations?q=first+name',
  ],
  'app/[locale]/organisations/[slug]/page.tsx': [
    '/fr/organisations/draft-canarixo',
    '/en/organisations/draft-canarixo?view=both',
    '/fr/organisations/hidden-canarixo',
    '/fr/organisations/hidden-now-canarixo',
    '/en/organisations/withdrawn-canarixo',
    '/en/organisations/fictional-last-listed',
    '/fr/organisations/fictional-first-name',
  ],
  'app/[locale]/organisations/[slug]/[place]/page.tsx': [
    '/fr/organisations/pays/islande',
    '/en/organisations/country/iceland',
    '/en/organisations/country/iceland?sort=newest',
    '/fr/organisations/pays/burundi',
    '/en/organisations/pays/burundi',
    '/en/organisations/region/africa?sort=newest',
    '/fr/organisations/region/europe',
    '/fr/organisations/domaine/acces-a-la-sante?sort=newest',
    '/en/organisations/area/human-rights',
    '/fr/organisations/pays/nulle-part',
  ],
  'app/[locale]/organisations/print/page.tsx': [
    '/fr/organisations/print',
    '/en/organisations/print?country=IS',
    '/en/organisations/print?q=canarixo',
  ],
  'app/[locale]/organisations/list.csv/route.ts': [
    '/fr/organisations/list.csv',
    '/en/organisations/list.csv?country=IS',
    '/en/organisations/list.csv?region=mars',
  ],
  'app/[locale]/organisations/list.json/route.ts': [
    '/en/organisations/list.json',
    '/fr/organisations/list.json?region=europe&lang=fr',
  ],
  'app/[locale]/feed.xml/route.ts': [
    '/fr/feed.xml',
    '/en/feed.xml',
    '/fr/feed.xml?country=IS',
    '/en/feed.xml?region=africa&q=first+name',
    '/en/feed.xml?region=mars',
  ],
  'app/api/organisations/route.ts': [
    '/api/organisations',
    '/api/organisations?page=2',
    '/api/organisations?country=IS',
    '/api/organisations?q=canarixo',
    '/api/organisations?q=first+name',
  ],
  'app/api/organisations/[slug]/route.ts': [
    '/api/organisations/draft-canarixo',
    '/api/organisations/hidden-canarixo',
    '/api/organisations/hidden-now-canarixo',
    '/api/organisations/withdrawn-canarixo',
    '/api/organisations/fictional-last-listed',
    '/api/organisations/fictional-first-name',
  ],
  'app/api/[...rest]/route.ts': ['/api/nothing'],
  'app/sitemap.xml/route.ts': ['/sitemap.xml'],
  'app/sitemap/[piece]/route.ts': [
    '/sitemap/pages.xml',
    ...'0123456789abcdef'.split('').map((piece) => `/sitemap/${piece}.xml`),
    '/sitemap/10.xml',
  ],
  'app/robots.txt/route.ts': ['/robots.txt'],
  'app/healthz/route.ts': ['/healthz'],
  'app/readyz/route.ts': ['/readyz'],
}

/** Those that show a listed profile. */
export const SHOWING = [
  'app/[locale]/page.tsx',
  'app/[locale]/organisations/page.tsx',
  'app/[locale]/organisations/[slug]/page.tsx',
  'app/[locale]/organisations/[slug]/[place]/page.tsx',
  'app/[locale]/organisations/list.csv/route.ts',
  'app/[locale]/organisations/list.json/route.ts',
  'app/[locale]/organisations/print/page.tsx',
  'app/[locale]/feed.xml/route.ts',
  'app/api/organisations/route.ts',
  'app/api/organisations/[slug]/route.ts',
  'app/sitemap/[piece]/route.ts',
]

const ID = '00000000-0000-4000-8000-000000000000'
const SECRET = 'bm8tc3VjaC1zZWNyZXQtaGFzLWV2ZXItYmVlbi1tYWRl'

/** Every address of the protected part, by the file that answers it: nobody sees anything there. */
export const PROTECTED_DOORS: Record<string, string[]> = {
  'app/[locale]/admin/page.tsx': ['/fr/admin', `/en/admin?q=${CANARY}`],
  'app/[locale]/admin/account/page.tsx': ['/fr/admin/account'],
  'app/[locale]/admin/audit/page.tsx': ['/en/admin/audit'],
  'app/[locale]/admin/audit/log.csv/route.ts': ['/en/admin/audit/log.csv'],
  'app/[locale]/admin/countries/route.ts': ['/fr/admin/countries?q=bur', '/en/admin/countries'],
  'app/[locale]/admin/import/page.tsx': ['/fr/admin/import'],
  'app/[locale]/admin/organisations/[id]/page.tsx': [`/fr/admin/organisations/${ID}`],
  'app/[locale]/admin/organisations/[id]/data.json/route.ts': [
    `/en/admin/organisations/${ID}/data.json`,
  ],
  'app/[locale]/admin/organisations/[id]/erase/page.tsx': [`/fr/admin/organisations/${ID}/erase`],
  'app/[locale]/admin/organisations/[id]/history/page.tsx': [
    `/en/admin/organisations/${ID}/history?from=1&to=2`,
  ],
  'app/[locale]/admin/organisations/[id]/preview/page.tsx': [
    `/fr/admin/organisations/${ID}/preview?l=fr`,
  ],
  'app/[locale]/admin/organisations/[id]/proposal-link/page.tsx': [
    `/en/admin/organisations/${ID}/proposal-link`,
  ],
  'app/[locale]/admin/organisations/[id]/status/page.tsx': [`/fr/admin/organisations/${ID}/status`],
  'app/[locale]/admin/organisations/change/page.tsx': [`/en/admin/organisations/change?id=${ID}`],
  'app/[locale]/admin/organisations/new/page.tsx': ['/fr/admin/organisations/new'],
  'app/[locale]/admin/organisations/save/route.ts': ['/en/admin/organisations/save'],
  'app/[locale]/admin/people/page.tsx': ['/en/admin/people'],
  'app/[locale]/admin/people/[id]/page.tsx': [`/fr/admin/people/${ID}`],
  'app/[locale]/admin/people/new/page.tsx': ['/en/admin/people/new'],
  'app/[locale]/admin/proposals/page.tsx': ['/fr/admin/proposals'],
  'app/[locale]/admin/proposals/[proposalId]/page.tsx': [`/en/admin/proposals/${ID}`],
  'app/[locale]/admin/rights/page.tsx': ['/fr/admin/rights'],
  'app/[locale]/propose/[secret]/page.tsx': [`/en/propose/${SECRET}`],
  'app/[locale]/propose/[secret]/send/route.ts': [`/fr/propose/${SECRET}/send`],
  'app/[locale]/sign-in/page.tsx': ['/fr/sign-in', '/en/sign-in?next=/en/admin'],
  'app/[locale]/sign-in/again/page.tsx': ['/en/sign-in/again'],
  'app/[locale]/sign-in/code/page.tsx': ['/fr/sign-in/code'],
  'app/[locale]/sign-in/factor/page.tsx': ['/en/sign-in/factor'],
  'app/[locale]/sign-in/forgotten/page.tsx': ['/fr/sign-in/forgotten'],
  'app/[locale]/sign-in/link/[secret]/page.tsx': [`/en/sign-in/link/${SECRET}`],
  'app/[locale]/sign-in/out/route.ts': ['/fr/sign-in/out'],
}

/** One address of every type of page that people see, below the language. */
export const PAGE_TYPES = [
  '',
  '/organisations',
  '/organisations?q=legal&region=africa&area=health&lang=xx',
  '/organisations?q=zzzzzz',
  '/organisations/region/africa',
  '/organisations/pays/burundi',
  '/organisations/country/iceland',
  '/organisations/area/health',
  '/organisations/print?region=europe',
  '/organisations/solidarite-pour-les-droits-des-travailleuses-de-sexe',
  '/organisations/solidarite-pour-les-droits-des-travailleuses-de-sexe?view=both',
  '/organisations/fictional-long-answers',
  '/organisations/fictional-translation-behind',
  '/organisations/fictional-without-answers',
  '/organisations/union-ficticia-del-farol',
  '/map',
  '/map/africa',
  '/map/north-america-and-the-caribbean',
  '/about',
  '/accessibility',
  '/privacy',
  '/nothing/here',
] as const
