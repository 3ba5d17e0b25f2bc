import { parseArgs } from 'node:util'
import type { Config } from '#platform/config.ts'
import type { CalendarDate } from '#platform/calendar.ts'
import { inAuditedTransaction, type Db } from '#platform/database.ts'
import { OperatorError } from '#platform/errors.ts'
import { textOf } from '#platform/mail.ts'
import { listOutbox, putIntoOutbox } from '#platform/outbox.ts'
import { recordAudit } from '../ledger/public.ts'
import {
  findAccountByEmail,
  insertAccount,
  listAccounts,
  replaceRoles,
  setSuspension,
  type AccountRow,
} from './account.store.ts'
import { DEMO_TOTP_SECRET } from './demo-accounts.rules.ts'
import { welcomeLetter } from './letters.ts'
import { isRole, ROLE_NAMES, type Role } from './roles.ts'
import { codeAt } from './second-factor.ts'
import { revokeSessions } from './session.store.ts'
import { issuePasswordToken } from './verification.store.ts'

interface CommandParts {
  db: Db
  config: Pick<Config, 'publicUrl'>
  args: readonly string[]
  print: (line: string) => void
  now: Date
  today: CalendarDate
}

const USAGE = `zhiyuan user add <email> --name <name> --role <role> [--role <role> …]
zhiyuan user list [search]
zhiyuan user roles <email> <role> [<role> …]
zhiyuan user suspend <email> --reason <why>
zhiyuan user reinstate <email>
zhiyuan user totp <email of a demo account>
zhiyuan user outbox

Roles: ${ROLE_NAMES.join(', ')}`

type Command = (parts: CommandParts) => Promise<void>

const COMMANDS: Readonly<Record<string, Command>> = {
  add,
  list,
  roles,
  suspend,
  reinstate,
  totp,
  outbox,
}

/** `zhiyuan user …`: accounts from the machine itself, where whoever may run it needs no account. */
export async function runUserCommand(parts: CommandParts): Promise<number> {
  const [name = '', ...args] = parts.args
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) {
    parts.print(USAGE)
    return name === '' || name === 'help' ? 0 : 1
  }
  await command({ ...parts, args })
  return 0
}

/** The password comes by letter: `zhiyuan user outbox` shows the link where no mail server is set. */
async function add(parts: CommandParts): Promise<void> {
  const { db, args, print, now } = parts
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { name: { type: 'string' }, role: { type: 'string', multiple: true } },
  })
  const [email] = positionals
  if (email === undefined || !email.includes('@') || values.name === undefined || values.role === undefined) {
    throw new OperatorError('Say an e-mail address, --name and at least one --role.')
  }
  const given = readRoles(values.role)
  const account = { email, name: values.name, roles: given }
  await inAuditedTransaction(db, async (tx) => {
    const id = await insertAccount(tx, account, null, now)
    if (id === undefined) throw new OperatorError(`There is an account of ${email} already.`)
    const token = await issuePasswordToken(tx, id, new Date(now.getTime() + 7 * 24 * 3600_000))
    await putIntoOutbox(tx, welcomeLetter(email.toLowerCase(), `/reset-password?token=${token}`))
    await recordAudit(tx, auditContext(parts), {
      action: 'account.opened',
      subject: { kind: 'account', id },
      detail: { roles: given },
      seals: given.map((role) => ({ table: 'account_role', id: [id, role] })),
    })
  })
  print(`Opened an account for ${email} as ${given.join(', ')}; the letter with its link is in the outbox.`)
}

async function list({ db, args, print }: CommandParts): Promise<void> {
  const { total, items } = await listAccounts(db, { search: args[0] }, { limit: 500 })
  for (const { email, name, roles, suspendedAt, twoFactorEnabled } of items) {
    const marks = [suspendedAt === null ? '' : 'suspended', twoFactorEnabled ? 'second factor' : '']
    print([email, name, roles.join(','), ...marks.filter((mark) => mark !== '')].join('\t'))
  }
  print(`${items.length} of ${total} accounts`)
}

async function roles(parts: CommandParts): Promise<void> {
  const [email = '', ...names] = parts.args
  const given = readRoles(names)
  const account = await getAccount(parts.db, email)
  await inAuditedTransaction(parts.db, async (tx) => {
    await replaceRoles(tx, account.id, given, null, parts.now)
    await recordAudit(tx, auditContext(parts), {
      action: 'account.roles-changed',
      subject: { kind: 'account', id: account.id },
      detail: { before: account.roles, after: given, reason: 'command line' },
      seals: [...new Set([...account.roles, ...given])].map((role) => ({
        table: 'account_role',
        id: [account.id, role],
      })),
    })
  })
  parts.print(`${email} now has: ${given.join(', ') || 'no role'}`)
}

async function suspend(parts: CommandParts): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...parts.args],
    allowPositionals: true,
    options: { reason: { type: 'string' } },
  })
  const account = await getAccount(parts.db, positionals[0] ?? '')
  const because = values.reason
  if (because === undefined) throw new OperatorError('Say --reason: the holder will ask.')
  const ended = await inAuditedTransaction(parts.db, async (tx) => {
    await setSuspension(tx, account.id, { at: parts.now, because })
    const sessionsEnded = await revokeSessions(tx, account.id)
    await recordAudit(tx, auditContext(parts), {
      action: 'account.suspended',
      subject: { kind: 'account', id: account.id },
      detail: { reason: because, sessionsEnded },
    })
    return sessionsEnded
  })
  parts.print(`Suspended ${account.email} and ended ${ended} sessions.`)
}

async function reinstate(parts: CommandParts): Promise<void> {
  const account = await getAccount(parts.db, parts.args[0] ?? '')
  await inAuditedTransaction(parts.db, async (tx) => {
    await setSuspension(tx, account.id, null)
    await recordAudit(tx, auditContext(parts), {
      action: 'account.reinstated',
      subject: { kind: 'account', id: account.id },
    })
  })
  parts.print(`${account.email} may sign in again.`)
}

/** Only of demo accounts, whose secret is published: nobody else's code is the operator's to see. */
async function totp({ db, args, print, now }: CommandParts): Promise<void> {
  const account = await getAccount(db, args[0] ?? '')
  if (!account.demo) throw new OperatorError(`${account.email} is no demo account: its holder has the codes.`)
  print(codeAt(DEMO_TOTP_SECRET, now))
}

/** What waits, oldest first, then what was given up: the reason stands beside it. */
async function outbox({ db, config, print }: CommandParts): Promise<void> {
  const waiting = (await listOutbox(db, 'waiting', { limit: 500 })).toReversed()
  const dead = (await listOutbox(db, 'dead', { limit: 500 })).toReversed()
  for (const letter of [...waiting, ...dead]) {
    print(
      `— ${letter.createdAt.toISOString()} by ${letter.channel} to ${letter.recipient}: ${letter.subject}`,
    )
    if (letter.lastError !== null) print(`  tried ${letter.attempts} times: ${letter.lastError}`)
    print(textOf(letter, config.publicUrl))
  }
  print(`${waiting.length} letters wait, ${dead.length} were given up`)
}

function readRoles(names: readonly string[]): Role[] {
  const unknown = names.find((name) => !isRole(name))
  if (unknown !== undefined)
    throw new OperatorError(`There is no role "${unknown}". Roles: ${ROLE_NAMES.join(', ')}.`)
  return names.filter(isRole)
}

async function getAccount(db: Db, email: string): Promise<AccountRow> {
  const account = await findAccountByEmail(db, email)
  if (account === undefined) throw new OperatorError(`There is no account of "${email}".`)
  return account
}

function auditContext({ now, today }: CommandParts) {
  return { actor: { kind: 'system' as const, job: 'command line' }, requestId: 'command-line', now, today }
}
