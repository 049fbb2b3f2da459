import { expect, test } from 'vitest'
import { ask } from '@/tests/support/http'
import { isolatedSite } from '@/tests/support/isolated-site'
import { readForm, sendForm } from '@/tests/support/plain-form'
import { cookieHeader, createTestUser } from '@/tests/support/sign-in'

const base = () => process.env['BASE_URL'] ?? ''

isolatedSite()

/** A hidden organisation, and somebody who may decide what is proposed for it. */
async function givenOrganisation(name: string) {
  const { createHidden } = await import('@/tests/support/create-organisations')
  const { administrator } = await import('@/tests/support/profiles')
  return { id: await createHidden(name), administrator }
}

/** The fields of a form as a browser would send them, with some changed. */
const typed = (fields: Record<string, string>) => ({ intent: 'propose', ...fields })

test('a member’s form opens with what they proposed, and with the question about it', async () => {
  const { id, administrator } = await givenOrganisation('Collectif fictif des versions')
  const cookie = cookieHeader(await createTestUser('member', { organisations: [id] }))
  const page = `/en/admin/organisations/${id}`
  const open = async () => (await ask(base(), page, { headers: { cookie } })).body
  const send = async (fields: Record<string, string>) => {
    const { hidden } = await readForm(base(), page, cookie, 'name="keeper"')
    const form = { address: '/en/admin/organisations/save', hidden }
    return sendForm(base(), form, typed(fields), cookie)
  }
  expect(await open()).not.toContain('is waiting to be read')
  const first = await send({ name: 'Proposed name', message: 'Since May.' })
  expect(first.headers['location']).toContain('done=proposed')
  const waiting = await open()
  expect(waiting).toContain('Your proposal is waiting to be read.')
  expect(waiting).toContain('value="Proposed name"')
  expect(waiting).toContain('Since May.')

  const { listProposals } = await import('@/lib/proposals/queries')
  const { returnProposal } = await import('@/lib/proposals/decide')
  const own = async () =>
    (await listProposals(administrator)).proposals.filter(
      ({ organisation }) => organisation.id === id,
    )
  const [proposal] = await own()
  const asked = await returnProposal(administrator, {
    proposalId: proposal?.id ?? '',
    reviewedAt: proposal?.updatedAt ?? new Date(),
    answer: 'Since which May?',
  })
  expect(asked).toEqual({ ok: true })
  const returned = await open()
  expect(returned).toContain('Your proposal came back with a question:')
  expect(returned).toContain('Since which May?')
  expect(returned).toContain('value="Proposed name"')
  await send({ name: 'Proposed name', message: 'Since May 2019.' })
  expect(await own()).toMatchObject([{ status: 'waiting' }])
})

test('sent twice by a mailed link: received, not "was not sent"', async () => {
  const { id, administrator } = await givenOrganisation('Collectif fictif du lien')
  const { sendProposalLink } = await import('@/lib/proposals/send-proposal-link')
  const email = 'somebody@fictional.example'
  const sent = await sendProposalLink(administrator, { id, email, locale: 'en' })
  const page = sent.ok ? new URL(sent.link).pathname : ''
  const { hidden } = await readForm(base(), page, '', 'name="message"')
  const form = { address: `${page}/send`, hidden }
  const send = (name: string) => sendForm(base(), form, typed({ name }))
  for (const _ of [1, 2]) {
    expect((await send('Proposed by link')).headers['location']).toBe('/en/propose/sent')
  }
  // Another text has not arrived: it is kept, and its sender is told.
  expect((await send('Something else')).headers['location']).toContain('kept=linkUsed')
})
