import { runAsMain } from './run-command'
import { parseArgs } from 'node:util'
import { writer } from '@/lib/database/client'
import { withDatabase } from '@/lib/database/with-database'
import { env, terminal } from '@/lib/env'
import { startupMessage } from '@/lib/health/startup-message'
import { translator } from '@/lib/i18n/translator'
import { createPasswordToken, passwordLinkUrl } from '@/lib/auth/password-links'
import {
  addAdministrator,
  disableUser,
  findUserIdByEmail,
  listUsers,
  userSchema,
  resetTwoFactor,
} from '@/lib/users/users'
import { actorName, type Actor } from '@/lib/permissions/permissions'

const EXIT_OK = 0
const EXIT_REFUSED = 2

const actor: Actor = { kind: 'system', name: 'command-line' }

type AdminArguments =
  | { command: 'list' }
  | { command: 'create'; email: string; name: string }
  | { command: 'disable' | 'reset-mfa'; email: string }

/**
 * The command for people: `create` (an administrator), `list`, `disable`, `reset-mfa`. Its answer is
 * on stdout, with the one-time link as the last line of `create`; everything else is on stderr.
 *
 * @returns the exit code: 0 done, 1 could not run, 2 refused
 */
export async function adminCommand(args: string[]): Promise<number> {
  const t = translator(terminal.language, 'AdminCommand')
  const words = {
    usage: t('usage'),
    database: startupMessage,
  }
  return withDatabase(parseAdminArguments(args), words, run)
}

/** Reads what follows the command; null where it is not understood. */
export function parseAdminArguments(args: string[]): AdminArguments | null {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { email: { type: 'string' }, name: { type: 'string' } },
    })
    const [act] = positionals
    const { email, name } = values
    if (positionals.length !== 1) return null
    if (act === 'list') return email === undefined && name === undefined ? { command: act } : null
    if (email === undefined) return null
    if (act === 'create') return name === undefined ? null : { command: act, email, name }
    if (act !== 'disable' && act !== 'reset-mfa') return null
    return name === undefined ? { command: act, email } : null
  } catch {
    return null
  }
}

async function run(asked: AdminArguments): Promise<number> {
  if (asked.command === 'list') return list()
  if (asked.command === 'create') return create(asked)
  return change(asked)
}

function refuse(words: string): number {
  process.stderr.write(`${words}\n`)
  return EXIT_REFUSED
}

async function create({ email, name }: { email: string; name: string }): Promise<number> {
  const t = translator(terminal.language, 'AdminCommand')
  const locale = terminal.language
  const parsed = userSchema
    .pick({ email: true, name: true, locale: true })
    .safeParse({ email, name, locale })
  if (!parsed.success) return refuse(t('invalid'))
  const outcome = await addAdministrator(actor, parsed.data)
  if (!outcome.ok) return refuse(t(outcome.reason))
  const secret = await writer().$transaction((tx) =>
    createPasswordToken(tx, {
      ...{ kind: 'invitation', userId: outcome.id, createdBy: actorName(actor) },
    }),
  )
  process.stderr.write(`${t('created', { origin: env.PUBLIC_ORIGIN })}\n`)
  process.stdout.write(`${passwordLinkUrl(locale, secret)}\n`)
  return EXIT_OK
}

async function list(): Promise<number> {
  const people = (await listUsers(actor)) ?? []
  const lines = people.map(({ email, role, hasTwoFactor: hasFactor, disabledAt, name }) =>
    [
      ...[role, disabledAt ? 'disabled' : 'enabled', hasFactor ? 'factor' : 'no-factor'],
      ...[email, name],
    ].join('\t'),
  )
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
  return EXIT_OK
}

async function change(
  asked: Extract<AdminArguments, { command: 'disable' | 'reset-mfa' }>,
): Promise<number> {
  const t = translator(terminal.language, 'AdminCommand')
  const id = await findUserIdByEmail(asked.email)
  if (id === null) return refuse(t('notFound'))
  const act = asked.command === 'disable' ? disableUser : resetTwoFactor
  const outcome = await act(actor, id)
  if (!outcome.ok) return refuse(t(outcome.reason))
  process.stdout.write(`${t(asked.command === 'disable' ? 'disabled' : 'twoFactorReset')}\n`)
  return EXIT_OK
}

await runAsMain(import.meta.url, adminCommand)
