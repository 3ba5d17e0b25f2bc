import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'

export interface OpenSession {
  sessionId: string
  accountId: string
  name: string
  expiresAt: Date
  createdAt: Date
  secondFactorAt: Date | null
  enrolled: boolean
  roles: string[]
  organisationIds: string[]
}

/** The session with all that authorisation needs, by one indexed query. Expired sessions and suspended accounts have none. */
export async function findOpenSession(
  db: Db,
  token: string,
  now: Date,
  today: string,
): Promise<OpenSession | undefined> {
  const { rows } = await sql<OpenSession>`
    select s.id as session_id, s.account_id, a.name, s.expires_at, s.created_at, s.second_factor_at,
      a.two_factor_enabled as enrolled,
      array(select r.role from account_role r where r.account_id = a.id order by r.role) as roles,
      array(
        select m.organisation_id from membership m
        where m.account_id = a.id and m.valid_from <= ${today}::date
          and (m.valid_to is null or m.valid_to > ${today}::date)
      ) as organisation_ids
    from session s join user_account a on a.id = s.account_id
    where s.token = ${token} and s.expires_at > ${now} and a.suspended_at is null`.execute(db)
  return rows[0]
}

/** Takes `Db`, since a request that only reads keeps its session alive too, and nothing else depends on it. */
export async function extendSession(db: Db, sessionId: string, expiresAt: Date, now: Date): Promise<void> {
  await db.updateTable('session').set({ expiresAt, updatedAt: now }).where('id', '=', sessionId).execute()
}

export async function markSecondFactorProven(db: Db, token: string, now: Date): Promise<void> {
  await db.updateTable('session').set({ secondFactorAt: now }).where('token', '=', token).execute()
}

export function listSessions(db: Db, accountId: string, now: Date) {
  return db
    .selectFrom('session')
    .select(['id', 'token', 'createdAt', 'updatedAt', 'expiresAt', 'ipAddress', 'userAgent'])
    .where('accountId', '=', accountId)
    .where('expiresAt', '>', now)
    .orderBy('updatedAt', 'desc')
    .execute()
}

/** False when the account has no such session. */
export async function revokeSession(tx: Tx, accountId: string, sessionId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('session')
    .where('id', '=', sessionId)
    .where('accountId', '=', accountId)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Ends every session of an account but the one of `exceptToken`; answers how many. */
export async function revokeSessions(tx: Tx, accountId: string, exceptToken?: string): Promise<number> {
  let revoke = tx.deleteFrom('session').where('accountId', '=', accountId)
  if (exceptToken !== undefined) revoke = revoke.where('token', '!=', exceptToken)
  const { numDeletedRows } = await revoke.executeTakeFirst()
  return Number(numDeletedRows)
}

/** What has run out and is of no more use to anybody. */
export async function sweepExpired(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('session').where('expiresAt', '<', now).execute()
  await db.deleteFrom('verification').where('expiresAt', '<', now).execute()
  await db.deleteFrom('attemptCount').where('windowEndsAt', '<', now).execute()
}
