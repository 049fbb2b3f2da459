import { mutation } from './shared.mjs'

// What else lib/import holds carries pages to and from processes and the database.
export default mutation('text', [
  'lib/text/csv.ts',
  'lib/text/escape-xml.ts',
  'lib/import/{decode,labels,languages,merge,parse,plan,read-page}.ts',
  'lib/places/{fold,recognise}.ts',
  'lib/profile/{paragraphs,text}.ts',
  'lib/revisions/diff.ts',
])
