import { disableUser } from '@/lib/users/users'
import { createPasswordToken } from '@/lib/auth/password-links'
import type { Actor } from '@/lib/permissions/permissions'
import { writer } from '@/lib/database/client'
import { hideProfile } from '@/lib/organisations/publish'
import { saveProfile } from '@/lib/organisations/save'
import { propose } from '@/lib/proposals/propose'
import type { ProfileContent } from '@/lib/organisations/schema'
import { createProposalLink } from '@/lib/proposals/proposal-links'
import type { Desk } from './desk'
import { CookieJar, createUser, passwordSignIn, setUpFactor } from './people'
import { administrator, content } from './profiles'
import { XSS_STRINGS } from './xss-strings'

const [first, ...others] = XSS_STRINGS
const hostile = XSS_STRINGS.join('\n')
const original = (language: string, text: string) => ({
  ...{ language, text, provenance: 'original' as const, source: null },
})

/** Profile content of this name with hostile texts in every field that takes text. */
function hostileContent(name: string): ProfileContent {
  return content({
    name: `${name} ${XSS_STRINGS[3]}`,
    aliases: [...XSS_STRINGS],
    contacts: {
      email: {
        value: `o'brien+${name.toLowerCase().replaceAll(' ', '-')}@fictional.example`,
        published: true,
      },
      website: { value: 'https://fictional.example/"><script>alert(1)</script>', published: true },
      telephone: null,
    },
    answers: {
      who: [original('fr', hostile), { ...original('en', hostile), provenance: 'unknown' }],
      involvement: [original('en', hostile), { ...original('rn', hostile), provenance: 'machine' }],
      challenges: [original('ar', hostile)],
      otherWork: [original('und', hostile)],
    },
  })
}

/**
 * Puts into the database of the site under test what every page of the protected part needs, with
 * hostile texts in every field that takes text, and people at every step of signing in.
 */
export async function createDesk(name: string): Promise<Desk> {
  const everywhere = hostileContent(name)
  const listed = await saveProfile(administrator, {
    ...{ profile: null, reason: first, status: 'listed', content: content({ name }) },
  })
  if (!listed.ok) throw new Error(listed.reason)
  const saved = await saveProfile(administrator, {
    ...{ profile: { id: listed.id, version: 1 }, reason: others.join(' ').slice(0, 500) },
    content: everywhere,
  })
  if (!saved.ok) throw new Error(saved.reason)
  const draft = await saveProfile(administrator, {
    ...{ profile: null, reason: 'edit', status: 'draft', content: content({ name: `${name} B` }) },
  })
  if (!draft.ok) throw new Error(draft.reason)
  await hideProfile(administrator, { id: draft.id, reason: first })

  const at = (who: string) =>
    `${who}-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}@fictional.example`
  const called = async (id: string, person: string) => {
    await writer().user.update({ where: { id }, data: { name: person } })
    return id
  }
  const administratorId = await called(
    await createUser('administrator', { email: at('administrator') }),
    `Ada ${XSS_STRINGS[0]}`,
  )
  await createUser('administrator', { email: at('unfinished') })
  const memberId = await called(
    await createUser('member', { email: at('member'), organisations: [listed.id] }),
    `Mo ${XSS_STRINGS[32]}`,
  )
  const strangerId = await createUser('member', {
    email: at('stranger'),
    organisations: [draft.id],
  })

  const ada = await passwordSignIn(at('administrator'))
  await setUpFactor(ada)
  const awaiting = await passwordSignIn(at('administrator'), new CookieJar())
  const unfinished = await passwordSignIn(at('unfinished'))
  const stranger = await passwordSignIn(at('stranger'))

  const member: Actor = { kind: 'user', id: memberId, role: 'member', organisations: [listed.id] }
  const proposal = await propose(member, {
    ...{ id: listed.id, baseVersion: saved.version, message: hostile.slice(0, 2000), locale: 'fr' },
    content: {
      ...everywhere,
      name: `${name} ${XSS_STRINGS[1]}`,
      aliases: [...XSS_STRINGS].reverse(),
      answers: {
        ...everywhere.answers,
        who: [original('fr', [...XSS_STRINGS].reverse().join('\n'))],
      },
    },
  })
  if (!proposal.ok) throw new Error(proposal.reason)
  const links = await writer().$transaction(async (tx) => ({
    proposalSecret: await createProposalLink(tx, {
      ...{ organisationId: listed.id, email: at('link'), createdBy: `person:${administratorId}` },
    }),
    passwordSecret: await createPasswordToken(tx, {
      ...{ kind: 'reset', userId: memberId, createdBy: 'nobody' },
    }),
  }))
  // An entry of the log that names one of them.
  await disableUser({ kind: 'user', id: administratorId, role: 'administrator' }, 'nobody')

  const cookies = Object.fromEntries(
    Object.entries({ administrator: ada, awaiting, unfinished, stranger }).map(([who, jar]) => [
      who,
      jar.headers.get('cookie') ?? '',
    ]),
  )
  return {
    name,
    ...{ id: listed.id, slug: listed.slug, draftId: draft.id, draftSlug: draft.slug },
    ...{ memberId, strangerId, proposalId: proposal.proposalId },
    cookies: cookies as Desk['cookies'],
    ...links,
  }
}
