import { implementation } from '#platform/api.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { putIntoOutbox } from '#platform/outbox.ts'
import { recordAudit, type Detail, type Seal } from '../ledger/public.ts'
import {
  countOthersHolding,
  findAccount,
  insertAccount,
  listAccounts,
  removeSecondFactor,
  replaceRoles,
  setSuspension,
  type AccountRow,
} from './account.store.ts'
import { callerOf } from './caller.ts'
import { identity as contract } from './contract.ts'
import { welcomeLetter } from './letters.ts'
import { maskRecord } from './mask.rules.ts'
import { insertMembership, listMembershipsOf } from './member.store.ts'
import { readPersonalData } from './personal-data.ts'
import { revokeSessions } from './session.store.ts'
import { issuePasswordToken } from './verification.store.ts'

const os = implementation(contract.accounts)
const DAY = 24 * 3600_000

function described({ twoFactorEnabled, suspendedAt, createdAt, ...account }: AccountRow) {
  return {
    ...account,
    secondFactor: twoFactorEnabled,
    suspendedAt: suspendedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }
}

function auditOf(
  tx: Tx,
  context: Context,
  action: string,
  id: string,
  detail: Detail,
  seals: readonly Seal[] = [],
) {
  return recordAudit(tx, context, { action, subject: { kind: 'account', id }, detail, seals })
}

function sealsOf(accountId: string, roles: Iterable<string>): Seal[] {
  return [...new Set(roles)].map((role) => ({ table: 'account_role', id: [accountId, role] }))
}

/** Without an administrator nobody could open, suspend or help an account any more. */
async function isLastAdministrator(tx: Tx, account: AccountRow): Promise<boolean> {
  if (!account.roles.includes('administrator') || account.suspendedAt !== null) return false
  return (await countOthersHolding(tx, 'administrator', account.id)) === 0
}

export const accountsApi = {
  list: os.list.handler(async ({ input: { cursor, limit, ...query }, context }) => {
    const { total, items } = await listAccounts(context.db, query, { before: cursor, limit })
    return {
      total,
      items: items.map((row) => maskRecord('account', described(row), context.actor, { accountId: row.id })),
      next: items.length < limit ? null : (items.at(-1)?.id ?? null),
    }
  }),

  get: os.get.handler(async ({ input: { id, purpose }, context, errors }) => {
    const account = await findAccount(context.db, id)
    if (account === undefined) throw errors.UNKNOWN_ACCOUNT()
    const { record, plain } = await readPersonalData(context, {
      kind: 'account',
      record: described(account),
      recordId: id,
      subject: { kind: 'account', id },
      ties: { accountId: id },
      purpose,
    })
    return {
      ...record,
      plain: [...plain],
      memberships: await listMembershipsOf(context.db, id, context.today),
    }
  }),

  create: os.create.handler(({ input, context, errors }) =>
    context.write(async (tx) => {
      const { accountId } = callerOf(context)
      const { phone = null, ...given } = input
      const id = await insertAccount(tx, { ...given, phone }, accountId, context.now)
      if (id === undefined) throw errors.MAILBOX_TAKEN()
      const token = await issuePasswordToken(tx, id, new Date(context.now.getTime() + 7 * DAY))
      await putIntoOutbox(tx, welcomeLetter(input.email.toLowerCase(), `/reset-password?token=${token}`))
      await auditOf(tx, context, 'account.opened', id, { roles: input.roles }, sealsOf(id, input.roles))
      return { id }
    }),
  ),

  setRoles: os.setRoles.handler(({ input: { id, roles, reason }, context, errors }) =>
    context.write(async (tx) => {
      const account = await findAccount(tx, id)
      if (account === undefined) throw errors.UNKNOWN_ACCOUNT()
      if (!roles.includes('administrator') && (await isLastAdministrator(tx, account)))
        throw errors.LAST_ADMINISTRATOR()
      await replaceRoles(tx, id, roles, callerOf(context).accountId, context.now)
      const detail = { before: account.roles, after: roles, reason }
      await auditOf(
        tx,
        context,
        'account.roles-changed',
        id,
        detail,
        sealsOf(id, [...account.roles, ...roles]),
      )
      return { roles }
    }),
  ),

  suspend: os.suspend.handler(({ input: { id, reason }, context, errors }) =>
    context.write(async (tx) => {
      const account = await findAccount(tx, id)
      if (account === undefined) throw errors.UNKNOWN_ACCOUNT()
      if (await isLastAdministrator(tx, account)) throw errors.LAST_ADMINISTRATOR()
      await setSuspension(tx, id, { at: context.now, because: reason })
      const sessionsEnded = await revokeSessions(tx, id)
      await auditOf(tx, context, 'account.suspended', id, { reason, sessionsEnded })
      return { sessionsEnded }
    }),
  ),

  reinstate: os.reinstate.handler(({ input: { id }, context, errors }) =>
    context.write(async (tx) => {
      if (!(await setSuspension(tx, id, null))) throw errors.UNKNOWN_ACCOUNT()
      await auditOf(tx, context, 'account.reinstated', id, {})
      return { suspended: false as const }
    }),
  ),

  resetSecondFactor: os.resetSecondFactor.handler(({ input: { id, reason }, context, errors }) =>
    context.write(async (tx) => {
      if ((await findAccount(tx, id)) === undefined) throw errors.UNKNOWN_ACCOUNT()
      await removeSecondFactor(tx, id)
      const sessionsEnded = await revokeSessions(tx, id)
      await auditOf(tx, context, 'account.second-factor-reset', id, { reason, sessionsEnded })
      return { sessionsEnded }
    }),
  ),

  addMembership: os.addMembership.handler(({ input: { id, ...membership }, context, errors }) =>
    context.write(async (tx) => {
      if ((await findAccount(tx, id)) === undefined) throw errors.UNKNOWN_ACCOUNT()
      const added = await insertMembership(tx, { ...membership, accountId: id, validFrom: context.today })
      if (added === undefined) throw errors.ALREADY_MEMBER()
      const { organisationId, role } = membership
      await recordAudit(tx, context, {
        action: 'membership.begun',
        subject: { kind: 'organisation', id: organisationId },
        detail: { account: id, role },
        seals: [{ table: 'membership', id: added }],
      })
      return { organisationId }
    }),
  ),
}
