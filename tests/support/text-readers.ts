import { safeReturnTo } from '@/lib/auth/return-to'
import { checkPassword } from '@/lib/auth/password'
import { userSchema } from '@/lib/users/users'
import { parseAuditFilters } from '@/lib/audit/filters'
import { parseFilters } from '@/lib/directory/filters'
import { decodePage } from '@/lib/import/decode'
import { fold } from '@/lib/text/fold'
import { parseCountry, parseRegion } from '@/lib/geo/parse-country'
import { parseProfileForm } from '@/lib/editing/read-profile-form'
import { emptyContent, newProfileValues } from '@/lib/editing/profile-form'
import { splitParagraphs } from '@/lib/text/paragraphs'
import { profileContentSchema, reasonSchema } from '@/lib/organisations/schema'
import { slugFrom } from '@/lib/organisations/slug'
import { warningsFor } from '@/lib/editing/warnings'
import { matchRoute } from '@/server/http/parse-url'
import { excerpt, findHits } from '@/lib/search/excerpt'
import { parseQuery } from '@/lib/search/parse-query'
import { termsIn } from '@/lib/search/tokenize'

const { contacts, answers, name, country } = profileContentSchema.shape
const base = emptyContent()
const fields = [...Object.keys(newProfileValues()), 'slug', 'message']

/** Whatever reads what somebody typed or sent, by what it reads. */
export const TEXT_READERS: Record<string, (text: string) => unknown> = {
  'a name': (text) => name.safeParse(text),
  'an answer, its language and its source': (text) =>
    answers.shape.who.safeParse([
      { language: text, text, provenance: 'original', source: { language: text, revision: 1 } },
    ]),
  'an e-mail address': (value) => contacts.shape.email.safeParse({ value, published: true }),
  'a website': (value) => contacts.shape.website.safeParse({ value, published: true }),
  'a telephone number': (value) => contacts.shape.telephone.safeParse({ value, published: true }),
  'a code of a country': (text) => country.safeParse(text),
  'a reason': (text) => reasonSchema.safeParse(text),
  'a form, every field': (text) =>
    parseProfileForm(Object.fromEntries(fields.map((field) => [field, [text]])), base),
  'a form, names of fields': (text) =>
    parseProfileForm({ [`answers.who.${text}.text`]: ['x'], [`take.${text}`]: ['theirs'] }, base),
  'warnings about an answer': (text) => [warningsFor(text, 'en'), warningsFor(text, 'fr')],
  paragraphs: splitParagraphs,
  'an address from a name': slugFrom,
  folding: fold,
  'name of a country': parseCountry,
  'name of a region': parseRegion,
  words: termsIn,
  'a search': parseQuery,
  hits: (text) => findHits(text, ['a', 'zz']),
  'hits of a phrase': (text) => findHits(text, ['=le =zz', '~trav ~zz']),
  'an excerpt': (text) => excerpt(text, [[50_000, 50_001]]),
  'filters of the list': (text) =>
    parseFilters({
      ...{ q: text, region: text, country: text, area: [text, text] },
      ...{ lang: text, sort: text, page: text },
    }),
  'filters of the audit log': (text) =>
    parseAuditFilters({ act: text, person: text, subject: text, from: text, to: text, page: text }),
  'an address to come back to': (text) => [safeReturnTo(text), safeReturnTo(`/fr/admin/${text}`)],
  'a person': (text) =>
    userSchema.safeParse({
      ...{ name: text, email: text, locale: text, role: text },
      ...{ regions: [text], organisations: [text], languages: [text] },
    }),
  'a password': (text) => [
    checkPassword(text, { email: text, name: text }),
    checkPassword(text.slice(0, 128), { email: text, name: text }),
  ],
  'an address of the site': (text) => [matchRoute(`/fr/${text}`), matchRoute(`/fr?${text}`)],
  'bytes of a page': (text) => decodePage(new TextEncoder().encode(text)),
}
