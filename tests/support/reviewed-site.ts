import { existsSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { reviewLog, wordsAsked } from './log-review'
import { startSite, type LeftBySite } from './site'
import { PASSWORD } from './totp'

/** Everything in a database that belongs to somebody: none of it may stand in the log. */
const PRIVATE = `
  SELECT "email" AS "text" FROM "User" UNION SELECT "name" FROM "User"
  UNION SELECT "token" FROM "Session" UNION SELECT "value" FROM "Contact"
  UNION SELECT "name" FROM "Organisation" UNION SELECT "slug" FROM "Organisation"
  UNION SELECT "slug" FROM "FormerSlug" UNION SELECT "name" FROM "Alias"
  UNION SELECT substr("text", 1, 60) FROM "Answer"`

/** Starts the site of the tests; when it ends, its log is read, and what it gives away fails the run. */
export default function startReviewedSite(): Promise<() => Promise<void>> {
  return startSite(review)
}

function review({ log, database, asked }: LeftBySite): void {
  const read = new Database(database, { readonly: true })
  const held = read.prepare<[], { text: string }>(PRIVATE).all()
  read.close()
  const addresses = existsSync(asked) ? readFileSync(asked, 'utf8').split('\n') : []
  const faults = reviewLog(readFileSync(log, 'utf8'), [
    PASSWORD,
    ...held.map(({ text }) => text),
    ...wordsAsked(addresses),
  ])
  if (held.length === 0) faults.push('nothing to look for')
  if (faults.length > 0) throw new Error(`The log of the site says too much:\n${faults.join('\n')}`)
}
