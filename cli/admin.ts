import { writer } from '@/lib/database/client'
import { env, terminal } from '@/lib/env'
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
import { EXIT_OK, EXIT_REFUSED, parseOptions, runAsMain } from './run-command'
import { withDatabase } from './with-database'

const actor: Actor = { kind: 'system', name: 'command-line' }

type AdminArguments =
  | { command: 'list' }
  | { command: 'create'; email: string; name: string }
  | { command: 'disable' | 'reset-mfa'; email: string }

/**
 * The command for user accounts. The result goes to stdout, everything else to stderr.
 *
 * @param args `create --email E --name N` (an administrator; the last line is a one-time set-up link),
 *   `list` (one line per user: role, state, two-factor state, e-mail, name, separated by tabs),
 *   `disable --email E` or `reset-mfa --email E`
 * @returns the exit code: 0 done, 1 could not run, 2 refused
 */
export async function adminCommand(args: string[]): Promise<number> {
  const usage = translator(terminal.language, 'AdminCommand')('usage')
  return withDatabase(parseAdminArguments(args), usage, run)
}

/** Parses the arguments; null if they are not understood. */
export function parseAdminArguments(args: string[]): AdminArguments | null {
  const parsed = parseOptions(args, { email: { type: 'string' }, name: { type: 'string' } }, 1)
  if (parsed === null) return null
  const [command] = parsed.positionals
  const { email, name } = parsed.values
  if (command === 'list') return email === undefined && name === undefined ? { command } : null
  if (email === undefined) return null
  if (command === 'create') return name === undefined ? null : { command, email, name }
  if (command !== 'disable' && command !== 'reset-mfa') return null
  return name === undefined ? { command, email } : null
}

async function run(options: AdminArguments): Promise<number> {
  if (options.command === 'list') return list()
  if (options.command === 'create') return create(options)
  return change(options)
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n`)
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
  const token = await writer().$transaction((tx) =>
    createPasswordToken(tx, {
      ...{ kind: 'invitation', userId: outcome.id, createdBy: actorName(actor) },
    }),
  )
  process.stderr.write(`${t('created', { origin: env.PUBLIC_ORIGIN })}\n`)
  process.stdout.write(`${passwordLinkUrl(locale, token)}\n`)
  return EXIT_OK
}

async function list(): Promise<number> {
  const users = (await listUsers(actor)) ?? []
  const lines = users.map(({ email, role, hasTwoFactor, disabledAt, name }) =>
    [
      ...[role, disabledAt ? 'disabled' : 'enabled', hasTwoFactor ? 'factor' : 'no-factor'],
      ...[email, name],
    ].join('\t'),
  )
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
  return EXIT_OK
}

async function change({
  command,
  email,
}: Extract<AdminArguments, { command: 'disable' | 'reset-mfa' }>): Promise<number> {
  const t = translator(terminal.language, 'AdminCommand')
  const id = await findUserIdByEmail(email)
  if (id === null) return refuse(t('notFound'))
  const outcome = await (command === 'disable' ? disableUser : resetTwoFactor)(actor, id)
  if (!outcome.ok) return refuse(t(outcome.reason))
  process.stdout.write(`${t(command === 'disable' ? 'disabled' : 'twoFactorReset')}\n`)
  return EXIT_OK
}

await runAsMain(import.meta.url, adminCommand)
