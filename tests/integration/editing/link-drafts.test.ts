import { readFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { writer } from '@/lib/database/client'
import { truncateLog } from '@/lib/database/checkpoint-wal'
import { env } from '@/lib/env'
import { deleteExpired } from '@/lib/jobs/clean-up'
import { eraseOrganisation } from '@/lib/organisations/remove'
import { withdrawProfile } from '@/lib/organisations/publish'
import { propose } from '@/lib/proposals/propose'
import { loadLinkDraft, saveLinkDraft } from '@/lib/editing/link-drafts'
import { createProposalLink, findLinkActor } from '@/lib/proposals/proposal-links'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

beforeEach(freshDatabase)

const typed = (name: string) => ({ name: [name], 'answers.who.fr.text': ['a', 'b'] })

async function createLink(organisationId: string): Promise<string> {
  return writer().$transaction((tx) =>
    createProposalLink(tx, {
      ...{ organisationId, email: 'link@fictional.example', createdBy: 'person:ada' },
    }),
  )
}

const drafts = () => rows<{ linkId: string }>('SELECT "linkId" FROM "FormDraft"')

test('what was typed by a link is read by that link alone; a later draft replaces it', async () => {
  const { id } = await givenProfile()
  const [one, other] = [await createLink(id), await createLink(id)]
  await saveLinkDraft(one, typed('Collectif'))
  await saveLinkDraft(one, typed('Collectif Lanterne'))
  await saveLinkDraft(other, typed('Autre'))
  expect(await loadLinkDraft(one)).toEqual(typed('Collectif Lanterne'))
  expect(await loadLinkDraft(other)).toEqual(typed('Autre'))
  expect(await loadLinkDraft(one.toUpperCase())).toBeNull()
  expect(drafts()).toHaveLength(2)
})

test('nothing is saved for a link that was never made', async () => {
  await saveLinkDraft('no-such-link', typed('Collectif'))
  expect(drafts()).toEqual([])
})

test('it lies sealed in the database: a row that is exchanged or changed opens for nobody', async () => {
  const { id } = await givenProfile()
  const [one, other] = [await createLink(id), await createLink(id)]
  await saveLinkDraft(one, typed('Phare canarix'))
  await saveLinkDraft(other, typed('Autre'))
  await truncateLog()
  expect(readFileSync(env.databaseFile).includes('canarix')).toBe(false)
  expect(await loadLinkDraft(one)).toEqual(typed('Phare canarix'))
  const [{ fields } = { fields: '' }] = rows<{ fields: string }>('SELECT "fields" FROM "FormDraft"')
  const changed = fields.replace(/[A-Z]/, (letter) => letter.toLowerCase())
  for (const written of [fields, changed, 'AAAA', '']) {
    execute(`UPDATE "FormDraft" SET "fields" = '${written}'`)
    const opened = [await loadLinkDraft(one), await loadLinkDraft(other)]
    expect(opened.filter((draft) => draft !== null)).toHaveLength(written === fields ? 1 : 0)
  }
})

test('it is gone when the proposal is sent', async () => {
  const { id } = await givenProfile()
  const secret = await createLink(id)
  await saveLinkDraft(secret, typed('Collectif'))
  const actor = await findLinkActor(secret)
  if (!actor) throw new Error('no link')
  const request = { id, baseVersion: 1, message: '', locale: 'fr' as const }
  const refused = { ...request, content: content(), message: 'x'.repeat(100_000) }
  expect(await propose(actor, refused)).toMatchObject({ ok: false })
  expect(drafts()).toHaveLength(1)
  const changed = content({ name: 'Collectif de la Lanterne' })
  expect(await propose(actor, { ...request, content: changed })).toMatchObject({ ok: true })
  expect(drafts()).toEqual([])
})

test('what is typed by a link that somebody has used can be read again for an hour', async () => {
  const { id } = await givenProfile()
  const secret = await createLink(id)
  execute(`UPDATE "OneTimeToken" SET "usedAt" = '2026-01-01T00:00:00.000+00:00'`)
  await saveLinkDraft(secret, typed('Collectif'))
  await deleteExpired(new Date())
  expect(await loadLinkDraft(secret)).toEqual(typed('Collectif'))
  await deleteExpired(new Date(Date.now() + 61 * 60 * 1000))
  expect(drafts()).toEqual([])
})

test('it is gone with its link, and with its organisation', async () => {
  const { id } = await givenProfile()
  const secret = await createLink(id)
  await saveLinkDraft(secret, typed('Collectif'))
  await deleteExpired(new Date(Date.now() + 13 * 24 * 60 * 60 * 1000))
  expect(drafts()).toHaveLength(1)
  await deleteExpired(new Date(Date.now() + 15 * 24 * 60 * 60 * 1000))
  expect(drafts()).toEqual([])

  await saveLinkDraft(await createLink(id), typed('Collectif'))
  expect(drafts()).toHaveLength(1)
  await withdrawProfile(administrator, { id, reason: 'gone' })
  expect(await eraseOrganisation(administrator, { id, reason: 'asked' })).toMatchObject({
    ok: true,
  })
  expect(drafts()).toEqual([])
})
