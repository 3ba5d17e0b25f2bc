import { sql, type Insertable, type Selectable } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Database, Db, Tx } from '#platform/database.ts'
import type { RotationInputs } from './rotation.rules.ts'

/**
 * Bookings of a station, and those of one person, are decided one after the other: a turn is only fair against counts that
 * do not move.
 */
export async function lockBookingsOf(tx: Tx, whose: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`bookings:${whose}`}, 0))`.execute(tx)
}

export interface Taken {
  readonly bookableId: string
  readonly day: CalendarDate
  readonly from: number
  readonly to: number
}

/** What takes up people and rooms of a station in a span of days. */
export async function listTaken(
  db: Db,
  { station, from, to }: { station: string; from: string; to: string },
): Promise<Taken[]> {
  const { rows } = await sql<Taken>`
    select bookable_id, day, from_minute as "from", to_minute as "to" from booking
    where station_code = ${station} and day between ${from} and ${to} and state in ('held', 'kept', 'missed')`.execute(
    db,
  )
  return rows
}

export interface Turn {
  readonly bookableId: string
  readonly count: number
  readonly lastAt: Date | null
}

/** How many bookings each was assigned since a moment, and when the last was; cancelled ones do not count. */
export async function listTurns(db: Db, ids: readonly string[], since: Date): Promise<Turn[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Turn>`
    select bookable_id, count(*) as count, max(assigned_at) as last_at from booking
    where bookable_id = any(${[...ids]}::uuid[]) and state in ('held', 'kept', 'missed') and assigned_at >= ${since}
    group by bookable_id`.execute(db)
  return rows
}

export type BookingRow = Omit<Selectable<Database['booking']>, 'decision'> & {
  readonly decision: RotationInputs
  readonly bookableName: string
  readonly bookableAccountId: string | null
}

const bookings = (db: Db) =>
  db
    .selectFrom('booking')
    .innerJoin('bookable', 'bookable.id', 'booking.bookableId')
    .selectAll('booking')
    .select(['bookable.name as bookableName', 'bookable.accountId as bookableAccountId'])

export async function findBooking(db: Db, number: string): Promise<BookingRow | undefined> {
  const row = await bookings(db).where('booking.number', '=', number).executeTakeFirst()
  return row as BookingRow | undefined
}

export async function findNumber(db: Db, id: string): Promise<string | null> {
  const row = await db.selectFrom('booking').select('number').where('id', '=', id).executeTakeFirst()
  return row?.number ?? null
}

export async function listBookingsOf(
  db: Db,
  accountId: string,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<{ total: number; items: BookingRow[] }> {
  const { total } = await db
    .selectFrom('booking')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('accountId', '=', accountId)
    .executeTakeFirstOrThrow()
  let query = bookings(db).where('booking.accountId', '=', accountId)
  if (after !== undefined) query = query.where('booking.id', '<', after)
  const items = await query.orderBy('booking.id', 'desc').limit(limit).execute()
  return { total, items: items as unknown as BookingRow[] }
}

interface Span {
  readonly from: string
  readonly to: string
}

/** What stands in a span of days, in the order of the clock. */
const inSpan = (db: Db, { from, to }: Span) =>
  bookings(db)
    .where('booking.day', '>=', from)
    .where('booking.day', '<=', to)
    .where('booking.state', 'in', ['held', 'kept', 'missed'])
    .orderBy('booking.day')
    .orderBy('booking.fromMinute')
    .orderBy('booking.id')

/** Everything booked at a station. */
export async function listBookingsAt(
  db: Db,
  { station, ...span }: Span & { readonly station: string },
): Promise<BookingRow[]> {
  const rows = await inSpan(db, span).where('booking.stationCode', '=', station).execute()
  return rows as unknown as BookingRow[]
}

/** What is booked with an account. */
export async function listBookingsWith(db: Db, accountId: string, span: Span): Promise<BookingRow[]> {
  const rows = await inSpan(db, span).where('bookable.accountId', '=', accountId).execute()
  return rows as unknown as BookingRow[]
}

/** What somebody has who will be away, held so that nobody cancels it meanwhile. */
export async function listHeldBy(
  tx: Tx,
  bookableId: string,
  { from, to }: { from: string; to: string },
): Promise<BookingRow[]> {
  const rows = await bookings(tx)
    .where('booking.bookableId', '=', bookableId)
    .where('booking.day', '>=', from)
    .where('booking.day', '<=', to)
    .where('booking.state', '=', 'held')
    .orderBy('booking.day')
    .orderBy('booking.fromMinute')
    .forUpdate('booking')
    .execute()
  return rows as unknown as BookingRow[]
}

export async function findOverlapping(
  db: Db,
  {
    accountId,
    kind,
    day,
    from,
    to,
  }: { accountId: string; kind: string; day: string; from: number; to: number },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('booking')
    .select('number')
    .where('accountId', '=', accountId)
    .where('kind', '=', kind)
    .where('state', '=', 'held')
    .where('day', '=', day)
    .where('fromMinute', '<', to)
    .where('toMinute', '>', from)
    .executeTakeFirst()
  return row?.number
}

export type NewBooking = Omit<Insertable<Database['booking']>, 'number' | 'decision'> & {
  readonly decision: RotationInputs
}

export async function insertBooking(
  tx: Tx,
  year: number,
  { decision, ...given }: NewBooking,
): Promise<{ id: string; number: string }> {
  const { rows } = await sql<{ serial: number }>`select nextval('booking_serial') as serial`.execute(tx)
  return tx
    .insertInto('booking')
    .values({
      ...given,
      decision: JSON.stringify(decision),
      number: `B${year}-${String(rows[0]?.serial ?? 0).padStart(6, '0')}`,
    })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow()
}

/** False when somebody else changed it first. */
export async function changeBooking(
  tx: Tx,
  { id, version }: { readonly id: string; readonly version: number },
  changes: {
    readonly state?: string
    readonly stateReason?: string | null
    readonly bookableId?: string
    readonly decision?: RotationInputs
    readonly assignedAt?: Date
  },
): Promise<boolean> {
  const { decision, ...rest } = changes
  const { numUpdatedRows } = await tx
    .updateTable('booking')
    .set({
      ...rest,
      ...(decision !== undefined && { decision: JSON.stringify(decision) }),
      version: version + 1,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function insertBookingEvent(
  tx: Tx,
  {
    decision,
    ...event
  }: Omit<Insertable<Database['bookingEvent']>, 'decision'> & {
    readonly decision?: RotationInputs
  },
): Promise<void> {
  await tx
    .insertInto('bookingEvent')
    .values({ ...event, decision: decision === undefined ? null : JSON.stringify(decision) })
    .execute()
}

export function listBookingEvents(db: Db, bookingId: string) {
  return db
    .selectFrom('bookingEvent as event')
    .leftJoin('bookable', 'bookable.id', 'event.bookableId')
    .select(['event.id', 'event.kind', 'event.reason', 'event.at', 'event.byName', 'bookable.name as before'])
    .where('event.bookingId', '=', bookingId)
    .orderBy('event.id')
    .execute()
}
