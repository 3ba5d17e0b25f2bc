import { sql } from 'kysely'
import type { Db } from './database.ts'

export type OutboxChannel = 'mail' | 'sms' | 'wechat'

export interface NewOutgoing {
  readonly channel: OutboxChannel
  /** A mailbox, a telephone number, or what the WeChat gateway knows somebody by. */
  readonly recipient: string
  readonly subject: string
  readonly body: string
  /** The page it leads to, as a path of the site. */
  readonly linkPath: string
}

export interface Outgoing extends NewOutgoing {
  /** The same in every attempt: whoever gets it twice knows it for one. */
  readonly id: string
  readonly createdAt: Date
  /** From 1. Above 1 the earlier attempt failed, or nobody knows what became of it. */
  readonly attempt: number
}

/** Sends one; throws `CannotBeDelivered` when no later attempt could succeed, anything else when one might. */
export type Send = (outgoing: Outgoing) => Promise<void>

/** A channel without a sender keeps what it has: nothing is lost, and nothing counts as an attempt. */
export type Senders = Readonly<Partial<Record<OutboxChannel, Send>>>

/** The other side said that it will never take this: a mailbox that does not exist, a number that is none. */
export class CannotBeDelivered extends Error {
  override name = 'CannotBeDelivered'
}

/** Takes `Db`: it is put down within the transaction of what it tells of, or on its own. */
export async function putIntoOutbox(db: Db, outgoing: NewOutgoing | readonly NewOutgoing[]): Promise<void> {
  const all = Array.isArray(outgoing) ? (outgoing as readonly NewOutgoing[]) : [outgoing as NewOutgoing]
  if (all.length === 0) return
  // What is due is asked with a clock of milliseconds: within the same one, a finer time would lie ahead of it.
  const dueAt = sql<Date>`date_trunc('milliseconds', now())`
  await db
    .insertInto('outbox')
    .values(all.map((one) => ({ ...one, dueAt })))
    .execute()
}

/** Minutes to the next attempt, by how many have failed. After the last the letter is dead: a little over two days. */
export const RETRY_MINUTES = [1, 5, 15, 60, 180, 720, 1440] as const

/** Longer than any attempt takes (senders give up after 30 s), so that a lease that ran out means a dead worker. */
const LEASE_SECONDS = 180
const AT_ONCE = 200

/**
 * Sends what is due, oldest first; answers how many left. Each is leased in a transaction of its own before it is sent
 * and marked after, so that two workers never send one, and a worker that dies in between leaves a lease that runs out.
 */
export async function deliverOutbox(db: Db, senders: Senders, clock = () => new Date()): Promise<number> {
  const channels = Object.keys(senders) as OutboxChannel[]
  if (channels.length === 0) return 0
  let sent = 0
  for (let handled = 0; handled < AT_ONCE; handled += 1) {
    const outgoing = await leaseNext(db, channels, clock())
    if (outgoing === undefined) break
    if (await attempt(db, outgoing, senders, clock)) sent += 1
  }
  return sent
}

async function leaseNext(
  db: Db,
  channels: readonly OutboxChannel[],
  now: Date,
): Promise<Outgoing | undefined> {
  const { rows } = await sql<Outgoing>`
    update outbox set leased_until = ${now}::timestamptz + make_interval(secs => ${LEASE_SECONDS}), attempts = attempts + 1
    where id = (
      select id from outbox
      where sent_at is null and dead_at is null and due_at <= ${now} and channel = any(${channels})
        and (leased_until is null or leased_until <= ${now})
      order by due_at, id limit 1 for update skip locked
    )
    returning id, channel, recipient, subject, body, link_path, created_at, attempts as attempt`.execute(db)
  return rows[0]
}

async function attempt(db: Db, outgoing: Outgoing, senders: Senders, clock: () => Date): Promise<boolean> {
  const failure = await senders[outgoing.channel]?.(outgoing).then(
    () => undefined,
    (error: unknown) => error ?? new Error('failed'),
  )
  const mark =
    failure === undefined ? { sentAt: clock(), lastError: null } : failed(outgoing, failure, clock())
  // Only the holder of this attempt's lease may mark it: one that outlived its lease has lost it to another worker.
  await db
    .updateTable('outbox')
    .set({ ...mark, leasedUntil: null })
    .where('id', '=', outgoing.id)
    .where('attempts', '=', outgoing.attempt)
    .where('sentAt', 'is', null)
    .execute()
  return failure === undefined
}

function failed({ attempt: attempts }: Outgoing, error: unknown, now: Date) {
  const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 500)
  const minutes = RETRY_MINUTES[attempts - 1]
  if (error instanceof CannotBeDelivered || minutes === undefined) return { lastError, deadAt: now }
  return { lastError, dueAt: new Date(now.getTime() + minutes * 60_000) }
}

export type OutboxState = 'waiting' | 'dead' | 'sent'

function inState(db: Db, state: OutboxState) {
  const rows = db.selectFrom('outbox')
  if (state === 'dead') return rows.where('deadAt', 'is not', null)
  if (state === 'sent') return rows.where('sentAt', 'is not', null)
  return rows.where('sentAt', 'is', null).where('deadAt', 'is', null)
}

/** Newest first; ids are in the order of time. */
export function listOutbox(
  db: Db,
  state: OutboxState,
  { before, limit }: { before?: string; limit: number },
) {
  let rows = inState(db, state).selectAll().orderBy('id', 'desc').limit(limit)
  if (before !== undefined) rows = rows.where('id', '<', before)
  return rows.execute()
}

export async function countOutbox(db: Db): Promise<Record<OutboxState, number>> {
  const { rows } = await sql<Record<OutboxState, number>>`
    select count(*) filter (where sent_at is null and dead_at is null) as waiting,
      count(*) filter (where dead_at is not null) as dead, count(*) filter (where sent_at is not null) as sent
    from outbox`.execute(db)
  return rows[0] ?? { waiting: 0, dead: 0, sent: 0 }
}

/** False when it is not dead. It keeps its id, and gets a whole new row of attempts. */
export async function reviveOutgoing(db: Db, id: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ deadAt: null, attempts: 0, dueAt: now, leasedUntil: null })
    .where('id', '=', id)
    .where('deadAt', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** What was sent long ago is of no more use to anybody, and holds addresses. */
export async function sweepOutbox(db: Db, sentBefore: Date): Promise<void> {
  await db.deleteFrom('outbox').where('sentAt', '<', sentBefore).execute()
}
