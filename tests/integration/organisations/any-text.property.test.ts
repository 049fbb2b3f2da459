import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { auditQueryString, parseAuditFilters } from '@/lib/audit/filters'
import { closeDatabase } from '@/lib/database/client'
import { filtersToQuery, parseFilters } from '@/lib/directory/filters'
import { countFacets, findProfilesPage, listOrganisations } from '@/lib/directory/queries'
import { formValues } from '@/lib/forms/state'
import { editProfile } from '@/lib/organisations/save'
import { exportOrganisation } from '@/lib/organisations/export-json'
import { parseProfileForm } from '@/lib/editing/read-profile-form'
import { emptyContent, newProfileValues } from '@/lib/editing/profile-form'
import { findPublicProfile } from '@/lib/organisations/public-queries'
import { propose } from '@/lib/proposals/propose'
import { cases } from '@/tests/support/cases'
import { freshDatabase } from '@/tests/support/database'
import { createUser } from '@/tests/support/people'
import { givenProfile } from '@/tests/support/profiles'
import { XSS_STRINGS } from '@/tests/support/xss-strings'

/** Anything that can be typed, pasted or sent: half pairs and control characters too. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    ...XSS_STRINGS,
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\u202E',
    '__proto__',
    'constructor',
  ),
)
const formFields = [...Object.keys(newProfileValues()), 'slug', 'message', 'form', 'base', 'intent']
const parameters = [
  'q',
  'region',
  'country',
  'area',
  'lang',
  'sort',
  'page',
  'act',
  'person',
  'from',
]

let administrator: { kind: 'user'; id: string; role: 'administrator' }
let member: { kind: 'user'; id: string; role: 'member'; organisations: string[] }
beforeAll(async () => {
  await freshDatabase()
  const { id } = await givenProfile()
  const email = 'member@fictional.example'
  administrator = { kind: 'user', id: await createUser('administrator'), role: 'administrator' }
  member = {
    ...{ kind: 'user', role: 'member', organisations: [id] },
    id: await createUser('member', { email, organisations: [id] }),
  }
  return closeDatabase
})

test(
  'any text in any field of the form is refused by name or kept to the letter',
  { timeout: 180_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.oneof(fc.constantFrom(...formFields), anyText), anyText), {
          maxLength: 8,
        }),
        anyText,
        async (typed, name) => {
          const form = new FormData()
          form.append('name', name)
          for (const [field, value] of typed) form.append(field, value)
          const values = formValues(form)
          const read = parseProfileForm(values, emptyContent())
          if (!read.ok) {
            expect(read.errors.length).toBeGreaterThan(0)
            return
          }
          const outcome = await editProfile(administrator, {
            ...{
              profile: null,
              content: read.content,
              followUp: 'list',
              idempotencyKey: randomUUID(),
            },
          })
          if (!outcome.ok) return
          const shown = await findPublicProfile(outcome.slug)
          expect(shown).toMatchObject({
            profile: { name: read.content.name, aliases: read.content.aliases },
          })
          const held = await exportOrganisation(administrator, outcome.id)
          expect(held).toMatchObject({ ok: true })
        },
      ),
      { numRuns: cases(20) },
    )
  },
)

test('any text in a proposal is refused by name or waits', async () => {
  const [id = ''] = member.organisations
  await fc.assert(
    fc.asyncProperty(anyText, anyText, anyText, async (name, text, message) => {
      const content = { ...emptyContent(), name }
      const answer = { language: text, text, provenance: 'original', source: null }
      for (const proposed of [
        content,
        { ...content, answers: { ...content.answers, who: [answer] } },
      ]) {
        const outcome = await propose(member, {
          ...{ id, baseVersion: 1, content: proposed, message, locale: 'fr' },
        })
        expect(['invalid', 'unchanged', 'done']).toContain(outcome.ok ? 'done' : outcome.reason)
      }
    }),
    { numRuns: cases(12) },
  )
})

test(
  'any text in any parameter of the list or the audit log gives a list',
  { timeout: 180_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...parameters), anyText), { maxLength: 8 }),
        async (asked) => {
          const query = new URLSearchParams(asked)
          const { filters } = parseFilters(query)
          const found = await listOrganisations(filters, 'fr')
          expect((await findProfilesPage(filters)).total).toBe(found.total)
          await countFacets(filters)
          // What was understood is understood the same again.
          expect(
            parseFilters(new URLSearchParams(filtersToQuery(filters, { page: filters.page }))),
          ).toEqual({
            filters,
            ignored: [],
          })
          const audit = parseAuditFilters(query)
          expect(parseAuditFilters(new URLSearchParams(auditQueryString(audit)))).toEqual(audit)
        },
      ),
      { numRuns: cases(20) },
    )
  },
)
