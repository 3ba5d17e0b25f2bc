import { sql } from 'kysely'
import type { Db } from '#platform/database.ts'

/** Somebody who works at a station on a day: posted there, not suspended, with the roles they hold. */
export interface Posted {
  readonly postId: string
  readonly accountId: string
  readonly name: string
  readonly roles: string[]
  readonly stationId: string
  readonly validFrom: string
  readonly validTo: string | null
  readonly inHand: number
}

export async function listPosted(db: Db, stationId: string, today: string): Promise<Posted[]> {
  const { rows } = await sql<Posted>`
    select p.id as post_id, a.id as account_id, a.name, p.station_id, p.valid_from, p.valid_to,
      array(select r.role from account_role r where r.account_id = a.id order by r.role) as roles,
      (select count(*) from matter_queue q where q.handler_id = a.id and q.station_code = p.station_id
        and q.state_kind <> 'closed') as in_hand
    from station_post p join user_account a on a.id = p.account_id
    where p.station_id = ${stationId} and (p.valid_to is null or p.valid_to > ${today}) and a.suspended_at is null
    order by a.name, a.id`.execute(db)
  return rows
}

/** The account where it is posted to the station on the day. */
export async function findPosted(
  db: Db,
  stationId: string,
  accountId: string,
  today: string,
): Promise<Posted | undefined> {
  const posted = await listPosted(db, stationId, today)
  return posted.find((one) => one.accountId === accountId && one.validFrom <= today)
}

/** Stations at which anybody works on a day. */
export async function listStaffed(db: Db, today: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('stationPost')
    .select('stationId')
    .distinct()
    .where('validFrom', '<=', today)
    .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>', today)]))
    .execute()
  return new Set(rows.map(({ stationId }) => stationId))
}

export async function findStaffAccount(db: Db, accountId: string) {
  const { rows } = await sql<{ id: string; name: string; roles: string[] }>`
    select a.id, a.name, array(select r.role from account_role r where r.account_id = a.id order by r.role) as roles
    from user_account a where a.id = ${accountId} and a.suspended_at is null`.execute(db)
  return rows[0]
}

/** Why somebody no longer handles what they had in hand. */
export type HandlerLost = 'suspended' | 'post-ended' | 'role-lost'

/**
 * Open matters whose handler was suspended, no longer works at their station, or holds none of the roles in which the
 * procedure is handled. `handledBy` holds those roles by the code of each procedure.
 */
export async function listOrphans(
  db: Db,
  today: string,
  handledBy: ReadonlyMap<string, readonly string[]>,
  limit: number,
) {
  const roles = JSON.stringify(Object.fromEntries(handledBy))
  const { rows } = await sql<{ matterId: string; handlerId: string; why: HandlerLost }>`
    select q.matter_id, q.handler_id,
      case when a.suspended_at is not null then 'suspended' when not held.post then 'post-ended' else 'role-lost' end as why
    from matter_queue q join user_account a on a.id = q.handler_id,
      lateral (select
        exists (select from station_post p where p.account_id = a.id and p.station_id = q.station_code
          and p.valid_from <= ${today} and (p.valid_to is null or p.valid_to > ${today})) as post,
        exists (select from account_role r
          where r.account_id = a.id and jsonb_exists(${roles}::jsonb -> q.procedure_code, r.role)) as role) held
    where q.state_kind <> 'closed' and q.procedure_code = any(${[...handledBy.keys()]}::text[])
      and not (a.suspended_at is null and held.post and held.role)
    order by q.matter_id limit ${limit}`.execute(db)
  return rows
}

export function findAccountByEmail(db: Db, email: string) {
  return db
    .selectFrom('userAccount')
    .select(['id', 'name'])
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst()
}

/** Open matters of a station that one account handles. */
export async function listInHand(db: Db, stationId: string, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('matterQueue')
    .select('matterId')
    .where('stationCode', '=', stationId)
    .where('handlerId', '=', accountId)
    .where('stateKind', '<>', 'closed')
    .execute()
  return rows.map(({ matterId }) => matterId)
}
