import { beforeEach, describe, expect, test, vi } from 'vitest'
import { adminCommand, parseAdminArguments } from '@/cli/admin'
import { findPasswordToken } from '@/lib/auth/password-links'
import { revokeMySessions, listMySessions } from '@/lib/auth/my-sessions'
import {
  updateUser,
  disableUser,
  enableUser,
  revokeSessions,
  findUser,
  findUserIdByEmail,
  hasAdministrator,
  inviteUser,
  listUsers,
  createPasswordLink,
  userSchema,
  resetTwoFactor,
  type UserInput,
} from '@/lib/users/users'
import type { Actor } from '@/lib/permissions/permissions'
import { findFullSession } from '@/lib/auth/session'
import { setPasswordWithToken, signIn } from '@/lib/auth/sign-in'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import { createUser, passwordSignIn, setUpFactor } from '@/tests/support/people'
import { givenProfile } from '@/tests/support/profiles'

beforeEach(freshDatabase)

const NEW = 'Un parapluie rouge neuf'
const input = (changes: Partial<UserInput> = {}): UserInput => ({
  name: 'Invitée fictive',
  email: 'guest@fictional.example',
  locale: 'fr',
  role: 'member',
  regions: [],
  organisations: [],
  languages: [],
  ...changes,
})

const TABLES = ['User', 'Session', 'TwoFactor', 'OneTimeToken', 'UserRegion', 'UserOrganisation']
const everything = () => JSON.stringify(TABLES.map((table) => rows(`SELECT * FROM "${table}"`)))
const audited = () =>
  rows<{ action: string; actor: string; subject: string }>('SELECT * FROM "AuditEntry"')

async function givenAdministrator(): Promise<Actor> {
  return { kind: 'user', id: await createUser('administrator'), role: 'administrator' }
}

const COMMANDS: Record<string, (actor: Actor, id: string) => Promise<{ ok: boolean }>> = {
  invitePerson: (actor) => inviteUser(actor, input()),
  changePerson: (actor, id) => updateUser(actor, id, input({ role: 'administrator' })),
  disablePerson: disableUser,
  enablePerson: enableUser,
  endSessionsOf: revokeSessions,
  resetFactorOf: resetTwoFactor,
  makeLinkFor: createPasswordLink,
}

describe.each(Object.entries(COMMANDS))('%s', (_, command) => {
  test.each<Actor>([
    { kind: 'anonymous' },
    { kind: 'user', id: 'e', role: 'editor', regions: ['africa'] },
    { kind: 'user', id: 't', role: 'translator', organisations: [], languages: ['fr'] },
    { kind: 'user', id: 'm', role: 'member', organisations: [] },
    { kind: 'link', id: 'l', organisation: 'o' },
    { kind: 'system', name: 'import' },
  ])('is refused to $kind $role, logged, and changes nothing', async (actor) => {
    const id = await createUser('translator')
    const before = everything()
    expect(await command(actor, id)).toEqual({ ok: false, reason: 'denied' })
    expect(everything()).toBe(before)
    expect(audited().at(-1)).toMatchObject({ action: 'permissionDenied' })
  })
})

describe('somebody', () => {
  test('is invited with what their role may reach, and sets a password by the link', async () => {
    const actor = await givenAdministrator()
    const { id } = await givenProfile()
    await givenProfile({ name: 'Collectif Boussole' })
    const outcome = await inviteUser(
      actor,
      input({ organisations: [id], regions: ['africa'], languages: ['fr'] }),
    )
    if (!outcome.ok || outcome.link === null) throw new Error('no link')
    const secret = outcome.link.split('/').at(-1) ?? ''
    expect(await setPasswordWithToken(secret, NEW)).toEqual({ ok: true })
    const person = (await listUsers(actor))?.find(({ role }) => role === 'member')
    // Regions are for editors, languages for translators.
    expect(person).toMatchObject({ regions: [], languages: [], organisations: [{ id }] })
    expect(await inviteUser(actor, input())).toEqual({ ok: false, reason: 'exists' })
    const unknown = input({ email: 'b@fictional.example', organisations: ['nowhere'] })
    expect(await inviteUser(actor, unknown)).toEqual({ ok: false, reason: 'unknownOrganisation' })
  })

  test('has new rights at once, and signs in again where the role changed', async () => {
    const actor = await givenAdministrator()
    const id = await createUser('translator', { languages: ['fr'] })
    const jar = await passwordSignIn('translator@fictional.example')
    await setUpFactor(jar)
    const as = (changes: Partial<UserInput>) => updateUser(actor, id, input(changes))
    expect(await as({ role: 'translator', languages: ['es', 'pt'] })).toEqual({ ok: true })
    expect(await findFullSession(jar.headers)).toMatchObject({ actor: { languages: ['es', 'pt'] } })
    expect(await as({ role: 'member' })).toEqual({ ok: true })
    expect(await findFullSession(jar.headers)).toBeNull()
  })

  test('who was disabled is out at once, with links and all, and can be let in again', async () => {
    const actor = await givenAdministrator()
    const id = await createUser('member')
    const jar = await passwordSignIn('member@fictional.example')
    const made = await createPasswordLink(actor, id)
    expect(await disableUser(actor, id)).toEqual({ ok: true })
    expect(await findFullSession(jar.headers)).toBeNull()
    const secret = (made.ok && made.link?.split('/').at(-1)) || ''
    expect(await setPasswordWithToken(secret, NEW)).toEqual({ ok: false, reason: 'linkGone' })
    expect(await createPasswordLink(actor, id)).toEqual({ ok: false, reason: 'notFound' })
    expect(await enableUser(actor, id)).toEqual({ ok: true })
    expect(await setPasswordWithToken(secret, NEW)).toEqual({ ok: false, reason: 'linkGone' })
    await passwordSignIn('member@fictional.example')
  })

  test('who lost the telephone sets up a second factor anew', async () => {
    const actor = await givenAdministrator()
    const id = await createUser('editor')
    const jar = await passwordSignIn('editor@fictional.example')
    await setUpFactor(jar)
    expect(await resetTwoFactor(actor, id)).toEqual({ ok: true })
    expect(await findFullSession(jar.headers)).toBeNull()
    const again = await passwordSignIn('editor@fictional.example')
    expect(await findFullSession(again.headers)).toBeNull()
    await setUpFactor(again)
    expect(await findFullSession(again.headers)).not.toBeNull()
  })

  test('is always left who can manage people', async () => {
    const actor = await givenAdministrator()
    const { id } = actor as { id: string }
    const last = { ok: false, reason: 'lastAdministrator' }
    expect(await disableUser(actor, id)).toEqual(last)
    expect(await updateUser(actor, id, input({ role: 'member' }))).toEqual(last)
    const second = await createUser('administrator', { email: 'second@fictional.example' })
    expect(await disableUser(actor, id)).toEqual({ ok: true })
    expect(await disableUser(actor, second)).toEqual(last)
  })

  test('that is not there is not found', async () => {
    const actor = await givenAdministrator()
    expect(await disableUser(actor, 'nobody')).toEqual({ ok: false, reason: 'notFound' })
  })

  test('ends their own sessions and nobody else’s', async () => {
    await createUser('member')
    await createUser('translator')
    const jar = await passwordSignIn('member@fictional.example')
    const second = await passwordSignIn('member@fictional.example')
    const stranger = await passwordSignIn('translator@fictional.example')
    await setUpFactor(stranger)
    const signedIn = await findFullSession(jar.headers)
    const other = await findFullSession(stranger.headers)
    if (!signedIn || !other) throw new Error('nobody')
    expect(await listMySessions(signedIn)).toHaveLength(2)
    expect(await revokeMySessions(signedIn, other.session.id)).toBe(0)
    expect(await revokeMySessions(signedIn, 'others')).toBe(1)
    expect(await findFullSession(second.headers)).toBeNull()
    expect(await findFullSession(jar.headers)).not.toBeNull()
    expect(await findFullSession(stranger.headers)).not.toBeNull()
  })
})

describe('the list of people', () => {
  test('says by name who may do what, where they are signed in, and what is still missing', async () => {
    const actor = await givenAdministrator()
    const { id: organisation } = await givenProfile()
    const reach = { organisations: [organisation], languages: ['es'] }
    const translator = await createUser('translator', reach)
    const editor = await createUser('editor', { regions: ['africa', 'europe'] })
    await inviteUser(actor, input({ name: 'Aline Fictive' }))
    await passwordSignIn('translator@fictional.example')
    await setUpFactor(await passwordSignIn('editor@fictional.example'))
    const people = await listUsers(actor)
    expect(people?.map(({ name }) => name)).toEqual([
      ...['Aline Fictive', 'Fictional administrator', 'Fictional editor', 'Fictional translator'],
    ])
    expect(people?.[0]).toMatchObject({ hasPassword: false, hasTwoFactor: false, sessionCount: 0 })
    expect(people?.[2]).toMatchObject({
      ...{ id: editor, role: 'editor', hasTwoFactor: true, hasPassword: true, sessionCount: 1 },
      regions: ['africa', 'europe'],
    })
    const row = {
      ...{ id: translator, name: 'Fictional translator', email: 'translator@fictional.example' },
      ...{ locale: 'fr', role: 'translator', regions: [], languages: ['es'] },
      organisations: [{ id: organisation, slug: 'collectif-lanterne', name: 'Collectif Lanterne' }],
      ...{ hasTwoFactor: false, hasPassword: true, disabledAt: null, sessionCount: 1 },
    }
    expect(people?.[3]).toEqual(row)
    expect(await findUser(actor, translator)).toEqual(row)
    expect(await findUser(actor, 'nowhere')).toBeNull()
    execute(`UPDATE "Session" SET "expiresAt" = '2026-01-01T00:00:00.000+00:00'`)
    expect(await findUser(actor, translator)).toMatchObject({ sessionCount: 0 })
  })

  test('is for who manages people', async () => {
    const id = await createUser('member')
    const editor: Actor = { kind: 'user', id: 'e', role: 'editor', regions: ['africa'] }
    expect(await listUsers(editor)).toBeNull()
    expect(await findUser(editor, id)).toBeNull()
    expect(await listUsers({ kind: 'anonymous' })).toBeNull()
  })

  test('finds an id by e-mail, however it is typed', async () => {
    const id = await createUser('member')
    expect(await findUserIdByEmail(' Member@Fictional.Example ')).toBe(id)
    expect(await findUserIdByEmail('n@fictional.example')).toBeNull()
  })
})

describe('what is done to people', () => {
  test('is on record: who did what to whom', async () => {
    const actor = (await givenAdministrator()) as Extract<Actor, { kind: 'user' }>
    const invited = await inviteUser(actor, input())
    const id = invited.ok ? invited.id : ''
    await updateUser(actor, id, input({ role: 'translator' }))
    await createPasswordLink(actor, id)
    await disableUser(actor, id)
    await enableUser(actor, id)
    await revokeSessions(actor, id)
    await resetTwoFactor(actor, id)
    const said = { actor: `user:${actor.id}`, subject: id }
    expect(rows('SELECT * FROM "AuditEntry" ORDER BY "number"')).toMatchObject([
      { ...said, action: 'userInvited', detail: '{"role":"member"}' },
      { ...said, action: 'userChanged', detail: '{"before":"member","role":"translator"}' },
      { ...said, action: 'linkCreated', detail: '{"kind":"invitation"}' },
      { ...said, action: 'userDisabled', detail: '{}' },
      { ...said, action: 'userEnabled', detail: '{}' },
      { ...said, action: 'sessionsRevoked', detail: '{}' },
      { ...said, action: 'twoFactorReset', detail: '{}' },
    ])
  })

  test('is on record as refused, by the name of what was tried', async () => {
    const member: Actor = { kind: 'user', id: 'm', role: 'member', organisations: [] }
    const id = await createUser('translator')
    for (const command of Object.values(COMMANDS)) await command(member, id)
    const tried = ['invite', 'change', 'disable', 'enable', 'revokeSessions', 'resetTwoFactor']
    expect(rows('SELECT * FROM "AuditEntry" ORDER BY "number"')).toMatchObject(
      [...tried, 'createLink'].map((what) => ({
        ...{ actor: 'user:m', action: 'permissionDenied', subject: null },
        detail: JSON.stringify({ what }),
      })),
    )
  })

  test('touches that person alone', async () => {
    const actor = await givenAdministrator()
    const id = await createUser('member')
    const other = await createUser('editor', { regions: ['africa'] })
    const jar = await passwordSignIn('editor@fictional.example')
    const factor = await setUpFactor(jar)
    const link = await createPasswordLink(actor, other)
    await createPasswordLink(actor, id)
    await updateUser(actor, id, input({ role: 'translator', languages: ['es'] }))
    expect(await revokeSessions(actor, id)).toEqual({ ok: true })
    await resetTwoFactor(actor, id)
    await disableUser(actor, id)
    expect(rows('SELECT "userId" FROM "TwoFactor"')).toEqual([{ userId: other }])
    expect(factor.recoveryCodes).toHaveLength(10)
    expect(await findFullSession(jar.headers)).toMatchObject({ actor: { regions: ['africa'] } })
    const secret = (link.ok && link.link?.split('/').at(-1)) || ''
    expect(await findPasswordToken(secret)).toMatchObject({ kind: 'reset', user: { id: other } })
  })

  test('changes name, language and reach, each reach once, and keeps the rest', async () => {
    const actor = await givenAdministrator()
    const { id: organisation } = await givenProfile()
    await givenProfile({ name: 'Collectif Boussole' })
    const id = await createUser('translator', { languages: ['fr'] })
    const given = input({
      ...{ name: 'Nouveau nom', locale: 'en', role: 'translator', regions: ['africa'] },
      ...{ languages: ['es', 'es', 'pt'], organisations: [organisation, 'collectif-lanterne'] },
    })
    expect(await updateUser(actor, id, given)).toEqual({ ok: true })
    expect(await findUser(actor, id)).toMatchObject({
      ...{ name: 'Nouveau nom', locale: 'en', email: 'translator@fictional.example' },
      ...{ regions: [], organisations: [{ id: organisation }], languages: ['es', 'pt'] },
    })
    const unknown = input({ role: 'member', organisations: [organisation, 'nowhere'] })
    expect(await updateUser(actor, id, unknown)).toEqual({
      ...{ ok: false, reason: 'unknownOrganisation' },
    })
    expect(await findUser(actor, id)).toMatchObject({
      role: 'translator',
      languages: ['es', 'pt'],
    })
    const editor = input({
      role: 'editor',
      regions: ['europe', 'europe'],
      organisations: ['nowhere'],
    })
    expect(await updateUser(actor, id, editor)).toEqual({ ok: true })
    expect(await findUser(actor, id)).toMatchObject({ regions: ['europe'], organisations: [] })
  })

  test('lets a disabled administrator be changed, and an administrator stay one', async () => {
    const actor = (await givenAdministrator()) as Extract<Actor, { kind: 'user' }>
    expect(await updateUser(actor, actor.id, input({ role: 'administrator' }))).toEqual({
      ok: true,
    })
    const second = await createUser('administrator', { email: 'second@fictional.example' })
    expect(await disableUser(actor, second)).toEqual({ ok: true })
    expect(await disableUser(actor, second)).toEqual({ ok: true })
    expect(await updateUser(actor, second, input({ role: 'member' }))).toEqual({ ok: true })
  })

  test('counts only administrators who are let in', async () => {
    const actor = (await givenAdministrator()) as Extract<Actor, { kind: 'user' }>
    expect(await hasAdministrator()).toBe(true)
    execute(`UPDATE "User" SET "disabledAt" = '2026-01-01T00:00:00.000+00:00'`)
    expect(await hasAdministrator()).toBe(false)
    execute(`UPDATE "User" SET "disabledAt" = NULL, "role" = 'editor'`)
    expect(await hasAdministrator()).toBe(false)
    expect(actor.role).toBe('administrator')
  })
})

describe('one’s own sessions', () => {
  test('are listed, the last used first, without those that have ended', async () => {
    await createUser('member')
    const first = await passwordSignIn('member@fictional.example')
    await passwordSignIn('member@fictional.example')
    const signedIn = await findFullSession(first.headers)
    if (!signedIn) throw new Error('nobody')
    execute(
      `UPDATE "Session" SET "updatedAt" = '2099-01-01T00:00:00.000+00:00' WHERE "id" = '${signedIn.session.id}'`,
    )
    expect(await listMySessions(signedIn)).toMatchObject([
      { id: signedIn.session.id, browser: 'Firefox', isCurrent: true },
      { browser: 'Firefox', isCurrent: false },
    ])
    const others = `WHERE "id" <> '${signedIn.session.id}'`
    execute(`UPDATE "Session" SET "expiresAt" = '2026-01-01T00:00:00.000+00:00' ${others}`)
    expect(await listMySessions(signedIn)).toMatchObject([{ isCurrent: true }])
  })

  test('end one by one, on record where any did', async () => {
    const id = await createUser('member')
    const jar = await passwordSignIn('member@fictional.example')
    const second = await passwordSignIn('member@fictional.example')
    const signedIn = await findFullSession(jar.headers)
    const other = await findFullSession(second.headers)
    if (!signedIn || !other) throw new Error('nobody')
    expect(await revokeMySessions(signedIn, other.session.id)).toBe(1)
    expect(await revokeMySessions(signedIn, other.session.id)).toBe(0)
    expect(await revokeMySessions(signedIn, 'others')).toBe(0)
    expect(await findFullSession(jar.headers)).not.toBeNull()
    expect(rows(`SELECT * FROM "AuditEntry" WHERE "action" = 'sessionsRevoked'`)).toMatchObject([
      { actor: `user:${id}`, subject: id, detail: '{"count":1}' },
    ])
  })
})

describe('what a form says of a person', () => {
  test.each([
    { name: 'a'.repeat(150) },
    { email: `${'a'.repeat(60)}@fictional.example` },
    { languages: ['fr', 'pt-BR', 'zh-Hant'] },
    { regions: ['africa'] },
    { organisations: ['a'.repeat(100)] },
  ] as Partial<UserInput>[])('%j is taken', (changes) => {
    expect(userSchema.safeParse(input(changes)).success).toBe(true)
  })

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
    [{ languages: ['fr-'] }, 'languages', 'unknown'],
    [{ languages: ['xfr-FR '.repeat(6)] }, 'languages', 'tooLong'],
    [{ organisations: [''] }, 'organisations', 'missing'],
    [{ organisations: ['a'.repeat(101)] }, 'organisations', 'tooLong'],
    [{ email: `${'a'.repeat(254)}@fictional.example` }, 'email', 'tooLong'],
    [{ name: 'a\nb' }, 'name', 'unsafe'],
    [{ name: 'a\u2066b' }, 'name', 'unsafe'],
  ])('%j is refused', (changes, field, code) => {
    const parsed = userSchema.safeParse({ ...input(), ...changes })
    expect(parsed.error?.issues.map(({ path, message }) => [path[0], message])).toContainEqual([
      field,
      code,
    ])
  })

  test('is kept in one spelling', () => {
    const parsed = userSchema.parse(input({ name: ' Amina ', email: ' A@Fictional.Example ' }))
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
    expect(await findPasswordToken(secret)).toMatchObject({ kind: 'invitation' })
    expect(await hasAdministrator()).toBe(true)
    expect(await adminCommand(args)).toBe(0)
    expect(rows('SELECT * FROM "User"')).toHaveLength(1)
    expect(rows('SELECT * FROM "OneTimeToken" WHERE "usedAt" IS NULL')).toHaveLength(1)
  })

  test('refuses what is there already, what is not there, and the last administrator', async () => {
    await createUser('administrator')
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

  test('gives no second link for who has a password, is disabled, or is no administrator', async () => {
    const email = ['--email', 'guest@fictional.example', '--name', 'Guest']
    expect(await adminCommand(['create', ...email])).toBe(0)
    expect(rows('SELECT * FROM "AuditEntry"')).toMatchObject([
      { actor: 'system:command-line', action: 'userInvited', detail: '{"role":"administrator"}' },
    ])
    execute(`UPDATE "User" SET "disabledAt" = '2026-01-01T00:00:00.000+00:00'`)
    expect(await adminCommand(['create', ...email])).toBe(2)
    execute(`UPDATE "User" SET "disabledAt" = NULL, "role" = 'member'`)
    expect(await adminCommand(['create', ...email])).toBe(2)
    expect(rows('SELECT * FROM "User"')).toHaveLength(1)
  })

  test('disables a person', async () => {
    await createUser('member')
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
    expect(parseAdminArguments(args)).toBeNull()
    expect(await adminCommand(args)).toBe(1)
  })
})
