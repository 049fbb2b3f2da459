import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { isolatedSite } from '@/tests/support/isolated-site'
import { cookieHeader, createTestUser } from '@/tests/support/sign-in'

const baseURL = () => process.env['BASE_URL'] ?? ''

isolatedSite()

/** What stands before the form among an action's arguments, bound by the page or by anybody. */
type Bound = (id: string) => unknown[]

const state = { values: {}, errors: [], formError: null, attempt: 0 }
const stateOf =
  (...before: unknown[]): Bound =>
  () => [...before, state]

/**
 * Every Server Action of the site. Anybody can send anything to any of them at any address; a new one
 * without a row fails.
 */
const ACTIONS: Record<string, Bound> = {
  changePasswordAction: stateOf('fr'),
  regenerateRecoveryCodesAction: stateOf('fr'),
  revokeSessionAction: () => ['fr'],
  importPages: stateOf('fr'),
  erase: stateOf('fr'),
  restore: stateOf('fr'),
  sendProposalLinkAction: () => [{ ...state, link: null }],
  changeStatus: () => [],
  changeSeveral: () => [],
  inviteUserAction: stateOf(),
  updateUserAction: (id) => ['fr', id, state],
  createPasswordLinkAction: (id) => ['fr', id, state],
  accountAction: (id) => ['fr', id],
  decide: stateOf('fr'),
  signInAction: stateOf('fr'),
  reauthenticateAction: stateOf('fr'),
  verifyCodeAction: stateOf('fr'),
  enableTwoFactorAction: stateOf(),
  forgotPasswordAction: stateOf('fr'),
  setPasswordAction: stateOf('fr', 'bm8tc3VjaC1zZWNyZXQtaGFzLWV2ZXItYmVlbi1tYWRl'),
}

type Reference = { exportedName: string; workers: Record<string, unknown> }

/** These are for whoever has not signed in: sending to them is no refusal by itself. */
const OPEN = new Set([
  ...[
    'signInAction',
    'reauthenticateAction',
    'verifyCodeAction',
    'enableTwoFactorAction',
    'forgotPasswordAction',
  ],
  'setPasswordAction',
])

/** Whoever sends to it is signed out, whatever else they send. */
const SIGN_OUT = 'app/[locale]/sign-in/out/route.ts'

/** Every address that takes a plain form, by the file that answers it; what a form may ask for there. */
const FORM_ADDRESSES: Record<string, { address: string; intents: readonly string[] }> = {
  'app/[locale]/admin/organisations/save/route.ts': {
    address: '/fr/admin/organisations/save',
    intents: ['save', 'list', 'propose', 'addLanguage', 'keep', 'discard'],
  },
  'app/[locale]/propose/[secret]/send/route.ts': {
    address: '/fr/propose/bm8tc3VjaC1zZWNyZXQtaGFzLWV2ZXItYmVlbi1tYWRl/send',
    intents: ['propose', 'addLanguage'],
  },
  [SIGN_OUT]: { address: '/fr/sign-in/out', intents: [''] },
}

function builtActions(): Map<string, { id: string; page: string }> {
  const { node } = JSON.parse(
    readFileSync('.next-test/server/server-reference-manifest.json', 'utf8'),
  ) as { node: Record<string, Reference> }
  return new Map(
    Object.entries(node).map(([id, { exportedName, workers }]) => [
      exportedName,
      { id, page: Object.keys(workers)[0] ?? '' },
    ]),
  )
}

/** A hash of everything that somebody could want to change; attempts and traces are none of it. */
function fingerprint(): string {
  const file = (process.env['DATABASE_URL'] ?? '').replace(/^file:/, '')
  const database = new Database(file, { readonly: true })
  try {
    const hash = createHash('sha256')
    for (const table of [
      ...['Organisation', 'Answer', 'PriorityArea', 'Alias', 'FormerSlug', 'Contact', 'Revision'],
      ...['Erasure', 'ImportedPage', 'Proposal', 'OneTimeToken', 'OutboxMail', 'ContentVersion'],
      ...['User', 'Account', 'TwoFactor', 'UserRegion', 'UserOrganisation', 'UserLanguage'],
    ]) {
      const rows = database.prepare(`SELECT * FROM "${table}" ORDER BY rowid`).all()
      hash.update(`${table} ${JSON.stringify(rows)}\n`)
    }
    return hash.digest('hex')
  } finally {
    database.close()
  }
}

function idOf(slug: string): string {
  const file = (process.env['DATABASE_URL'] ?? '').replace(/^file:/, '')
  const database = new Database(file, { readonly: true })
  try {
    const find = database.prepare<[string], { id: string }>(
      'SELECT "id" FROM "Organisation" WHERE "slug" = ?',
    )
    return find.get(slug)?.id ?? ''
  } finally {
    database.close()
  }
}

type Row = Record<string, unknown>

function rowOf(query: string, value: string): Row | undefined {
  const file = (process.env['DATABASE_URL'] ?? '').replace(/^file:/, '')
  const database = new Database(file, { readonly: true })
  try {
    return database.prepare<[string], Row>(query).get(value)
  } finally {
    database.close()
  }
}

function profileRow(id: string): Row {
  return rowOf('SELECT * FROM "Organisation" WHERE "id" = ?', id) ?? {}
}

function personRow(email: string): Row | undefined {
  return rowOf('SELECT * FROM "User" WHERE "email" = ?', email)
}

/** How often the log of the site tells of an event. */
function linesOfLog(event: string): number {
  const log = readFileSync(process.env['LOG_FILE'] ?? '', 'utf8')
  return log.split('\n').filter((line) => line.includes(`"event":"${event}"`)).length
}

/** All that the forms of the desk hold, about an organisation of somebody else. */
function typed(id: string): Record<string, string> {
  return {
    ...{ id, version: '1', locale: 'fr', page: `/admin/organisations/${id}`, intent: 'list' },
    ...{ name: 'Taken over', act: 'hide', status: 'hidden', to: 'hidden', reason: 'because' },
    ...{ revision: '1', field: 'all', email: 'mallory@fictional.example', role: 'administrator' },
    ...{ password: 'Neuf parapluies rouges', code: '000000', session: id, proposalId: id },
    ...{ decision: 'accept', fields: 'all', answer: 'yes', confirm: 'SOLIDARITE', message: 'm' },
    ...{
      'answers.who.fr.text': 'Taken over.',
      pages: 'Nobody\n\nWho do you work with?\n\nNobody.',
    },
    ...{ what: 'disable', current: 'x', next: 'Neuf parapluies bleus', form: id },
  }
}

/** Sends to an action as the framework's scripts do; gives the status of the answer. */
async function sendTo(
  name: string,
  id: string,
  fields: Record<string, string>,
  cookie: string,
): Promise<number> {
  const { id: action, page: worker } = builtActions().get(name) ?? { id: '', page: '' }
  // Where the page that has the form would be; the ids in it are anybody's to choose.
  const address = worker
    .replace(/^app\/\[locale\]/, '/fr')
    .replace(/\/page$/, '')
    .replace(/\[(?:id|proposalId)\]/, id)
    .replace('[secret]', 'bm8tc3VjaC1zZWNyZXQtaGFzLWV2ZXItYmVlbi1tYWRl')
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.set(`_1_${field}`, value)
  form.set('0', JSON.stringify([...(ACTIONS[name]?.(id) ?? []), '$K1']))
  const answer = await fetch(new URL(address, baseURL()), {
    method: 'POST',
    redirect: 'manual',
    headers: {
      Origin: new URL(baseURL()).origin,
      'Next-Action': action,
      ...(cookie === '' ? {} : { Cookie: cookie }),
    },
    body: form,
  })
  await answer.arrayBuffer()
  return answer.status
}

test('every Server Action of the site has its row, and every route that takes a form', () => {
  expect([...builtActions().keys()].sort()).toEqual(Object.keys(ACTIONS).sort())
  const routes = readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'route.ts')
    .map((file) => path.posix.join('app', file.replaceAll(path.sep, '/')))
  const taking = routes.filter((file) =>
    /export (?:async function|const) (?:POST|PUT|PATCH|DELETE)\b/.test(readFileSync(file, 'utf8')),
  )
  expect(taking.sort()).toEqual(Object.keys(FORM_ADDRESSES).sort())
})

const STRANGERS = ['nobody', 'a member of another organisation', 'somebody disabled'] as const

async function cookieOfSomebody(who: (typeof STRANGERS)[number]): Promise<string> {
  if (who === 'nobody') return ''
  const person = await createTestUser('member')
  if (who === 'somebody disabled') {
    const { disableUser } = await import('@/lib/users/users')
    const { administrator } = await import('@/tests/support/profiles')
    expect((await disableUser(administrator, person.id)).ok).toBe(true)
  }
  return cookieHeader(person)
}

for (const who of STRANGERS) {
  test(`${who} changes nothing by sending to any of them directly`, async () => {
    const id = idOf('solidarite-pour-les-droits-des-travailleuses-de-sexe')
    expect(id).not.toBe('')
    const cookie = await cookieOfSomebody(who)
    const before = fingerprint()
    const isKnown = who === 'a member of another organisation'
    const answers: string[] = []
    for (const name of builtActions().keys()) {
      const refusals = linesOfLog('permissionDenied')
      const status = await sendTo(name, id, typed(id), cookie)
      // The log is written while the answer is on its way.
      if (!isKnown && !OPEN.has(name)) {
        await expect
          .poll(() => linesOfLog('permissionDenied'), { message: name })
          .toBeGreaterThan(refusals)
      }
      answers.push(`${name}: ${status < 500 ? 'answered' : String(status)}`)
    }
    expect(answers).toEqual([...builtActions().keys()].map((name) => `${name}: answered`))
    for (const [file, { address, intents }] of Object.entries(FORM_ADDRESSES)) {
      for (const intent of intents) {
        const form = new FormData()
        for (const [field, value] of Object.entries({ ...typed(id), intent })) {
          form.set(field, value)
        }
        const refusals = linesOfLog('permissionDenied')
        const answer = await fetch(new URL(address, baseURL()), {
          method: 'POST',
          redirect: 'manual',
          headers: {
            Origin: new URL(baseURL()).origin,
            ...(cookie === '' ? {} : { Cookie: cookie }),
          },
          body: form,
        })
        const said = await answer.text()
        if (!isKnown && file !== SIGN_OUT)
          await expect
            .poll(() => linesOfLog('permissionDenied'), { message: intent })
            .toBe(refusals + 1)
        if (intent === 'keep') expect(JSON.parse(said)).toEqual({ kept: false })
        else expect([intent, answer.status]).toEqual([intent, 303])
      }
    }
    expect(fingerprint()).toBe(before)
  })
}

test('the same way an administrator does change something', async () => {
  const slug = 'fictional-long-answers'
  const id = idOf(slug)
  const cookie = cookieHeader(await createTestUser('administrator'))
  const before = fingerprint()
  try {
    await sendTo('changeStatus', id, { id, act: 'hide' }, cookie)
    expect(fingerprint()).not.toBe(before)
  } finally {
    const { setStatus } = await import('@/tests/support/create-organisations')
    await setStatus(slug, 'listed')
  }
})

test('a form from another site never reaches an action', async () => {
  const before = fingerprint()
  for (const origin of ['https://evil.example', 'null', '']) {
    for (const address of Object.keys(FORM_ADDRESSES)) {
      const { status } = await fetch(new URL(address, baseURL()), {
        method: 'POST',
        headers: origin === '' ? {} : { Origin: origin },
        body: new FormData(),
      })
      expect(status).toBe(403)
    }
    for (const { id: action } of builtActions().values()) {
      const { status } = await fetch(new URL('/fr/admin', baseURL()), {
        method: 'POST',
        headers: { 'Next-Action': action, ...(origin === '' ? {} : { Origin: origin }) },
        body: '[]',
      })
      expect(status).toBe(403)
    }
  }
  expect(fingerprint()).toBe(before)
})

test('whatever takes a form counts in the log what the form does not have', async () => {
  const id = idOf('solidarite-pour-les-droits-des-travailleuses-de-sexe')
  const foreign = { ownerId: id, fictional: 'true', twoFactorEnabled: 'true', disabledAt: '' }
  const count = async (name: string, send: () => Promise<unknown>) => {
    const before = linesOfLog('unknownFieldsIgnored')
    await send()
    await expect.poll(() => linesOfLog('unknownFieldsIgnored'), { message: name }).toBe(before + 1)
  }
  for (const name of builtActions().keys()) {
    await count(name, () => sendTo(name, id, foreign, ''))
  }
  for (const [file, { address }] of Object.entries(FORM_ADDRESSES)) {
    if (file === SIGN_OUT) continue
    const form = new FormData()
    for (const [field, value] of Object.entries(foreign)) form.set(field, value)
    await count(address, async () => {
      const answer = await fetch(new URL(address, baseURL()), {
        method: 'POST',
        redirect: 'manual',
        headers: { Origin: new URL(baseURL()).origin },
        body: form,
      })
      await answer.arrayBuffer()
    })
  }
})

test('keys that no form has change nothing, and are counted in the log', async () => {
  const slug = 'fictional-without-answers'
  const id = idOf(slug)
  const person = await createTestUser('administrator')
  const { email } = person
  const cookie = cookieHeader(person)
  const before = profileRow(id)
  const droppedBefore = linesOfLog('unknownFieldsIgnored')
  const assigned = {
    ...{ status: 'withdrawn', role: 'administrator', ownerId: id, organisationId: id, slug: '' },
    ...{ fictional: 'true', confirmedAt: '2030-01-01', updatedAt: '2030-01-01', nameFolded: 'x' },
  }
  const form = new FormData()
  for (const [field, value] of Object.entries({
    ...assigned,
    ...{ id, base: String(before['version']), version: '99', locale: 'fr', intent: 'save' },
  })) {
    form.set(field, value)
  }
  await fetch(new URL('/fr/admin/organisations/save', baseURL()), {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: new URL(baseURL()).origin, Cookie: cookie },
    body: form,
  })
  expect({ ...profileRow(id), version: 0, updatedAt: 0, updatedBy: 0 }).toEqual({
    ...{ ...before, version: 0, updatedAt: 0, updatedBy: 0 },
  })
  await expect.poll(() => linesOfLog('unknownFieldsIgnored')).toBeGreaterThan(droppedBefore)

  const invited = `invited-${randomUUID()}@fictional.example`
  await sendTo(
    'inviteUserAction',
    id,
    {
      ...{
        name: 'Invitée',
        email: invited,
        locale: 'fr',
        role: 'member',
        twoFactorEnabled: 'true',
      },
      ...{ id, disabledAt: '2030-01-01', emailVerified: 'true', createdAt: '2001-01-01' },
    },
    cookie,
  )
  expect(personRow(invited)).toMatchObject({
    role: 'member',
    twoFactorEnabled: 0,
    disabledAt: null,
  })
  expect(personRow(invited)?.['id']).not.toBe(id)

  const member = await createTestUser('member')
  await sendTo(
    'changePasswordAction',
    id,
    {
      ...{ current: member.password, password: 'Un parapluie rouge neuf', role: 'administrator' },
      ...{ email, userId: String(personRow(email)?.['id']), organisations: slug },
    },
    cookieHeader(member),
  )
  expect(personRow(member.email)).toMatchObject({ role: 'member', email: member.email })
  expect(personRow(email)).toMatchObject({ role: 'administrator' })
})
