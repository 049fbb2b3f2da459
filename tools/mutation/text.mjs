import { mutation } from './shared.mjs'

// What else lib/import holds carries pages to and from processes and the database.
export default mutation('text', [
  'lib/csv/write.ts',
  'lib/i18n/markup.ts',
  'lib/import/{decode,labels,languages,merge,parse,plan,read-page}.ts',
  'lib/places/{fold,recognise}.ts',
  'lib/profile/{paragraphs,text}.ts',
  'lib/revision/diff.ts',
])
