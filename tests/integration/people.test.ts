import { beforeEach, describe, expect, test, vi } from 'vitest'
import { adminCommand, readAsked } from '@/lib/access/command'
import { findPasswordLink } from '@/lib/access/links'
import { endOwnSessions, listOwnSessions } from '@/lib/access/own-sessions'
import {
  changePerson,
  disablePerson,
  enablePerson,
  endSessionsOf,
  hasAdministrator,
  invitePerson,
  listPeople,
  makeLinkFor,
  personSchema,
  resetFactorOf,
  type PersonInput,
} from '@/lib/access/people'
import type { Actor } from '@/lib/access/rules'
import { readSession } from '@/lib/access/session'
import { setPasswordByLink, signIn } from '@/lib/access/sign-in'
import { freshDatabase, rows } from '@/tests/support/database'
import { givenPerson, passwordSignIn, setUpFactor } from '@/tests/support/people'
import { givenProfile } from '@/tests/support/profiles'

beforeEach(freshDatabase)

const NEW = 'Un parapluie rouge neuf'
const input = (changes: Partial<PersonInput> = {}): PersonInput => ({
  name: 'Invitée fictive',
  email: 'guest@fictional.example',
  locale: 'fr',
  role: 'member',
  regions: [],
  organisations: [],
  languages: [],
  ...changes,
})

const TABLES = ['User', 'Session', 'TwoFactor', 'AccessLink', 'UserRegion', 'UserOrganisation']
const everything = () => JSON.stringify(TABLES.map((table) => rows(`SELECT * FROM "${table}"`)))
const audited = () =>
  rows<{ act: string; actor: string; subject: string }>('SELECT * FROM "AuditEntry"')

async function givenAdministrator(): Promise<Actor> {
  return { kind: 'person', id: await givenPerson('administrator'), role: 'administrator' }
}

const COMMANDS: Record<string, (actor: Actor, id: string) => Promise<{ ok: boolean }>> = {
  invitePerson: (actor) => invitePerson(actor, input()),
  changePerson: (actor, id) => changePerson(actor, id, input({ role: 'administrator' })),
  disablePerson,
  enablePerson,
  endSessionsOf,
  resetFactorOf,
  makeLinkFor,
}

describe.each(Object.entries(COMMANDS))('%s', (_, command) => {
  test.each<Actor>([
    { kind: 'nobody' },
    { kind: 'person', id: 'e', role: 'editor', regions: ['africa'] },
    { kind: 'person', id: 't', role: 'translator', organisations: [], languages: ['fr'] },
    { kind: 'person', id: 'm', role: 'member', organisations: [] },
    { kind: 'link', id: 'l', organisation: 'o' },
    { kind: 'system', name: 'import' },
  ])('is refused to $kind $role, logged, and changes nothing', async (actor) => {
    const id = await givenPerson('translator')
    const before = everything()
    expect(await command(actor, id)).toEqual({ ok: false, reason: 'denied' })
    expect(everything()).toBe(before)
    expect(audited().at(-1)).toMatchObject({ act: 'actRefused' })
  })
})

describe('somebody', () => {
  test('is invited with what their role may reach, and sets a password by the link', async () => {
    const actor = await givenAdministrator()
    const { id } = await givenProfile()
    const outcome = await invitePerson(
      actor,
      input({ organisations: [id], regions: ['africa'], languages: ['fr'] }),
    )
    if (!outcome.ok || outcome.link === null) throw new Error('no link')
    const secret = outcome.link.split('/').at(-1) ?? ''
    expect(await setPasswordByLink(secret, NEW)).toEqual({ ok: true })
    const person = (await listPeople(actor))?.find(({ role }) => role === 'member')
    // Regions are for editors, languages for translators.
    expect(person).toMatchObject({ regions: [], languages: [], organisations: [{ id }] })
    expect(await invitePerson(actor, input())).toEqual({ ok: false, reason: 'exists' })
    const unknown = input({ email: 'b@fictional.example', organisations: ['nowhere'] })
    expect(await invitePerson(actor, unknown)).toEqual({ ok: false, reason: 'unknownOrganisation' })
  })

  test('has new rights at once, and signs in again where the role changed', async () => {
    const actor = await givenAdministrator()
    const id = await givenPerson('translator', { languages: ['fr'] })
    const jar = await passwordSignIn('translator@fictional.example')
    const as = (changes: Partial<PersonInput>) => changePerson(actor, id, input(changes))
    expect(await as({ role: 'translator', languages: ['es', 'pt'] })).toEqual({ ok: true })
    expect(await readSession(jar.headers)).toMatchObject({ actor: { languages: ['es', 'pt'] } })
    expect(await as({ role: 'editor', regions: ['europe'] })).toEqual({ ok: true })
    expect(await readSession(jar.headers)).toBeNull()
  })

  test('who was disabled is out at once, with links and all, and can be let in again', async () => {
    const actor = await givenAdministrator()
    const id = await givenPerson('member')
    const jar = await passwordSignIn('member@fictional.example')
    const made = await makeLinkFor(actor, id)
    expect(await disablePerson(actor, id)).toEqual({ ok: true })
    expect(await readSession(jar.headers)).toBeNull()
    const secret = (made.ok && made.link?.split('/').at(-1)) || ''
    expect(await setPasswordByLink(secret, NEW)).toEqual({ ok: false, reason: 'linkGone' })
    expect(await makeLinkFor(actor, id)).toEqual({ ok: false, reason: 'notFound' })
    expect(await enablePerson(actor, id)).toEqual({ ok: true })
    await passwordSignIn('member@fictional.example')
  })

  test('who lost the telephone sets up a second factor anew', async () => {
    const actor = await givenAdministrator()
    const id = await givenPerson('editor')
    const jar = await passwordSignIn('editor@fictional.example')
    await setUpFactor(jar)
    expect(await resetFactorOf(actor, id)).toEqual({ ok: true })
    expect(await readSession(jar.headers)).toBeNull()
    const again = await passwordSignIn('editor@fictional.example')
    expect(await readSession(again.headers)).toBeNull()
    await setUpFactor(again)
    expect(await readSession(again.headers)).not.toBeNull()
  })

  test('is always left who can manage people', async () => {
    const actor = await givenAdministrator()
    const { id } = actor as { id: string }
    const last = { ok: false, reason: 'lastAdministrator' }
    expect(await disablePerson(actor, id)).toEqual(last)
    expect(await changePerson(actor, id, input({ role: 'member' }))).toEqual(last)
    const second = await givenPerson('administrator', { email: 'second@fictional.example' })
    expect(await disablePerson(actor, id)).toEqual({ ok: true })
    expect(await disablePerson(actor, second)).toEqual(last)
  })

  test('that is not there is not found', async () => {
    const actor = await givenAdministrator()
    expect(await disablePerson(actor, 'nobody')).toEqual({ ok: false, reason: 'notFound' })
  })

  test('ends their own sessions and nobody else’s', async () => {
    await givenPerson('member')
    await givenPerson('translator')
    const jar = await passwordSignIn('member@fictional.example')
    const second = await passwordSignIn('member@fictional.example')
    const stranger = await passwordSignIn('translator@fictional.example')
    const signedIn = await readSession(jar.headers)
    const other = await readSession(stranger.headers)
    if (!signedIn || !other) throw new Error('nobody')
    expect(await listOwnSessions(signedIn)).toHaveLength(2)
    expect(await endOwnSessions(signedIn, other.session.id)).toBe(0)
    expect(await endOwnSessions(signedIn, 'others')).toBe(1)
    expect(await readSession(second.headers)).toBeNull()
    expect(await readSession(jar.headers)).not.toBeNull()
    expect(await readSession(stranger.headers)).not.toBeNull()
  })
})

describe('what a form says of a person', () => {
  test.each([
    [{ name: ' ' }, 'name', 'missing'],
    [{ name: 'a'.repeat(151) }, 'name', 'tooLong'],
    [{ name: 'a\u202eb' }, 'name', 'unsafe'],
    [{ name: 'a\u0000b' }, 'name', 'unsafe'],
    [{ email: 'nonsense' }, 'email', 'noEmail'],
    [{ email: 'a@b.example, c@d.example' }, 'email', 'noEmail'],
    [{ role: 'owner' }, 'role', 'missing'],
    [{ locale: 'xx' }, 'locale', 'missing'],
    [{ regions: ['mars'] }, 'regions', 'unknown'],
    [{ languages: ['<b>'] }, 'languages', 'unknown'],
  ])('%j is refused', (changes, field, code) => {
    const parsed = personSchema.safeParse({ ...input(), ...changes })
    expect(parsed.error?.issues.map(({ path, message }) => [path[0], message])).toContainEqual([
      field,
      code,
    ])
  })

  test('is kept in one spelling', () => {
    const parsed = personSchema.parse(input({ name: ' Amina ', email: ' A@Fictional.Example ' }))
    expect(parsed).toMatchObject({ name: 'Amina', email: 'a@fictional.example' })
  })
})

describe('the command', () => {
  /** Its answer; what it says besides is on stderr. */
  let answer = ''
  beforeEach(() => {
    answer = ''
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      answer += String(text)
      return true
    })
  })

  test('makes an administrator whose link sets a password, and another link until it has', async () => {
    expect(await hasAdministrator()).toBe(false)
    const args = ['create', '--email', 'First@fictional.example', '--name', 'Première']
    expect(await adminCommand(args)).toBe(0)
    expect(answer).toMatch(/^http:\/\/localhost:3000\/(en|fr)\/sign-in\/link\/[\w-]{43}\n$/)
    const secret = answer.trim().split('/').at(-1) ?? ''
    expect(await findPasswordLink(secret)).toMatchObject({ kind: 'invitation' })
    expect(await hasAdministrator()).toBe(true)
    expect(await adminCommand(args)).toBe(0)
    expect(rows('SELECT * FROM "User"')).toHaveLength(1)
    expect(rows('SELECT * FROM "AccessLink" WHERE "usedAt" IS NULL')).toHaveLength(1)
  })

  test('refuses what is there already, what is not there, and the last administrator', async () => {
    await givenPerson('administrator')
    const email = ['--email', 'administrator@fictional.example']
    expect(await adminCommand(['create', ...email, '--name', 'A'])).toBe(2)
    expect(await adminCommand(['create', '--email', 'nonsense', '--name', 'A'])).toBe(2)
    expect(await adminCommand(['disable', ...email])).toBe(2)
    expect(await adminCommand(['disable', '--email', 'n@fictional.example'])).toBe(2)
    expect(await adminCommand(['reset-mfa', ...email])).toBe(0)
    answer = ''
    expect(await adminCommand(['list'])).toBe(0)
    expect(answer).toBe(
      'administrator\tenabled\tno-factor\tadministrator@fictional.example\tFictional administrator\n',
    )
  })

  test('disables a person', async () => {
    await givenPerson('member')
    expect(await adminCommand(['disable', '--email', 'member@fictional.example'])).toBe(0)
    const outcome = await signIn(new Headers(), {
      email: 'member@fictional.example',
      password: 'Neuf parapluies rouges',
    })
    expect(outcome).toEqual({ ok: false, reason: 'refused' })
    expect(audited().map(({ actor }) => actor)).toContain('system:command-line')
  })

  test.each([
    [[]],
    [['create']],
    [['create', '--email', 'a@fictional.example']],
    [['list', '--email', 'a@fictional.example']],
    [['disable']],
    [['disable', 'extra', '--email', 'a@fictional.example']],
    [['disable', '--email', 'a@fictional.example', '--name', 'A']],
    [['--unknown']],
  ])('%j is not understood', async (args) => {
    expect(readAsked(args)).toBeNull()
    expect(await adminCommand(args)).toBe(1)
  })
})
