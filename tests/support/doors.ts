/** A word that stands in no public profile: whatever shows it leaks. */
export const CANARY = 'canarixo'

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
  'app/[locale]/organisations/page.tsx': [
    '/fr/organisations',
    '/en/organisations',
    '/fr/organisations?page=2',
    '/en/organisations?sort=newest',
    '/fr/organisations?country=IS',
    '/en/organisations?region=europe&lang=fr',
    '/fr/organisations?q=canarixo',
    '/en/organisations?q=islande',
    '/fr/organisations?q=old+address',
  ],
  'app/[locale]/organisations/[slug]/page.tsx': [
    '/fr/organisations/draft-canarixo',
    '/en/organisations/draft-canarixo?view=both',
    '/fr/organisations/hidden-canarixo',
    '/fr/organisations/hidden-now-canarixo',
    '/en/organisations/withdrawn-canarixo',
    '/en/organisations/fictional-new-address',
    '/fr/organisations/fictional-old-address',
  ],
  'app/[locale]/feed.xml/route.ts': ['/fr/feed.xml', '/en/feed.xml'],
  'app/api/organisations/route.ts': [
    '/api/organisations',
    '/api/organisations?page=2',
    '/api/organisations?country=IS',
    '/api/organisations?q=canarixo',
    '/api/organisations?q=old+address',
  ],
  'app/api/organisations/[slug]/route.ts': [
    '/api/organisations/draft-canarixo',
    '/api/organisations/hidden-canarixo',
    '/api/organisations/hidden-now-canarixo',
    '/api/organisations/withdrawn-canarixo',
    '/api/organisations/fictional-new-address',
    '/api/organisations/fictional-old-address',
  ],
  'app/api/[...rest]/route.ts': ['/api/nothing'],
  'app/sitemap.xml/route.ts': ['/sitemap.xml'],
  'app/sitemap/[piece]/route.ts': ['/sitemap/0.xml', '/sitemap/1.xml'],
  'app/robots.txt/route.ts': ['/robots.txt'],
  'app/healthz/route.ts': ['/healthz'],
}

/** One address of every type of page that people see, below the language. */
export const PAGE_TYPES = [
  '',
  '/organisations',
  '/organisations?q=legal&region=africa&area=health&lang=xx',
  '/organisations?q=zzzzzz',
  '/organisations/solidarite-pour-les-droits-des-travailleuses-de-sexe',
  '/organisations/solidarite-pour-les-droits-des-travailleuses-de-sexe?view=both',
  '/organisations/fictional-long-answers',
  '/organisations/fictional-translation-behind',
  '/organisations/fictional-without-answers',
  '/organisations/union-ficticia-del-farol',
  '/about',
  '/accessibility',
  '/privacy',
  '/nothing/here',
] as const
