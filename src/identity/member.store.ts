import { createHash, randomBytes } from 'node:crypto'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db, Tx } from '#platform/database.ts'
import { BrokenInvariant } from '#platform/errors.ts'

export type MembershipRole = 'administrator' | 'member'

export interface NewMembership {
  accountId: string
  organisationId: string
  organisationName: string
  role: MembershipRole
  validFrom: CalendarDate
}

function current(db: Db, today: CalendarDate) {
  return db
    .selectFrom('membership')
    .where('validFrom', '<=', today)
    .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>', today)]))
}

/** The membership of an account in an organisation on a day. */
export function findMembership(db: Db, accountId: string, organisationId: string, today: CalendarDate) {
  return current(db, today)
    .select(['id', 'role', 'organisationName'])
    .where('accountId', '=', accountId)
    .where('organisationId', '=', organisationId)
    .executeTakeFirst()
}

export async function listMembershipsOf(db: Db, accountId: string, today: CalendarDate) {
  const rows = await current(db, today)
    .select(['organisationId', 'organisationName', 'role', 'validFrom'])
    .where('accountId', '=', accountId)
    .orderBy('organisationName')
    .execute()
  return rows.map((row) => ({ ...row, role: membershipRole(row.role) }))
}

/** The table's own check allows these two only. */
export function membershipRole(role: string): MembershipRole {
  return role === 'administrator' ? 'administrator' : 'member'
}

/** Present and past members, the present ones first. */
export function listMembers(db: Db, organisationId: string) {
  return db
    .selectFrom('membership')
    .innerJoin('userAccount', 'userAccount.id', 'membership.accountId')
    .select([
      'membership.id',
      'membership.accountId',
      'userAccount.name',
      'userAccount.email',
      'membership.role',
      'membership.validFrom',
      'membership.validTo',
    ])
    .where('organisationId', '=', organisationId)
    .orderBy('validTo', (order) => order.desc().nullsFirst())
    .orderBy('validFrom')
    .execute()
}

/** Undefined when the account is a member already. */
export async function insertMembership(tx: Tx, membership: NewMembership): Promise<string | undefined> {
  const inserted = await tx
    .insertInto('membership')
    .values(membership)
    .onConflict((oc) => oc.columns(['accountId', 'organisationId']).where('validTo', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted?.id
}

export function findOpenMembershipById(db: Db, organisationId: string, id: string) {
  return db
    .selectFrom('membership')
    .select(['id', 'accountId', 'role', 'organisationName', 'validFrom'])
    .where('id', '=', id)
    .where('organisationId', '=', organisationId)
    .where('validTo', 'is', null)
    .executeTakeFirst()
}

/** Locks the organisation's administrators, so that two of them leaving at once cannot leave it with none. */
export async function countOtherAdministrators(
  tx: Tx,
  organisationId: string,
  exceptId: string,
): Promise<number> {
  const others = await tx
    .selectFrom('membership')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('role', '=', 'administrator')
    .where('validTo', 'is', null)
    .forUpdate()
    .execute()
  return others.filter(({ id }) => id !== exceptId).length
}

export async function endMembership(tx: Tx, id: string, today: CalendarDate): Promise<void> {
  await tx.updateTable('membership').set({ validTo: today }).where('id', '=', id).execute()
}

/**
 * A change of role ends one membership and begins the next, so that who could do what on a day can be told.
 * Answers the id of the new one.
 */
export async function changeMembershipRole(
  tx: Tx,
  organisationId: string,
  membership: { id: string; accountId: string; organisationName: string },
  role: MembershipRole,
  today: CalendarDate,
): Promise<string> {
  await endMembership(tx, membership.id, today)
  const { accountId, organisationName } = membership
  const id = await insertMembership(tx, {
    accountId,
    organisationId,
    organisationName,
    role,
    validFrom: today,
  })
  if (id === undefined) throw new BrokenInvariant('a membership that had just ended is still open')
  return id
}

export interface NewInvitation {
  organisationId: string
  organisationName: string
  email: string
  membershipRole: MembershipRole
  accountRole: string
  invitedBy: string
  createdAt: Date
  expiresAt: Date
}

/** Answers the token, which is kept nowhere: the database has its digest. */
export async function insertInvitation(
  tx: Tx,
  invitation: NewInvitation,
): Promise<{ id: string; token: string }> {
  const token = randomBytes(24).toString('base64url')
  const { id } = await tx
    .insertInto('invitation')
    .values({ ...invitation, email: invitation.email.toLowerCase(), tokenDigest: digest(token) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, token }
}

export function findInvitation(db: Db, token: string) {
  return db.selectFrom('invitation').selectAll().where('tokenDigest', '=', digest(token)).executeTakeFirst()
}

export function listInvitations(db: Db, organisationId: string) {
  return db
    .selectFrom('invitation')
    .select(['id', 'email', 'membershipRole', 'createdAt', 'expiresAt', 'acceptedAt', 'revokedAt'])
    .where('organisationId', '=', organisationId)
    .orderBy('createdAt', 'desc')
    .limit(200)
    .execute()
}

/** False when it had been accepted or revoked before. */
export async function closeInvitation(
  tx: Tx,
  id: string,
  closing: { acceptedAt: Date; acceptedBy: string } | { revokedAt: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('invitation')
    .set(closing)
    .where('id', '=', id)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
