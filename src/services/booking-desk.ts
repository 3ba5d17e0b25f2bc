import type { Context } from '#platform/context.ts'
import { type CalendarDate, yearOf } from '#platform/calendar.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { refused } from '../matters/public.ts'
import {
  type BookingRow,
  changeBooking,
  findBooking,
  findOverlapping,
  insertBooking,
  insertBookingEvent,
  lockBookingsOf,
} from './booking.store.ts'
import { tellBookable, tellBooker } from './booking-telling.ts'
import { choose, ROTATION_VERSION } from './rotation.rules.ts'
import { clockOf, minuteIn } from './slot.rules.ts'
import { inputsAt, nextFree, type Wanted } from './slots.ts'

export interface Booker {
  readonly accountId: string
  readonly name: string
}

export interface Wish extends Wanted {
  readonly day: CalendarDate
  readonly from: number
  readonly note: string | null
  readonly replacesId?: string
}

/**
 * Books a slot for whoever asks: the turn decides which person or room, under a lock of the station. Of two who want the
 * last one, the second is refused with the next free slots.
 */
export async function book(tx: Tx, context: Context, booker: Booker, wish: Wish): Promise<string> {
  const inside = { ...context, db: tx }
  const { day, from, station, subject, language, note } = wish
  await lockBookingsOf(tx, station)
  // Always after the station, so that two never wait for each other.
  await lockBookingsOf(tx, booker.accountId)
  const inputs = await inputsAt(inside, wish, { day, from })
  const { to } = inputs.slot
  const { kind } = inputs.need
  const own = await findOverlapping(tx, { accountId: booker.accountId, kind, day, from, to })
  if (own !== undefined) throw refused('ALREADY_BOOKED', 409, { number: own })
  const { chosen } = choose(inputs)
  if (chosen === null) throw refused('SLOT_TAKEN', 409, { next: await nextSlots(inside, wish, day) })
  const { id, number } = await insertBooking(tx, yearOf(context.today), {
    kind,
    stationCode: station,
    subject,
    language,
    seats: inputs.need.seats,
    note,
    bookableId: chosen,
    day,
    fromMinute: from,
    toMinute: to,
    state: 'held',
    accountId: booker.accountId,
    bookedName: booker.name,
    decision: inputs,
    ruleVersion: ROTATION_VERSION,
    assignedAt: context.now,
    bookedAt: context.now,
    replacesId: wish.replacesId ?? null,
  })
  await insertBookingEvent(tx, { bookingId: id, kind: 'booked', byName: booker.name, at: context.now })
  await recordAudit(tx, context, {
    action: 'booking.made',
    subject: { kind: 'booking', id },
    detail: { number, station, subject, day, from: clockOf(from), bookable: chosen },
  })
  await tellOfBooking(tx, context, number)
  return number
}

async function tellOfBooking(tx: Tx, context: Context, number: string): Promise<void> {
  const made = await findBooking(tx, number)
  if (made === undefined) return
  await tellBooker(tx, context, made, { zh: '预约成功', en: 'You are booked' })
  await tellBookable(tx, context, made, { zh: '有人预约了您', en: 'Somebody booked you' })
}

/** The next free slots as they are offered to people. */
export async function nextSlots(context: Context & { db: Tx }, wanted: Wanted, from: CalendarDate) {
  const found = await nextFree(context, wanted, from)
  return found.map(({ day, from: start, to }) => ({ day, from: clockOf(start), to: clockOf(to) }))
}

export interface Changing {
  readonly booking: BookingRow
  readonly version: number
  readonly by: string
}

/** Ends a booking that is held, once, with its entry. */
export async function endBooking(
  tx: Tx,
  context: Context,
  { booking, version, by }: Changing,
  to: { readonly state: 'kept' | 'missed' | 'cancelled' | 'freed' | 'moved'; readonly reason: string | null },
): Promise<void> {
  if (booking.state !== 'held') throw refused('BOOKING_CLOSED', 409, { state: booking.state })
  const done = await changeBooking(
    tx,
    { id: booking.id, version },
    { state: to.state, stateReason: to.reason },
  )
  if (!done) throw refused('CHANGED_MEANWHILE', 409)
  await insertBookingEvent(tx, {
    bookingId: booking.id,
    kind: to.state,
    reason: to.reason,
    byName: by,
    at: context.now,
  })
  await recordAudit(tx, context, {
    action: `booking.${to.state}`,
    subject: { kind: 'booking', id: booking.id },
    detail: { number: booking.number, reason: to.reason ?? undefined },
  })
}

export async function cancelBooking(
  tx: Tx,
  context: Context,
  changing: Changing & { readonly reason: string | null },
): Promise<void> {
  await endBooking(tx, context, changing, { state: 'cancelled', reason: changing.reason })
  await tellBookable(tx, context, changing.booking, { zh: '预约已取消', en: 'A booking was cancelled' })
}

/** Another hour in place of this one, in one act: either both happen or the booking stays as it was. */
export async function moveBooking(
  tx: Tx,
  context: Context,
  { booking, version, by }: Changing,
  to: { readonly day: CalendarDate; readonly from: number },
): Promise<string> {
  await lockBookingsOf(tx, booking.stationCode)
  await endBooking(tx, context, { booking, version, by }, { state: 'moved', reason: null })
  const { stationCode: station, subject, language, seats, note, accountId, bookedName } = booking
  return book(
    tx,
    context,
    { accountId, name: bookedName },
    {
      station,
      subject,
      language,
      seats,
      note,
      ...to,
      replacesId: booking.id,
    },
  )
}

/** Whether the visitor came; known only once the hour has begun. */
export async function settleBooking(
  tx: Tx,
  context: Context,
  changing: Changing & { readonly outcome: 'kept' | 'missed' },
): Promise<void> {
  const { day, fromMinute } = changing.booking
  const begun =
    day < context.today ||
    (day === context.today && fromMinute <= minuteIn(context.zone.timeZone, context.now))
  if (!begun) throw refused('NOT_YET', 409, { day, from: clockOf(fromMinute) })
  await endBooking(tx, context, changing, { state: changing.outcome, reason: null })
  if (changing.outcome === 'missed')
    await tellBooker(tx, context, changing.booking, { zh: '未按预约到场', en: 'You did not come to' })
}
