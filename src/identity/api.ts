import { implementation } from '#platform/api.ts'
import { recordAudit } from '../ledger/public.ts'
import { accountsApi } from './accounts.api.ts'
import { callerOf } from './caller.ts'
import { identity as contract } from './contract.ts'
import { claimedSessionToken } from './cookie.ts'
import { invitationsApi, membersApi } from './members.api.ts'
import { registrationsApi } from './registration.api.ts'
import { listReadings } from './reading.store.ts'
import { isStaff, ROLE_NAMES, ROLES } from './roles.ts'
import { listSessions, revokeSession, revokeSessions } from './session.store.ts'
import { describeSession } from './session.ts'

const os = implementation(contract)

const session = os.session.handler(({ context }) => describeSession(context))

const roles = os.roles.handler(() => ({ items: ROLE_NAMES.map((role) => ({ role, ...ROLES[role] })) }))

const sessions = {
  list: os.sessions.list.handler(async ({ context }) => {
    const open = await listSessions(context.db, callerOf(context).accountId, context.now)
    const current = claimedSessionToken(context.headers)
    return {
      items: open.map(({ id, token, createdAt, updatedAt, expiresAt, ipAddress, userAgent }) => ({
        id,
        current: token === current,
        startedAt: createdAt.toISOString(),
        lastSeenAt: updatedAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        address: ipAddress,
        device: userAgent,
      })),
    }
  }),

  revoke: os.sessions.revoke.handler(({ input, context, errors }) =>
    context.write(async (tx) => {
      const { accountId } = callerOf(context)
      if (!(await revokeSession(tx, accountId, input.id))) throw errors.UNKNOWN_SESSION()
      await recordAudit(tx, context, {
        action: 'account.session-revoked',
        subject: { kind: 'account', id: accountId },
        detail: { session: input.id },
      })
      return { revoked: 1 }
    }),
  ),

  revokeOthers: os.sessions.revokeOthers.handler(({ context }) =>
    context.write(async (tx) => {
      const { accountId } = callerOf(context)
      const revoked = await revokeSessions(tx, accountId, claimedSessionToken(context.headers))
      await recordAudit(tx, context, {
        action: 'account.other-sessions-revoked',
        subject: { kind: 'account', id: accountId },
        detail: { revoked },
      })
      return { revoked }
    }),
  ),
}

/** Staff are named to the person whose data they read; others by their organisation, whose member they are. */
const readings = os.readings.handler(async ({ input: { cursor, limit }, context }) => {
  const { total, items } = await listReadings(context.db, callerOf(context), { before: cursor, limit })
  return {
    total,
    items: items.map((reading) => ({
      id: reading.id,
      readAt: reading.readAt.toISOString(),
      purpose: reading.purpose,
      readerName: isStaff(reading.readerRoles) ? reading.readerName : null,
      readerRoles: reading.readerRoles,
      readerOrganisation: reading.readerOrganisation,
      recordKind: reading.recordKind,
      fields: reading.fields,
      subjectKind: reading.subjectKind,
      subjectId: reading.subjectId,
    })),
    next: items.length < limit ? null : (items.at(-1)?.id ?? null),
  }
})

export const identityApi = {
  session,
  roles,
  sessions,
  readings,
  members: membersApi,
  invitations: invitationsApi,
  accounts: accountsApi,
  registrations: registrationsApi,
}
