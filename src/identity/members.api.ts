import { implementation } from '#platform/api.ts'
import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { putIntoOutbox } from '#platform/outbox.ts'
import { recordAudit } from '../ledger/public.ts'
import { findAccountByEmail, insertAccount } from './account.store.ts'
import { callerOf } from './caller.ts'
import { identity as contract } from './contract.ts'
import { invitationLetter } from './letters.ts'
import { maskAllBut } from './mask.rules.ts'
import {
  changeMembershipRole,
  closeInvitation,
  countOtherAdministrators,
  endMembership,
  findInvitation,
  findMembership,
  findOpenMembershipById,
  insertInvitation,
  insertMembership,
  listInvitations,
  listMembers,
  membershipRole,
} from './member.store.ts'
import { invitationState, roleForMemberOf } from './members.rules.ts'
import { passwordProblems } from './password.rules.ts'
import { hashPassword } from './passwords.ts'
import type { Role } from './roles.ts'

const members = implementation(contract.members)
const invitations = implementation(contract.invitations)
const INVITATION_DAYS = 7
const DAY = 24 * 3600_000

interface Refusals {
  UNKNOWN_ORGANISATION: () => Error
  NOT_ITS_ADMINISTRATOR: () => Error
}

/** An organisation the caller is no member of is unknown to them, whether it exists or not. */
async function ownMembership(
  context: Context,
  organisationId: string,
  errors: Pick<Refusals, 'UNKNOWN_ORGANISATION'>,
) {
  const { accountId } = callerOf(context)
  const membership = await findMembership(context.db, accountId, organisationId, context.today)
  if (membership === undefined) throw errors.UNKNOWN_ORGANISATION()
  return membership
}

async function administeredBy(context: Context, organisationId: string, errors: Refusals) {
  const membership = await ownMembership(context, organisationId, errors)
  if (membership.role !== 'administrator') throw errors.NOT_ITS_ADMINISTRATOR()
  return membership
}

function auditOf(
  tx: Tx,
  context: Context,
  action: string,
  organisationId: string,
  detail: Record<string, string>,
  membershipIds: readonly string[] = [],
) {
  return recordAudit(tx, context, {
    action,
    subject: { kind: 'organisation', id: organisationId },
    detail,
    seals: membershipIds.map((id) => ({ table: 'membership', id })),
  })
}

export const membersApi = {
  list: members.list.handler(async ({ input: { organisationId }, context, errors }) => {
    const own = await ownMembership(context, organisationId, errors)
    const mayManage = own.role === 'administrator'
    const rows = await listMembers(context.db, organisationId)
    return {
      organisationName: own.organisationName,
      mayManage,
      items: rows.map((row) => ({
        ...maskAllBut('account', row, mayManage ? ['email'] : []),
        role: membershipRole(row.role),
      })),
    }
  }),

  change: members.change.handler(({ input: { organisationId, id, role }, context, errors }) =>
    context.write(async (tx) => {
      await administeredBy(context, organisationId, errors)
      const membership = await findOpenMembershipById(tx, organisationId, id)
      if (membership === undefined) throw errors.UNKNOWN_MEMBER()
      const others = await countOtherAdministrators(tx, organisationId, id)
      if (role === 'member' && membership.role === 'administrator' && others === 0)
        throw errors.LAST_ADMINISTRATOR()
      const changed = membership.role !== role
      const next = changed
        ? await changeMembershipRole(tx, organisationId, membership, role, context.today)
        : id
      await auditOf(
        tx,
        context,
        'membership.role-changed',
        organisationId,
        { account: membership.accountId, role },
        [id, next],
      )
      return { changed }
    }),
  ),

  end: members.end.handler(({ input: { organisationId, id }, context, errors }) =>
    context.write(async (tx) => {
      await administeredBy(context, organisationId, errors)
      const membership = await findOpenMembershipById(tx, organisationId, id)
      if (membership === undefined) throw errors.UNKNOWN_MEMBER()
      const others = await countOtherAdministrators(tx, organisationId, id)
      if (membership.role === 'administrator' && others === 0) throw errors.LAST_ADMINISTRATOR()
      await endMembership(tx, id, context.today)
      await auditOf(tx, context, 'membership.ended', organisationId, { account: membership.accountId }, [id])
      return { endedOn: context.today }
    }),
  ),
}

export const invitationsApi = {
  list: invitations.list.handler(async ({ input: { organisationId }, context, errors }) => {
    await administeredBy(context, organisationId, errors)
    const rows = await listInvitations(context.db, organisationId)
    return {
      items: rows.map((row) => ({
        id: row.id,
        email: row.email,
        role: membershipRole(row.membershipRole),
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        state: invitationState(row, context.now),
      })),
    }
  }),

  send: invitations.send.handler(({ input: { organisationId, email, role }, context, errors }) =>
    context.write(async (tx) => {
      const { organisationName } = await administeredBy(context, organisationId, errors)
      const known = await findAccountByEmail(tx, email)
      if (known && (await findMembership(tx, known.id, organisationId, context.today)))
        throw errors.ALREADY_MEMBER()
      const { accountId, roles } = callerOf(context)
      const expiresAt = new Date(context.now.getTime() + INVITATION_DAYS * DAY)
      const { id, token } = await insertInvitation(tx, {
        organisationId,
        organisationName,
        email,
        membershipRole: role,
        accountRole: roleForMemberOf(roles),
        invitedBy: accountId,
        createdAt: context.now,
        expiresAt,
      })
      await putIntoOutbox(
        tx,
        invitationLetter(email.toLowerCase(), organisationName, `/invitations/${token}`),
      )
      await auditOf(tx, context, 'invitation.sent', organisationId, { invitation: id, role })
      return { id, expiresAt: expiresAt.toISOString() }
    }),
  ),

  revoke: invitations.revoke.handler(({ input: { organisationId, id }, context, errors }) =>
    context.write(async (tx) => {
      await administeredBy(context, organisationId, errors)
      const sent = await listInvitations(tx, organisationId)
      if (!sent.some((one) => one.id === id)) throw errors.UNKNOWN_INVITATION()
      if (!(await closeInvitation(tx, id, { revokedAt: context.now }))) throw errors.INVITATION_CLOSED()
      await auditOf(tx, context, 'invitation.revoked', organisationId, { invitation: id })
      return { revoked: true }
    }),
  ),

  find: invitations.find.handler(async ({ input: { token }, context, errors }) => {
    const invitation = await findInvitation(context.db, token)
    if (invitation === undefined) throw errors.UNKNOWN_INVITATION()
    if (invitationState(invitation, context.now) !== 'open') throw errors.INVITATION_CLOSED()
    return {
      organisationName: invitation.organisationName,
      email: invitation.email,
      role: membershipRole(invitation.membershipRole),
      expiresAt: invitation.expiresAt.toISOString(),
      known: (await findAccountByEmail(context.db, invitation.email)) !== undefined,
    }
  }),

  accept: invitations.accept.handler(({ input, context, errors }) =>
    context.write(async (tx) => {
      const invitation = await findInvitation(tx, input.token)
      if (invitation === undefined) throw errors.UNKNOWN_INVITATION()
      if (invitationState(invitation, context.now) !== 'open') throw errors.INVITATION_CLOSED()
      const { accountId, opened } = await accepting(tx, context, invitation, input, errors)
      if (!(await closeInvitation(tx, invitation.id, { acceptedAt: context.now, acceptedBy: accountId }))) {
        throw errors.INVITATION_CLOSED()
      }
      const { organisationId, organisationName } = invitation
      const role = membershipRole(invitation.membershipRole)
      const membership = await insertMembership(tx, {
        accountId,
        organisationId,
        organisationName,
        role,
        validFrom: context.today,
      })
      const detail = { invitation: invitation.id, account: accountId, role }
      await auditOf(
        tx,
        context,
        'invitation.accepted',
        organisationId,
        detail,
        membership === undefined ? [] : [membership],
      )
      return { organisationId, accountId, opened }
    }),
  ),
}

interface AcceptRefusals {
  SIGN_IN_TO_ACCEPT: () => Error
  OTHER_MAILBOX: () => Error
  NAME_AND_PASSWORD_NEEDED: () => Error
  WEAK_PASSWORD: (told: { data: { problems: string[] } }) => Error
}

/** The account that joins: the one signed in when its mailbox was invited, or a new one for a mailbox that has none. */
async function accepting(
  tx: Tx,
  context: Context,
  { email, accountRole, invitedBy }: { email: string; accountRole: string; invitedBy: string },
  { name, password }: { name?: string | undefined; password?: string | undefined },
  errors: AcceptRefusals,
): Promise<{ accountId: string; opened: boolean }> {
  const known = await findAccountByEmail(tx, email)
  if (known !== undefined) {
    if (context.actor.kind !== 'account') throw errors.SIGN_IN_TO_ACCEPT()
    if (context.actor.accountId !== known.id) throw errors.OTHER_MAILBOX()
    return { accountId: known.id, opened: false }
  }
  if (name === undefined || password === undefined) throw errors.NAME_AND_PASSWORD_NEEDED()
  const problems = passwordProblems(password, { staff: false, email })
  if (problems.length > 0) throw errors.WEAK_PASSWORD({ data: { problems } })
  const passwordHash = await hashPassword(password)
  const roles: Role[] = [roleForMemberOf([accountRole])]
  const accountId = await insertAccount(tx, { name, email, roles, passwordHash }, invitedBy, context.now)
  // Opened by another request in this moment: its holder signs in.
  if (accountId === undefined) throw errors.SIGN_IN_TO_ACCEPT()
  return { accountId, opened: true }
}
