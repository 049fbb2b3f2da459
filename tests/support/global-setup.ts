import { makeTemplateDatabase } from './test-site'

/** Makes the database that the site of every worker starts with; gives what removes it. */
export default function setUp(): () => void {
  return makeTemplateDatabase()
}
