import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Actor } from '@/lib/permissions/permissions'
import { eraseOrganisation } from '@/lib/organisations/remove'
import { saveProfile } from '@/lib/organisations/save'
import { withdrawProfile } from '@/lib/organisations/publish'
import { valuesFromContent } from '@/lib/editing/profile-form'
import { rebaseDraft } from '@/lib/editing/rebase-draft'
import type { ProfileContent } from '@/lib/organisations/schema'
import { acceptProposal, declineProposal, returnProposal } from '@/lib/proposals/decide'
import { MAX_LINKS_PER_DAY, sendProposalLink } from '@/lib/proposals/send-proposal-link'
import { propose } from '@/lib/proposals/propose'
import { findLinkActor } from '@/lib/proposals/proposal-links'
import { hasArrived, valuesOfProposal } from '@/lib/proposals/resume'
import { findProposal, listProposals, loadProposalForm } from '@/lib/proposals/queries'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import { createUser } from '@/tests/support/people'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

type Member = Extract<Actor, { kind: 'user' }>

const nobody: Actor = { kind: 'anonymous' }
const editorInEurope: Actor = { kind: 'user', id: 'eve', role: 'editor', regions: ['europe'] }
const editorInAfrica: Actor = { kind: 'user', id: 'ann', role: 'editor', regions: ['africa'] }

beforeEach(freshDatabase)

const asMember = (id: string, organisation: string): Member => ({
  ...{ kind: 'user', id, role: 'member' },
  organisations: [organisation],
})

/** A listed profile and its member. */
async function givenMember() {
  const { id, slug } = await givenProfile()
  const personId = await createUser('member', { organisations: [id] })
  return { id, slug, member: asMember(personId, id) }
}

const french = (text: string) => ({
  ...{ language: 'fr', text, provenance: 'original' as const, source: null },
})
const english = (text: string) => ({
  ...{ language: 'en', text, provenance: 'translation' as const },
  source: { language: 'fr', revision: 'current' as const },
})

/** Content with three fields changed: the name, and one answer in both languages. */
const changed = (changes: Partial<ProfileContent> = {}) =>
  content({
    name: 'Collectif de la Lanterne',
    answers: {
      ...content().answers,
      who: [french('Nous sommes nouveaux.'), english('We are new.')],
    },
    ...changes,
  })

const proposing = (id: string, changes = {}) => ({
  ...{
    id,
    baseVersion: 1,
    content: changed() as unknown,
    message: 'Voici.',
    locale: 'fr' as const,
  },
  ...changes,
})

async function givenProposal() {
  const given = await givenMember()
  const outcome = await propose(given.member, proposing(given.id))
  if (!outcome.ok) throw new Error(outcome.reason)
  return { ...given, proposalId: outcome.proposalId, reviewedAt: seen(outcome.proposalId) }
}

function seen(id: string): Date {
  const [row] = rows<{ updatedAt: string | number }>(
    'SELECT "updatedAt" FROM "Proposal" WHERE "id" = ?',
    id,
  )
  return new Date(row?.updatedAt ?? 0)
}

const mails = () =>
  rows<{ recipient: string; template: string; locale: string; values: string }>(
    'SELECT * FROM "OutboxMail" ORDER BY "createdAt", rowid',
  ).map(({ recipient, template, locale, values }) => ({
    ...{ recipient, template, locale },
    values: JSON.parse(values) as Record<string, string>,
  }))

/** The audit log without what setting the scene has left in it. */
const audits = () =>
  rows<{ action: string; subject: string; detail: string }>(
    `SELECT * FROM "AuditEntry" WHERE "action" <> 'profileListed' ORDER BY "number"`,
  )

/** Everything that a refused command must leave alone; only the refusal itself is logged. */
const everything = () =>
  JSON.stringify(
    ['Organisation', 'Answer', 'Revision', 'Proposal', 'OneTimeToken', 'OutboxMail'].map((table) =>
      rows(`SELECT * FROM "${table}"`),
    ),
  )

const secretIn = (link = '') => link.slice(link.lastIndexOf('/') + 1)

async function givenLink(id: string, email = 'a.person@fictional.example') {
  const sent = await sendProposalLink(administrator, { id, email, locale: 'fr' })
  if (!sent.ok) throw new Error(sent.reason)
  const actor = await findLinkActor(secretIn(sent.link))
  if (!actor) throw new Error('the link does not open')
  return { actor, secret: secretIn(sent.link) }
}

describe('proposing', () => {
  test('keeps the proposal, leaves the profile, tells those who review', async () => {
    const { id, member } = await givenMember()
    await createUser('administrator')
    const before = rows('SELECT * FROM "Organisation"')
    const outcome = await propose(member, proposing(id, { message: '  Voici. ' }))
    expect(outcome).toMatchObject({ ok: true })
    expect(rows('SELECT * FROM "Organisation"')).toEqual(before)
    expect(rows('SELECT * FROM "Revision"')).toHaveLength(1)
    expect(rows('SELECT * FROM "Proposal"')).toMatchObject([
      {
        organisationId: id,
        baseVersion: 1,
        author: `user:${member.id}`,
        authorEmail: 'member@fictional.example',
        authorLocale: 'fr',
        message: 'Voici.',
        status: 'waiting',
      },
    ])
    expect(mails()).toMatchObject([
      { recipient: 'administrator@fictional.example', template: 'proposalReceived' },
    ])
    expect(audits()).toMatchObject([{ action: 'proposalCreated' }])
  })

  test('an editor of the region is told instead of the administrators', async () => {
    const { id, member } = await givenMember()
    await createUser('administrator')
    await createUser('editor', { regions: ['africa'] })
    await createUser('editor', { email: 'other@fictional.example', regions: ['europe'] })
    await propose(member, proposing(id))
    expect(mails().map(({ recipient }) => recipient)).toEqual(['editor@fictional.example'])
  })

  test('what waits is replaced, without a second mail, and is kept as an earlier version', async () => {
    const { id, member } = await givenMember()
    await createUser('administrator')
    const first = await propose(member, proposing(id))
    const second = await propose(member, proposing(id, { content: changed({ name: 'Autre' }) }))
    expect(second).toEqual(first)
    expect(rows('SELECT * FROM "Proposal"')).toHaveLength(1)
    expect(mails()).toHaveLength(1)
    expect((await loadProposalForm(member, id))?.content.name).toBe('Autre')
    await propose(member, proposing(id, { content: changed({ name: 'Encore' }), message: '' }))
    const review = await findProposal(administrator, first.ok ? first.proposalId : '')
    expect(review?.earlier).toMatchObject([
      { number: 2, message: 'Voici.', answer: null },
      { number: 1, message: 'Voici.', answer: null },
    ])
    const names = review?.earlier.map(({ differences }) => JSON.stringify(differences))
    expect(names?.[0]).toContain('Autre')
    expect(names?.[1]).not.toContain('Autre')
    expect(names?.[1]).toContain('de la ')
  })

  test('sent twice alike, it is one proposal with one version and one entry', async () => {
    const { id, member } = await givenMember()
    const first = await propose(member, proposing(id))
    expect(await propose(member, proposing(id))).toEqual(first)
    expect(rows('SELECT * FROM "Proposal"')).toHaveLength(1)
    expect(rows('SELECT * FROM "ProposalVersion"')).toEqual([])
  })

  test('its form opens with it, also where the proposal leaves an answer out', async () => {
    const { id, member } = await givenMember()
    const without = changed({ answers: { ...content().answers, who: [] } })
    await propose(member, proposing(id, { content: without }))
    const form = await loadProposalForm(member, id)
    if (!form) throw new Error('no form')
    const values = valuesOfProposal(form, content())
    expect(values).toMatchObject({ name: ['Collectif de la Lanterne'], message: ['Voici.'] })
    const read = rebaseDraft({ values, version: 1 }, { content: content(), version: 1 }, null)
    expect(read).toMatchObject({ errors: [], conflicts: [], content: without })
  })

  test('two members of one organisation have a proposal each', async () => {
    const { id, member } = await givenMember()
    const other = await createUser('member', { email: 'b@fictional.example', organisations: [id] })
    await propose(member, proposing(id))
    await propose(asMember(other, id), proposing(id))
    expect(rows('SELECT * FROM "Proposal"')).toHaveLength(2)
  })

  test.each<[string, object, string]>([
    ['an unknown key', { content: { ...changed(), status: 'listed' } }, ''],
    ['a foreign field', { content: { ...changed(), ownerId: 'x' } }, ''],
    ['no content', { content: null }, ''],
    ['a name too long', { content: changed({ name: 'x'.repeat(151) }) }, 'name'],
    ['a message too long', { message: 'x'.repeat(2001) }, 'message'],
    ['a message that overrides', { message: 'a\u202Eb' }, 'message'],
  ])('not with %s', async (_, changes, path) => {
    const { id, member } = await givenMember()
    const before = everything()
    const outcome = await propose(member, proposing(id, changes))
    expect(outcome).toMatchObject({ ok: false, reason: 'invalid', issues: [{ path }] })
    expect(everything()).toBe(before)
  })

  test('not from a version that never was, and not without a change', async () => {
    const { id, member } = await givenMember()
    for (const baseVersion of [2, 0, -1, NaN, 1.5, 2 ** 40]) {
      expect(await propose(member, proposing(id, { baseVersion }))).toEqual({
        ok: false,
        reason: 'stale',
        version: 1,
      })
    }
    const same = { ...content(), answers: { ...content().answers } }
    same.answers.who = same.answers.who.map((answer) =>
      answer.language === 'en' ? { ...answer, source: { language: 'fr', revision: 1 } } : answer,
    )
    expect(await propose(member, proposing(id, { content: same }))).toEqual({
      ok: false,
      reason: 'unchanged',
    })
  })

  test('only by a member of the organisation who is not disabled', async () => {
    const { id, member } = await givenMember()
    const { id: other } = await givenProfile({ name: 'Une autre', country: 'RW' })
    const stranger = await createUser('member', {
      email: 'c@fictional.example',
      organisations: [other],
    })
    const before = everything()
    const refused = [
      asMember(stranger, other),
      asMember('never-was', id),
      editorInAfrica as Member,
      administrator as Member,
    ]
    for (const actor of refused) {
      expect(await propose(actor, proposing(id))).toEqual({ ok: false, reason: 'denied' })
    }
    expect(audits().every(({ action }) => action === 'permissionDenied')).toBe(true)
    expect(audits()).toHaveLength(refused.length)
    execute(`UPDATE "User" SET "disabledAt" = 0 WHERE "id" = '${member.id}'`)
    const later = everything()
    expect(await propose(member, proposing(id))).toEqual({ ok: false, reason: 'denied' })
    expect(everything()).toBe(later)
    expect(before).toContain(id)
  })

  test('not for a withdrawn profile, nor for one that is not there', async () => {
    const { id, member } = await givenMember()
    expect(await propose(asMember(member.id, 'nowhere'), proposing('nowhere'))).toEqual({
      ok: false,
      reason: 'notFound',
    })
    await withdrawProfile(administrator, { id, reason: 'withdraw' })
    expect(await propose(member, proposing(id))).toEqual({ ok: false, reason: 'denied' })
  })
})

describe('a mailed link', () => {
  test('is sent to the address; only its hash is kept', async () => {
    const { id } = await givenProfile()
    const sent = await sendProposalLink(editorInAfrica, {
      id,
      email: ' A.Person@Fictional.example ',
      locale: 'fr',
    })
    expect(sent).toMatchObject({ ok: true })
    const [mail] = mails()
    expect(mail).toMatchObject({
      recipient: 'a.person@fictional.example',
      template: 'proposalLink',
      locale: 'fr',
    })
    const secret = secretIn(mail?.values['link'])
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(JSON.stringify(rows('SELECT * FROM "OneTimeToken"'))).not.toContain(secret)
    expect(JSON.stringify(audits())).not.toContain(secret)
    expect(audits()).toMatchObject([{ action: 'linkCreated', subject: id }])
  })

  test('proposes once, opens until then, and tells where it was sent, not where a form says', async () => {
    const { id } = await givenProfile()
    const { actor, secret } = await givenLink(id)
    expect(await findLinkActor(secret)).toEqual(actor)
    const refused = await propose(actor, proposing(id, { content: changed({ name: '' }) }))
    expect(refused).toMatchObject({ reason: 'invalid' })
    expect(await findLinkActor(secret)).toEqual(actor)
    expect(await propose(actor, proposing(id, { email: 'evil@fictional.example' }))).toMatchObject({
      ok: true,
    })
    expect(rows('SELECT "authorEmail", "author" FROM "Proposal"')).toEqual([
      { authorEmail: 'a.person@fictional.example', author: `link:${actor.id}` },
    ])
    expect(await findLinkActor(secret)).toBeNull()
    expect(await propose(actor, proposing(id))).toEqual({ ok: false, reason: 'linkUsed' })
  })

  test('what was sent by it is known when it is sent again; anything else has not arrived', async () => {
    const { id } = await givenProfile()
    const { actor, secret } = await givenLink(id)
    const values = { ...valuesFromContent(changed()), message: [' Voici. '] }
    expect(await hasArrived(secret, values)).toBe(false)
    await propose(actor, proposing(id))
    expect(await hasArrived(secret, values)).toBe(true)
    expect(await hasArrived('another', values)).toBe(false)
    expect(await hasArrived(secret, { ...values, message: ['Voilà.'] })).toBe(false)
    expect(await hasArrived(secret, { ...values, name: ['Autre'] })).toBe(false)
  })

  test('sent twice at once, it proposes once', async () => {
    const { id } = await givenProfile()
    const { actor } = await givenLink(id)
    const outcomes = await Promise.all([1, 2, 3].map(() => propose(actor, proposing(id))))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(rows('SELECT * FROM "Proposal"')).toHaveLength(1)
  })

  test('opens nothing once it is too old, and nothing that was never made', async () => {
    const { id } = await givenProfile()
    const { actor, secret } = await givenLink(id)
    const [link] = rows<{ createdAt: string; expiresAt: string }>('SELECT * FROM "OneTimeToken"')
    const days =
      (Date.parse(link?.expiresAt ?? '') - Date.parse(link?.createdAt ?? '')) / 86_400_000
    expect(days).toBe(14)
    execute(`UPDATE "OneTimeToken" SET "expiresAt" = '2020-01-01T00:00:00.000+00:00'`)
    expect(await findLinkActor(secret)).toBeNull()
    expect(await propose(actor, proposing(id))).toEqual({ ok: false, reason: 'linkUsed' })
    for (const wrong of ['', secret.toUpperCase(), `${secret}a`, actor.id, '\u0000']) {
      expect(await findLinkActor(wrong)).toBeNull()
    }
  })

  test('a link that sets a password proposes nothing', async () => {
    const { id } = await givenProfile()
    const { secret } = await givenLink(id)
    execute(`UPDATE "OneTimeToken" SET "kind" = 'reset'`)
    expect(await findLinkActor(secret)).toBeNull()
  })

  test('reaches its own organisation and no other', async () => {
    const { id } = await givenProfile()
    const { id: other } = await givenProfile({ name: 'Une autre', country: 'RW' })
    const { actor } = await givenLink(id)
    expect(await propose(actor, proposing(other))).toEqual({ ok: false, reason: 'denied' })
    expect(await propose({ ...actor, organisation: other }, proposing(other))).toEqual({
      ok: false,
      reason: 'linkUsed',
    })
    expect(rows('SELECT * FROM "Proposal"')).toEqual([])
    expect(await loadProposalForm(actor, other)).toBeNull()
  })

  test('is not sent for what is withdrawn or erased', async () => {
    const { id } = await givenProfile()
    const request = { id, email: 'a@fictional.example', locale: 'en' as const }
    await withdrawProfile(administrator, { id, reason: 'withdraw' })
    expect(await sendProposalLink(administrator, request)).toMatchObject({ reason: 'withdrawn' })
    await eraseOrganisation(administrator, { id, reason: 'asked' })
    expect(await sendProposalLink(administrator, request)).toMatchObject({ reason: 'notFound' })
  })

  test('is made by those who review, for an address, and not for ever', async () => {
    const { id, member } = await givenMember()
    const request = { id, email: 'a@fictional.example', locale: 'en' as const }
    for (const actor of [nobody, member, editorInEurope]) {
      expect(await sendProposalLink(actor, request)).toEqual({ ok: false, reason: 'denied' })
    }
    for (const email of ['', 'x', 'a@b', 'a@fictional.example\nBcc: b@fictional.example']) {
      expect(await sendProposalLink(administrator, { ...request, email })).toEqual({
        ok: false,
        reason: 'notAnEmail',
      })
    }
    expect(mails()).toEqual([])
    for (let sent = 0; sent < MAX_LINKS_PER_DAY; sent += 1) {
      expect(await sendProposalLink(administrator, request)).toMatchObject({ ok: true })
    }
    expect(await sendProposalLink(administrator, request)).toEqual({ ok: false, reason: 'tooMany' })
    execute(`UPDATE "OneTimeToken" SET "createdAt" = '2020-01-01T00:00:00.000+00:00'`)
    expect(await sendProposalLink(administrator, request)).toMatchObject({ ok: true })
  })
})

describe('deciding', () => {
  test('all of it: one revision with the reason, and the author is told', async () => {
    const { id, member, proposalId, reviewedAt: seen } = await givenProposal()
    const outcome = await acceptProposal(editorInAfrica, {
      ...{ proposalId, reviewedAt: seen, version: 1, fields: 'all', answer: 'Merci !' },
    })
    expect(outcome).toMatchObject({ ok: true, id, version: 2 })
    expect(rows('SELECT "name" FROM "Organisation"')).toEqual([
      { name: 'Collectif de la Lanterne' },
    ])
    expect(rows('SELECT "actor", "reason" FROM "Revision" WHERE "number" = 2')).toEqual([
      { actor: 'user:ann', reason: 'proposal' },
    ])
    expect(rows('SELECT "status", "decidedBy", "answer" FROM "Proposal"')).toEqual([
      { status: 'accepted', decidedBy: 'user:ann', answer: 'Merci !' },
    ])
    expect(mails()).toMatchObject([
      {
        recipient: 'member@fictional.example',
        template: 'proposalAccepted',
        locale: 'fr',
        values: { message: 'Merci !', organisation: 'Collectif Lanterne' },
      },
    ])
    expect(audits().at(-1)).toMatchObject({
      action: 'proposalDecided',
      detail: '{"outcome":"accepted","fields":3}',
    })
    expect((await loadProposalForm(member, id))?.own).toBeNull()
  })

  test('one field, and no other', async () => {
    const { proposalId, reviewedAt: seen } = await givenProposal()
    await acceptProposal(administrator, {
      ...{
        proposalId,
        reviewedAt: seen,
        version: 1,
        fields: ['name', 'status', '__proto__'],
        answer: '',
      },
    })
    expect(rows('SELECT "name" FROM "Organisation"')).toEqual([
      { name: 'Collectif de la Lanterne' },
    ])
    expect(rows('SELECT "text" FROM "Answer" WHERE "language" = ?', 'fr')).toEqual([
      { text: content().answers.who[0]?.text },
    ])
  })

  test('a translation accepted without its original names no source', async () => {
    const { proposalId, reviewedAt: seen } = await givenProposal()
    await acceptProposal(administrator, {
      ...{ proposalId, reviewedAt: seen, version: 1, fields: ['answers.who.en'], answer: '' },
    })
    expect(
      rows('SELECT "text", "sourceLanguage" FROM "Answer" WHERE "language" = ?', 'en'),
    ).toEqual([{ text: 'We are new.', sourceLanguage: null }])
  })

  test('what changed in the profile since stays; the same field is the reviewer’s choice', async () => {
    const { id, proposalId, reviewedAt: seen } = await givenProposal()
    await saveProfile(administrator, {
      profile: { id, version: 1 },
      content: content({ name: 'Entre-temps', country: 'RW' }),
      reason: 'edit',
    })
    const review = await findProposal(administrator, proposalId)
    expect(review?.fields.map(({ key, conflicts }) => [key, conflicts])).toEqual([
      [
        'name',
        [
          {
            field: 'name',
            base: 'Collectif Lanterne',
            theirs: 'Entre-temps',
            yours: 'Collectif de la Lanterne',
          },
        ],
      ],
      ['answers.who.fr', []],
      ['answers.who.en', []],
    ])
    const decision = { proposalId, reviewedAt: seen, fields: 'all' as const, answer: '' }
    expect(await acceptProposal(administrator, { ...decision, version: 1 })).toEqual({
      ok: false,
      reason: 'stale',
      version: 2,
    })
    expect(mails()).toEqual([])
    const before = everything()
    for (const choices of [undefined, new Map(), new Map([['country', 'proposed' as const]])]) {
      for (const fields of ['all' as const, ['name'], ['answers.who.fr']]) {
        expect(
          await acceptProposal(administrator, {
            ...{ ...decision, version: 2, fields },
            ...(choices ? { choices } : {}),
          }),
        ).toEqual({ ok: false, reason: 'undecided', fields: ['name'] })
      }
    }
    expect(everything()).toBe(before)
    const choices = new Map([['name', 'proposed' as const]])
    expect(await acceptProposal(administrator, { ...decision, version: 2, choices })).toMatchObject(
      {
        ok: true,
        version: 3,
      },
    )
    expect(rows('SELECT "name", "country" FROM "Organisation"')).toEqual([
      { name: 'Collectif de la Lanterne', country: 'RW' },
    ])
  })

  test('what the profile says today stays where it was chosen', async () => {
    const { id, proposalId, reviewedAt: seen } = await givenProposal()
    await saveProfile(administrator, {
      profile: { id, version: 1 },
      content: content({ name: 'Entre-temps' }),
      reason: 'edit',
    })
    const choices = new Map([['name', 'now' as const]])
    const decision = { proposalId, reviewedAt: seen, version: 2, choices, answer: '' }
    expect(await acceptProposal(administrator, { ...decision, fields: ['name'] })).toEqual({
      ok: false,
      reason: 'nothingChosen',
    })
    expect(await acceptProposal(administrator, { ...decision, fields: 'all' })).toMatchObject({
      ok: true,
    })
    expect(rows('SELECT "name" FROM "Organisation"')).toEqual([{ name: 'Entre-temps' }])
    expect(rows('SELECT "text" FROM "Answer" WHERE "language" = ?', 'fr')).toMatchObject([
      { text: 'Nous sommes nouveaux.' },
    ])
  })

  test('what both changed alike, and areas that each added, is no conflict', async () => {
    const { id, member } = await givenMember()
    await propose(
      member,
      proposing(id, {
        content: changed({ priorityAreas: [...content().priorityAreas, 'health'] }),
      }),
    )
    await saveProfile(administrator, {
      profile: { id, version: 1 },
      content: content({ name: 'Collectif de la Lanterne', priorityAreas: [] }),
      reason: 'edit',
    })
    const [proposal] = (await listProposals(administrator)).proposals
    const review = await findProposal(administrator, proposal?.id ?? '')
    expect(review?.fields.flatMap(({ conflicts }) => conflicts)).toEqual([])
    expect(review?.fields.map(({ key }) => key)).not.toContain('name')
  })

  test('asking back needs a message; the author opens it again and answers', async () => {
    const { id, member, proposalId, reviewedAt: first } = await givenProposal()
    await createUser('administrator')
    expect(
      await returnProposal(administrator, { proposalId, reviewedAt: first, answer: ' ' }),
    ).toEqual({
      ok: false,
      reason: 'invalid',
      issues: [{ path: 'answer', code: 'missing' }],
    })
    const returned = { proposalId, reviewedAt: first, answer: 'Depuis quand ?' }
    expect(await returnProposal(administrator, returned)).toEqual({ ok: true })
    expect(mails()).toMatchObject([
      { template: 'proposalReturned', values: { message: 'Depuis quand ?' } },
    ])
    expect(mails()[0]?.values['link']).toContain(`/fr/admin/organisations/${id}`)
    expect((await loadProposalForm(member, id))?.own).toEqual({
      status: 'returned',
      answer: 'Depuis quand ?',
      message: 'Voici.',
    })
    expect(await propose(member, proposing(id, { message: 'Depuis mai.' }))).toEqual({
      ok: true,
      proposalId,
    })
    // The question is answered: it stays with the version that it was about.
    expect((await loadProposalForm(member, id))?.own).toMatchObject({
      ...{ status: 'waiting', answer: null, message: 'Depuis mai.' },
    })
    expect((await findProposal(administrator, proposalId))?.earlier).toMatchObject([
      { number: 1, message: 'Voici.', answer: 'Depuis quand ?' },
    ])
    expect(mails().at(-1)).toMatchObject({ template: 'proposalReceived' })
  })

  test('who has no account is asked back by a new link, which starts from the proposal', async () => {
    const { id } = await givenProfile()
    const { actor } = await givenLink(id)
    const made = await propose(actor, proposing(id))
    const proposalId = made.ok ? made.proposalId : ''
    await returnProposal(administrator, {
      proposalId,
      reviewedAt: seen(proposalId),
      answer: 'Et ?',
    })
    const link = mails().at(-1)?.values['link']
    const again = await findLinkActor(secretIn(link))
    expect(again).toMatchObject({ kind: 'link', organisation: id })
    if (!again) return
    expect(again.id).not.toBe(actor.id)
    expect(await loadProposalForm(again, id)).toMatchObject({
      content: { name: 'Collectif de la Lanterne' },
      own: { status: 'returned', answer: 'Et ?' },
    })
    expect(await propose(again, proposing(id))).toEqual({ ok: true, proposalId })
  })

  test('declined: the profile stays, the author is told', async () => {
    const { proposalId, reviewedAt: seen } = await givenProposal()
    const declined = { proposalId, reviewedAt: seen, answer: 'Pas cette fois.' }
    expect(await declineProposal(administrator, declined)).toEqual({ ok: true })
    expect(rows('SELECT * FROM "Revision"')).toHaveLength(1)
    expect(mails()).toMatchObject([{ template: 'proposalDeclined' }])
  })

  test('all or nothing', async () => {
    const { proposalId, reviewedAt: seen } = await givenProposal()
    const before = everything()
    execute(
      `CREATE TRIGGER stop BEFORE INSERT ON "OutboxMail" BEGIN SELECT RAISE(ABORT, 'stop'); END`,
    )
    await expect(
      acceptProposal(administrator, {
        proposalId,
        reviewedAt: seen,
        version: 1,
        fields: 'all',
        answer: '',
      }),
    ).rejects.toThrow()
    expect(everything()).toBe(before)
  })
})

const decisions = {
  accept: (actor: Actor, proposalId: string, seen: Date) =>
    acceptProposal(actor, { proposalId, reviewedAt: seen, version: 1, fields: 'all', answer: 'x' }),
  return: (actor: Actor, proposalId: string, seen: Date) =>
    returnProposal(actor, { proposalId, reviewedAt: seen, answer: 'x' }),
  decline: (actor: Actor, proposalId: string, seen: Date) =>
    declineProposal(actor, { proposalId, reviewedAt: seen, answer: 'x' }),
}

describe.each(Object.entries(decisions))('who may %s', (_, decide) => {
  test('nobody, no member, no translator, no editor of another region: nothing changes', async () => {
    const { id, member, proposalId, reviewedAt: seen } = await givenProposal()
    const before = everything()
    const actors: Actor[] = [
      nobody,
      member,
      editorInEurope,
      { kind: 'link', id: 'x', organisation: id },
      {
        ...{ kind: 'user', id: 'tom', role: 'translator' },
        organisations: [id],
        languages: ['fr', 'en'],
      },
      { kind: 'system', name: 'import' },
    ]
    for (const actor of actors) {
      expect(await decide(actor, proposalId, seen)).toEqual({ ok: false, reason: 'denied' })
    }
    expect(everything()).toBe(before)
    expect(audits().filter(({ action }) => action === 'permissionDenied')).toHaveLength(4)
  })

  test('an editor of the region and an administrator, once', async () => {
    const { proposalId, reviewedAt: seen } = await givenProposal()
    expect(await decide(editorInAfrica, proposalId, seen)).toMatchObject({ ok: true })
    const before = everything()
    expect(await decide(administrator, proposalId, seen)).toEqual({ ok: false, reason: 'decided' })
    expect(everything()).toBe(before)
  })

  test('not what was replaced since it was read, and not what never was', async () => {
    const { id, member, proposalId, reviewedAt: seen } = await givenProposal()
    // What replaces it has a later time.
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(seen.getTime()), { interval: 1 })
    await propose(member, proposing(id, { content: changed({ name: 'Autre' }) }))
    const before = everything()
    for (const when of [seen, new Date(0), new Date(NaN)]) {
      expect(await decide(administrator, proposalId, when)).toEqual({
        ok: false,
        reason: 'replaced',
      })
    }
    expect(await decide(administrator, 'nowhere', seen)).toEqual({ ok: false, reason: 'notFound' })
    expect(await decide(nobody, 'nowhere', seen)).toEqual({ ok: false, reason: 'denied' })
    expect(everything()).toBe(before)
  })
})

test('nothing chosen changes nothing', async () => {
  const { proposalId, reviewedAt: seen } = await givenProposal()
  const before = everything()
  for (const fields of [[], ['status'], ['country'], ['answers']]) {
    expect(
      await acceptProposal(administrator, {
        proposalId,
        reviewedAt: seen,
        version: 1,
        fields,
        answer: '',
      }),
    ).toEqual({ ok: false, reason: 'nothingChosen' })
  }
  expect(everything()).toBe(before)
})

describe('reading proposals', () => {
  test('those who review and the author see it, nobody else', async () => {
    const { id, member, proposalId } = await givenProposal()
    const other = asMember('other', id)
    for (const actor of [nobody, editorInEurope, other, asMember('x', 'elsewhere')]) {
      expect((await listProposals(actor)).proposals).toEqual([])
      expect(await findProposal(actor, proposalId)).toBeNull()
    }
    expect(await findProposal(administrator, 'nowhere')).toBeNull()
    expect((await listProposals(editorInAfrica)).proposals).toMatchObject([
      {
        id: proposalId,
        organisation: { id, name: 'Collectif Lanterne' },
        status: 'waiting',
        reviewable: true,
        author: { kind: 'user', name: 'Fictional member' },
      },
    ])
    expect((await listProposals(member)).proposals).toMatchObject([
      { id: proposalId, reviewable: false },
    ])
  })

  test('a page at a time: open ones first, the oldest first, then the latest decided', async () => {
    const { id } = await givenProfile()
    const proposal = (name: string, status: string, day: number) =>
      `('${name}', '${id}', 1, '{}', 'link:${name}', '${name}@fictional.example', 'fr', '', '${status}',
      '2026-01-01T00:00:00.000+00:00', '2026-01-${String(day).padStart(2, '0')}T00:00:00.000+00:00')`
    const decided = Array.from({ length: 24 }, (_, index) =>
      proposal(`decided-${index + 1}`, index % 2 === 0 ? 'accepted' : 'declined', index + 1),
    )
    execute(`INSERT INTO "Proposal" ("id", "organisationId", "baseVersion", "content", "author",
      "authorEmail", "authorLocale", "message", "status", "createdAt", "updatedAt") VALUES
      ${[
        proposal('later', 'waiting', 9),
        proposal('returned', 'returned', 1),
        proposal('earlier', 'waiting', 8),
        ...decided,
      ].join(', ')}`)
    const idsOf = async (page: number) =>
      (await listProposals(administrator, page)).proposals.map((entry) => entry.id)
    const decidedFrom = (first: number, last: number) =>
      Array.from({ length: first - last + 1 }, (_, index) => `decided-${first - index}`)
    expect(await listProposals(administrator)).toMatchObject({ total: 27, pageCount: 2 })
    expect(await idsOf(1)).toEqual(['earlier', 'later', 'returned', ...decidedFrom(24, 3)])
    expect(await idsOf(2)).toEqual(['decided-2', 'decided-1'])
    expect(await idsOf(3)).toEqual([])
    const member = asMember('other', 'elsewhere')
    expect(await listProposals(member)).toEqual({ total: 0, pageCount: 1, proposals: [] })
  })

  test('field by field against the profile as it stands', async () => {
    const { proposalId } = await givenProposal()
    const review = await findProposal(administrator, proposalId)
    expect(review).toMatchObject({ message: 'Voici.', organisation: { version: 1 } })
    expect(review?.fields.map(({ key }) => key)).toEqual([
      'name',
      'answers.who.fr',
      'answers.who.en',
    ])
    expect(review?.fields[0]?.differences).toEqual([
      {
        field: 'name',
        segments: [
          { kind: 'same', text: 'Collectif ' },
          { kind: 'added', text: 'de la ' },
          { kind: 'same', text: 'Lanterne' },
        ],
      },
    ])
  })
})
