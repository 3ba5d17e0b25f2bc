import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import type { FeedItem, Follower } from '../notices/define.ts'
import type { Rhythm } from './subscription.rules.ts'

export interface Subscription {
  readonly id: string
  readonly accountId: string
  readonly feed: string
  readonly topic: string
  readonly rhythm: Rhythm
  readonly version: number
  readonly createdAt: Date
  readonly lookedAt: Date
}

const columns = ['id', 'accountId', 'feed', 'topic', 'rhythm', 'version', 'createdAt', 'lookedAt'] as const
// The table's own check allows the two rhythms only.
const asSubscription = <Row extends { rhythm: string }>(row: Row) => ({
  ...row,
  rhythm: row.rhythm as Rhythm,
})

export async function listSubscriptions(db: Db, accountId: string): Promise<Subscription[]> {
  const rows = await db
    .selectFrom('subscription')
    .select(columns)
    .where('accountId', '=', accountId)
    .where('endedAt', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(asSubscription)
}

/** Undefined when the account follows it already. */
export async function insertSubscription(
  tx: Tx,
  { createdAt, ...subscription }: Pick<Subscription, 'accountId' | 'feed' | 'topic' | 'rhythm' | 'createdAt'>,
): Promise<Subscription | undefined> {
  const row = await tx
    .insertInto('subscription')
    .values({ ...subscription, createdAt })
    .onConflict((oc) => oc.columns(['accountId', 'feed', 'topic']).where('endedAt', 'is', null).doNothing())
    .returning(columns)
    .executeTakeFirst()
  return row === undefined ? undefined : asSubscription(row)
}

/** False when somebody changed it first, or it is not this account's. */
export async function changeRhythm(
  tx: Tx,
  { id, accountId, version, rhythm }: Pick<Subscription, 'id' | 'accountId' | 'version' | 'rhythm'>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('subscription')
    .set({ rhythm, version: version + 1 })
    .where('id', '=', id)
    .where('accountId', '=', accountId)
    .where('version', '=', version)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function endSubscription(tx: Tx, accountId: string, id: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('subscription')
    .set({ endedAt: now })
    .where('id', '=', id)
    .where('accountId', '=', accountId)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Locked, so that two digests of one account are made one after the other. */
export async function lockSubscriptions(
  tx: Tx,
  accountId: string,
  rhythms: readonly Rhythm[],
): Promise<Subscription[]> {
  const rows = await tx
    .selectFrom('subscription')
    .select(columns)
    .where('accountId', '=', accountId)
    .where('rhythm', 'in', rhythms)
    .where('endedAt', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(asSubscription)
}

/** Accounts that follow something in one of the rhythms, with what a feed must know of them; suspended ones rest. */
export async function listFollowers(db: Db, rhythms: readonly Rhythm[], today: string): Promise<Follower[]> {
  const { rows } = await sql<Follower>`
    select a.id as account_id,
      array(select r.role from account_role r where r.account_id = a.id order by r.role) as roles,
      array(select m.organisation_id from membership m where m.account_id = a.id and m.valid_from <= ${today}::date
        and (m.valid_to is null or m.valid_to > ${today}::date)) as organisation_ids
    from user_account a
    where a.suspended_at is null and exists (
      select from subscription s where s.account_id = a.id and s.ended_at is null and s.rhythm = any(${[...rhythms]}))
    order by a.id`.execute(db)
  return rows
}

/** By the clock of the database, in whose time records are recorded. */
export async function databaseNow(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(db)
  return rows[0]!.now
}

/**
 * Notes records as dealt with; answers the ids of those that were not before. The key of the table decides, so that two
 * digests at once cannot both list one.
 */
export async function noteRecords(
  tx: Tx,
  subscriptionId: string,
  items: readonly FeedItem[],
  digestId: string | null,
): Promise<number> {
  return insertAll(
    tx,
    'subscriptionRecord',
    items.map(({ recordId, label, href, recordedAt }) => ({
      subscriptionId,
      recordId,
      recordedAt: recordedAt.toISOString(),
      digestId,
      labelZh: label.zh,
      labelEn: label.en,
      href,
    })),
    { onConflict: 'ignore' },
  )
}

export async function markLooked(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await tx.updateTable('subscription').set({ lookedAt: at }).where('id', 'in', ids).execute()
}

export async function insertDigest(tx: Tx, accountId: string, madeAt: Date): Promise<string> {
  const { id } = await tx
    .insertInto('digest')
    .values({ accountId, madeAt, items: 1 })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** With nothing in it there is no digest. */
export async function closeDigest(tx: Tx, id: string, items: number): Promise<void> {
  if (items === 0) await tx.deleteFrom('digest').where('id', '=', id).execute()
  else await tx.updateTable('digest').set({ items }).where('id', '=', id).execute()
}

export async function listDigests(
  db: Db,
  accountId: string,
  page: { before: string | undefined; limit: number },
) {
  const { total } = await db
    .selectFrom('digest')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('accountId', '=', accountId)
    .executeTakeFirstOrThrow()
  let found = db
    .selectFrom('digest')
    .select(['id', 'madeAt', 'items'])
    .where('accountId', '=', accountId)
    .orderBy('id', 'desc')
    .limit(page.limit)
  if (page.before !== undefined) found = found.where('id', '<', page.before)
  return { total, items: await found.execute() }
}

export function findDigest(db: Db, accountId: string, id: string) {
  return db
    .selectFrom('digest')
    .select(['id', 'madeAt', 'items'])
    .where('accountId', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** In the order of subscriptions and of recording; `skip` is how many were shown. */
export function listDigestRecords(
  db: Db,
  digestId: string,
  { skip, limit }: { skip: number; limit: number },
) {
  return db
    .selectFrom('subscriptionRecord as record')
    .innerJoin('subscription', 'subscription.id', 'record.subscriptionId')
    .select([
      'subscription.feed',
      'subscription.topic',
      'record.recordId',
      'record.labelZh',
      'record.labelEn',
      'record.href',
      'record.recordedAt',
    ])
    .where('record.digestId', '=', digestId)
    .orderBy('subscription.id')
    .orderBy('record.recordedAt')
    .orderBy('record.recordId')
    .offset(skip)
    .limit(limit)
    .execute()
}
