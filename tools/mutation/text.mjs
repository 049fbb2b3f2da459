import { mutation } from './shared.mjs'

// What else lib/import holds carries pages to and from processes and the database.
export default mutation('text', [
  'lib/geo/parse-country.ts',
  'lib/import/{decode,detect-language,merge-page,parse,plan,question-labels,read-page}.ts',
  'lib/revisions/diff.ts',
  'lib/text/{csv,escape-xml,fold,paragraphs,text-field}.ts',
])
